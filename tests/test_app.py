"""The screen in Streamlit's own harness: every preset opened, every control moved, what a stranger's link may hold."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from calc.documents import link, planfile
from ui.model.profile import ALL_MEASURES
from ui.number_format import Formats
from ui.session import store
from ui.session.conduct_drawer import CONDUCT_KEY
from ui.session.people import DRAWER_KEY
from ui.text.findings import headline_of
from ui.year.drawer import YEAR_KEY

APP = str(Path(__file__).resolve().parent.parent / "app.py")
NAMES = planfile.preset_names()
MECHANICS = ["sound-plan", "step-bonus", "two-way-matrix", "retroactive-tiers", "gate-and-modifier", "weighted-score"]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on ten seconds between two changes, so that each is a move of its own."""
    ticks = iter(range(0, 10**9, 10))
    monkeypatch.setattr(store, "now", lambda: float(next(ticks)))


def opened(query: str = "") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        app.query_params[name] = value
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    """No error of any kind is on the page."""
    assert not app.exception, app.exception
    assert not app.error, [e.value for e in app.error]
    return app


def control(app: AppTest, path: str) -> Any:
    """The control of a term, whatever its generation."""
    ends = re.compile(rf"-\d+-{re.escape(path.replace('.', '-'))}(-\d+)?$")
    kinds = (app.slider, app.number_input, app.toggle, app.segmented_control, app.selectbox)
    return next(widget for kind in kinds for widget in kind if ends.search(widget.key or ""))


def around(value: float | None) -> tuple[float, float]:
    """A fourth of a number that is there, and twice it."""
    assert value is not None
    return value / 4, value * 2


def moved(app: AppTest, path: str, value: object) -> AppTest:
    control(app, path).set_value(value).run()
    return calm(app)


SLOW_DRAWERS = (CONDUCT_KEY, DRAWER_KEY, YEAR_KEY)


def drawers_opened(app: AppTest) -> AppTest:
    """Every drawer open, but for those that take a while at every change, which have tests of their own."""
    for drawer in app.expander:
        if drawer.key and drawer.key.startswith("drawer-") and drawer.key not in SLOW_DRAWERS:
            app.session_state[drawer.key] = True
    return calm(app.run())


def drawn(app: AppTest) -> dict[str, Any]:
    """The figure that the live picture draws, or the still one where there is no live one."""
    live = [part for part in app.get("bidi_component") if part.proto.component_name == "flatline_picture"]
    figure: dict[str, Any] = (
        json.loads(live[0].proto.json)["figure"] if live else json.loads(app.get("plotly_chart")[0].proto.spec)
    )
    return figure


def text(app: AppTest, part: str) -> str:
    """What stands in a part of the page that is marked by a class."""
    return next(html.unescape(re.sub("<[^>]+>", " ", h.value)) for h in app.html if f'class="{part}"' in h.value)


def address(app: AppTest) -> str:
    """What the page writes into the browser's bar."""
    parts = [part.proto for part in app.get("bidi_component") if part.proto.component_name == "flatline_address"]
    query: str = json.loads(parts[0].json)["query"]
    return query


def same(one: str, other: str) -> bool:
    """Whether two addresses say the same, in whatever order."""
    return sorted(parse_qsl(one[1:])) == sorted(parse_qsl(other[1:]))


def view(app: AppTest) -> link.View:
    shown: link.View = app.session_state.desk.view
    return shown


def told(app: AppTest) -> str:
    plan = view(app).preset.plan
    return Formats("en_US", plan.currency, plan.minor).money(pay(app))


def pay(app: AppTest) -> float:
    plan, at = view(app).preset.plan, view(app).at
    return float(plan.pay([at.get(kpi.id, kpi.target) for kpi in plan.kpis]))


# Every preset


@pytest.mark.parametrize("name", NAMES)
def test_opens(name: str) -> None:
    app = opened(f"?preset={name}")
    assert len(text(app, "finding")) > 20
    assert told(app) in text(app, "figures")
    assert address(app) == f"?preset={name}"
    assert not app.warning
    drawers_opened(app)


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_on_the_page_is_one_that_plotly_accepts(name: str) -> None:
    import plotly.graph_objects as go

    figure = drawn(opened(f"?preset={name}"))
    go.Figure(data=figure["data"], layout=figure["layout"])
    labels = [note["text"] for note in figure["layout"]["annotations"]]
    assert any("You" in label for label in labels), labels


@pytest.mark.parametrize("name", NAMES)
def test_looks_along_every_kpi(name: str) -> None:
    app = opened(f"?preset={name}")
    for along in (*view(app).preset.plan.ids, ALL_MEASURES):
        app = opened(f"?preset={name}&along={along}")
        assert told(app) in text(app, "figures")


def ends(app: AppTest) -> Iterator[tuple[str, object]]:
    """Every control of the plan, by its path, with both its ends."""
    own = re.compile(rf"^{re.escape(view(app).base or '')}-\d+-(?P<path>.+?)(?:-\d+)?$")
    found: list[tuple[Any, tuple[Any, Any]]] = [(slider, (slider.min, slider.max)) for slider in app.slider]
    found += [(number, around(number.value)) for number in app.number_input]
    found += [(toggle, (not toggle.value, toggle.value)) for toggle in app.toggle]
    found += [(choice, (choice.options[0], choice.options[-1])) for choice in app.segmented_control]
    for widget, values in found:
        path = own.match(widget.key or "")
        if path and path["path"] != "along" and not widget.disabled:
            yield from ((path["path"], value) for value in values)


@pytest.mark.parametrize("name", NAMES)
def test_every_control_goes_to_both_its_ends(name: str) -> None:
    app = opened(f"?preset={name}")
    if name in MECHANICS:
        drawers_opened(app)
    for path, end in list(ends(app)):
        if not control(app, path).disabled:
            moved(app, path, end)
        assert told(app) in text(app, "figures"), (path, end)
        assert address(app) == link.encode_view(view(app))


# Weights, undo, reset


def test_a_weight_makes_room_and_says_so() -> None:
    app = moved(opened("?preset=sound-plan"), "revenue.weight", 0.7)
    assert [kpi.weight for kpi in view(app).preset.plan.kpis] == [0.7, 0.3, 0.0]
    said = " ".join(c.value for c in app.caption)
    assert "Revenue 60% → 70%" in said
    assert "made room" in said
    assert "Gross margin 40% → 30%" in said


def test_undo_goes_back_move_by_move_and_reset_to_the_preset() -> None:
    app = opened("?preset=sound-plan")
    moved(app, "revenue.floor", 0.5)
    moved(app, "revenue.weight", 0.7)
    moved(app, "at.revenue", 100_000.0)
    app.button(key="undo").click().run()
    assert same(address(app), "?preset=sound-plan&revenue.weight=0.7&revenue.floor=0.5&margin.weight=0.3")
    app.button(key="undo").click().run()
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"
    assert control(app, "revenue.floor").value == 0.5
    app.button(key="reset").click().run()
    assert address(app) == "?preset=sound-plan"
    assert control(app, "revenue.floor").value == 0.4
    app.button(key="undo").click().run()
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"


def test_one_fast_move_is_undone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "now", lambda: 1.0)
    app = opened("?preset=unreachable-floor")
    for floor in (0.69, 0.68, 0.67):
        moved(app, "deals.floor", floor)
    app.button(key="undo").click().run()
    assert address(app) == "?preset=unreachable-floor"
    assert app.button(key="undo").disabled


def test_another_preset_keeps_what_was_done_to_the_first() -> None:
    app = moved(opened("?preset=sound-plan"), "revenue.floor", 0.5)
    moved(app, "preset", "low-ceiling")
    assert address(app) == "?preset=low-ceiling"
    moved(app, "preset", "sound-plan")
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"


def test_a_ceiling_can_be_taken_away_and_comes_back() -> None:
    app = moved(opened("?preset=low-ceiling"), "deals.ceiling.off", True)
    assert address(app) == "?preset=low-ceiling&deals.ceiling=none"
    assert "never flat" in text(app, "figures")
    moved(app, "deals.ceiling.off", False)
    assert address(app) == "?preset=low-ceiling"


# What is refused, and what a link may hold


def test_what_is_refused_is_said_beside_the_control_and_nothing_is_lost() -> None:
    app = drawers_opened(opened("?preset=sound-plan&plan.ceiling=1.5"))
    moved(app, "plan.floor.off", False)
    moved(app, "plan.floor", 1.0)
    before = address(app)
    control(app, "revenue.target").set_value(0.0).run()
    calm(app)
    assert address(app) == before
    assert control(app, "revenue.target").value == 0.0
    assert any("scale must be given" in m.value for m in app.markdown)
    moved(app, "revenue.target", 90_000.0)
    assert not any("scale must be given" in m.value for m in app.markdown)


HOSTILE = [
    "?preset=unreachable-floor&deals.floor=nan",
    "?preset=unreachable-floor&deals.floor=inf",
    "?preset=unreachable-floor&deals.floor=-1",
    "?preset=unreachable-floor&deals.floor=1e300",
    "?preset=unreachable-floor&deals.floor=low",
    "?preset=unreachable-floor&deals.target=0",
    "?preset=unreachable-floor&at.deals=nan",
    "?preset=unreachable-floor&at.nobody=3",
    "?preset=unreachable-floor&along=nobody",
    "?preset=unreachable-floor&nothing.known=1",
    "?preset=unreachable-floor&deals.weight=0.5",
    "?preset=unreachable-floor&plan.currency=dollars",
    "?preset=no-such-plan",
    "?preset=../../app",
    "?preset=<script>alert(1)</script>",
    "?v=9&x=AAAA",
    "?v=1&x=" + "A" * 3000,
    "?x=%00%01",
    "?" + "&".join(f"a{i}=1" for i in range(200)),
    "?preset=sound-plan&" + "z" * 9000 + "=1",
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda q: q[:50])
def test_a_bad_link_opens_what_can_be_read_and_names_the_rest(query: str) -> None:
    app = opened(query)
    assert len(app.warning) == 1
    assert len(app.warning[0].value) > 10
    assert told(app) in text(app, "figures")


@pytest.mark.parametrize(
    "query",
    [
        "?preset=unreachable-floor&deals.target=1e-9",
        "?preset=unreachable-floor&deals.target=1e14",
        "?preset=unreachable-floor&deals.target=-5",
        "?preset=unreachable-floor&plan.target_incentive=1e14",
        "?preset=unreachable-floor&plan.target_incentive=0.01",
        "?preset=unreachable-floor&deals.ceiling=1000",
        "?preset=unreachable-floor&deals.ceiling=0.8&deals.floor=0.8",
        "?preset=unreachable-floor&deals.accelerator=1000&deals.ceiling=none",
        "?preset=unreachable-floor&deals.pays_at_floor=10",
        "?preset=unreachable-floor&at.deals=-1e14",
        "?preset=unreachable-floor&at.deals=1e14",
        "?preset=unreachable-floor&deals.better=lower",
        "?preset=unreachable-floor&deals.team_spread=0",
        "?preset=unreachable-floor&team.spread=0&team.mean=0.01",
        "?preset=unreachable-floor&team.mean=10&team.spread=5",
        "?preset=unreachable-floor&plan.currency=JPY",
        "?preset=unreachable-floor&plan.currency=KWD",
        "?preset=unreachable-floor&plan.currency=XXX",
        "?preset=unreachable-floor&plan.floor=0.5&plan.ceiling=0.5",
        "?preset=unreachable-floor&plan.ceiling=0",
        "?preset=unreachable-floor&along=csat",
        "?preset=sound-plan&along=all&at.revenue=100000",
        "?preset=sound-plan&revenue.weight=0&margin.weight=1",
        "?preset=sound-plan&embed=true",
    ],
    ids=lambda q: q[1:60],
)
def test_an_unusual_link_is_honoured_in_full(query: str) -> None:
    app = opened(query)
    assert not app.warning, app.warning[0].value
    assert told(app) in text(app, "figures")
    for path, end in list(ends(app))[:6]:
        if not control(app, path).disabled:
            moved(app, path, end)


MARKUP = "**[win](https://evil.example)** <b>$x$ :red[y] `z` ![i](u) www.evil.example"


ALIVE = r"\]\(|<[a-z!/]|www\.|https?:|:red\[|`[^`]*`|\*[^*]*\*|\$[^$]*\$"
"""Markup that Markdown would act on; a word joiner within it, or a backslash before it, leaves it text."""


def test_names_from_a_link_stay_what_they_are() -> None:
    preset = link.set_terms(
        planfile.load_preset("sound-plan"), {"revenue.name": MARKUP, "revenue.unit": "<i>*u*[a](b)"}
    )
    preset = preset.changed(title=MARKUP, description=MARKUP, source=MARKUP)
    app = drawers_opened(opened(link.encode_view(link.View(preset))))
    for shown in [s.label for s in app.slider] + [c.value for c in app.caption] + [m.value for m in app.markdown]:
        bare = re.sub(r"\\.|^\*\*[A-Z][a-z, ]+\*\*$", "", shown)  # a heading of the page's own may be bold
        assert not re.search(ALIVE, bare), shown
    for block in app.html:
        assert "<b>" not in block.value
        assert "<i>" not in block.value
    figure = json.dumps(drawn(app))
    assert "<i>" not in figure
    assert "<b>$x" not in figure


def test_an_edited_address_is_followed_and_can_be_undone() -> None:
    app = moved(opened("?preset=sound-plan"), "revenue.floor", 0.5)
    app.query_params.clear()
    app.query_params["preset"] = "low-ceiling"
    calm(app.run())
    assert address(app) == "?preset=low-ceiling"
    app.button(key="undo").click().run()
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"


def test_a_stale_address_is_no_edit() -> None:
    app = moved(opened("?preset=sound-plan"), "revenue.floor", 0.5)
    calm(app.run())
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"


def test_a_plan_of_its_own_has_its_own_name_in_the_list() -> None:
    preset = planfile.load_preset("sound-plan").changed(title="Ours")
    app = opened(link.encode_view(link.View(preset)))
    assert control(app, "preset").options[0] == "Ours"
    moved(app, "preset", "low-ceiling")
    moved(app, "preset", "")
    assert view(app).preset.title == "Ours"


def test_the_sentence_follows_the_plan() -> None:
    app = opened("?preset=unreachable-floor")
    assert "70 deals  this plan pays nothing" in text(app, "finding")
    moved(app, "deals.floor", 0.3)
    assert "70 deals" not in text(app, "finding")


def test_an_unexpected_error_is_one_calm_sentence(monkeypatch: pytest.MonkeyPatch, faults: list[str]) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a traceback that nobody should read")

    app = moved(opened("?preset=sound-plan"), "revenue.floor", 0.5)
    told = headline_of
    monkeypatch.setattr("ui.page.view_model.headline_of", broken)
    control(app, "revenue.floor").set_value(0.6).run()
    assert not app.exception
    assert [e.value for e in app.error] == [
        "What it pays cannot be shown for this plan. Undo the last change, or choose another plan."
    ]
    assert "a traceback that nobody should read" in " ".join(faults)
    faults.clear()
    monkeypatch.setattr("ui.page.view_model.headline_of", told)
    app.button(key="undo").click().run()
    calm(app)
    assert address(app) == "?preset=sound-plan&revenue.floor=0.5"
