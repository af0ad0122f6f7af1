"""What the page's own components tell of a hand: the handles, the year, the keys of a presentation, the sheet."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from tests.walk.controls import Control, data_of
from tests.walk.session import Session
from tests.walk.words import AMOUNTS, BLOCKS, NAMES

OF_HANDLES = ("live_picture", "live_sweep")
"""Components that tell nothing where there is no handle."""


def handles(session: Session) -> list[Any]:
    """The handles of the picture on the screen."""
    picture = session.component("flatline_picture")
    found: list[Any] = [] if picture is None else data_of(picture.proto)["handles"]
    return found


def _picture(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """A handle of the picture is taken hold of, rests, or is let go."""
    data = data_of(control.proto)
    handle = random.choice(data["handles"])
    step = random.choice([0, handle["count"], *(random.randint(0, handle["count"]) for _ in range(4))])
    value = round(handle["first"] + step * handle["step"], 9)
    return {"released": {"path": handle["path"], "value": value, "turn": data["answered"] + 1}}


def _held(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """What the picture asks for while a handle is held: its rows, or what letting go would show."""
    picture = session.component("flatline_picture")
    assert picture is not None
    told = _picture(picture, session, random)["released"]
    if random.random() < 0.5:
        return {"rests": {name: told[name] for name in ("path", "value")}}
    return {"wanted": {"path": told["path"], "size": random.choice([[700, 440], [340, 300], [1200, 440]])}}


def _stepped(control: Control, session: Session, random: Random) -> dict[str, Any]:
    data = data_of(control.proto)
    step = random.choice([0, 1, data["steps"], *(data["step"] + by for by in (-1, 1, 1, 1))])
    return {"step": {"step": min(max(step, 0), data["steps"]), "turn": data["answered"] + 1}}


def _typed(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """A cell of the sheet that is typed into, a row that comes, goes or moves, a block that is pasted."""
    data = data_of(control.proto)
    rows = data["rows"]
    cells = [*data["head"], *(cell for row in rows for cell in row["cells"])]
    places = [row["id"] for row in rows]
    takers = [taker[0] for taker in (data["rest"] or {}).get("takers", ())]
    what = random.choice(["cell"] * 8 + ["add", "remove", "up", "down", "more", "paste"] + ["rest"] * 4 * bool(takers))
    edit: dict[str, Any] = {"do": what}
    if what == "cell":
        cell = random.choice(cells)
        edit |= {"at": cell["at"], "text": _words(cell["at"].rpartition(".")[2], data["choices"], random)}
    elif what == "paste":
        edit |= {"at": random.choice(rows)["cells"][0]["at"], "text": random.choice(BLOCKS)}
    elif what != "add":
        edit["at"] = random.choice(takers if what == "rest" else places)
    number = data["done"] + 1 if data["life"] == LIFE else 1
    return {"told": {"life": LIFE, "edits": [{"n": number, **edit}]}}


LIFE = "walk"
"""What tells one browser's sheet from another's."""


def _words(column: str, choices: Mapping[str, Any], random: Random) -> str:
    if column in choices:
        return str(random.choice(choices[column])[0])
    return random.choice(NAMES if column in ("title", "name", "unit") or random.random() < 0.1 else AMOUNTS)


def _asked(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """A file is asked for."""
    return {"asked": 1}


def _month(control: Control, session: Session, random: Random) -> dict[str, Any]:
    """A month of the rep's year is let go somewhere; now and then of a year that is on the screen no more."""
    data = data_of(control.proto)
    year = data["year"]
    position = random.choice([0, year["positions"], *(random.randint(0, year["positions"]) for _ in range(4))])
    stamp = data["stamp"] if random.random() < 0.9 else "gone"
    return {"released": {"month": random.randrange(len(year["names"])), "position": position, "stamp": stamp}}


COMPONENTS: dict[str, Callable[[Control, Session, Random], dict[str, Any]]] = {
    "flatline_picture": _picture,
    "flatline_sweep": _held,
    "flatline_keys": _stepped,
    "flatline_sheet": _typed,
    "flatline_download": _asked,
    "flatline_year": _month,
}
"""What the page's own components tell of a hand, by their names."""
