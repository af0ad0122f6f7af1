"""Plan files of 1 MB that are written to cost as much as they can: each is read, or refused, within bounds."""

from collections.abc import Callable

SIZE = 1_000_000
"""Bytes of each file."""
PLAN = "[plan]\ntarget_incentive=1\n"
KPI = '[[kpis]]\nid="a"\ntarget=1\nweight=1\ncurve={kind="band"}\n'
POINTS = '[[kpis]]\nid="a"\ntarget=1\nweight=1\ncurve={kind="points",points=['
GRID = '[[kpis]]\nid="b"\ntarget=1\nweight=0\n[[kpis]]\nid="a"\ntarget=1\nweight=1\ncurve={kind="matrix",with="b",'


def filled(piece: Callable[[int], str] | str, before: str = "", after: str = "") -> str:
    """As many pieces as a file holds, between what stands before and after them."""
    text, size, number = [before], len(before) + len(after), 0
    while True:
        part = piece if isinstance(piece, str) else piece(number)
        if size + len(part) > SIZE:
            return "".join((*text, after))
        text.append(part)
        size, number = size + len(part), number + 1


def innocent() -> str:
    """A file as somebody would write it, as large as one may be: the measure of all others."""
    rep = '[[reps]]\nname="Somebody {0} of a team with long names, in the {0}th district"\nresults={{a={0}.5}}\n\n'
    return filled(rep.format, PLAN + KPI)


def _lists() -> dict[str, str]:
    pieces = {"empty lists": "[],", "empty tables": "{},", "tables": "{a=1},", "whole numbers": "1,", "floats": "1e9,"}
    pieces |= {"texts": '"",', "letters": '"\\u00e9",', "days": "1979-05-27T07:32:00Z,", "pairs": "[1,1],"}
    return {name: filled(piece, "a=[", "]") for name, piece in pieces.items()}


def _keys() -> dict[str, str]:
    ten = "b.c.d.e.f.g.h.i.j"
    return {
        "one key of many parts": "a." * 499_990 + "a=1",
        "one header of many parts": "[" + "a." * 499_990 + "a]",
        "keys of parts in quotes": filled('"".' * 300 + "a=1\n"),
        "keys of ten parts": filled(lambda i: f"a{i}.{ten}=1\n"),
        "keys of eleven parts": filled(lambda i: f"a{i}.{ten}.k=1\n"),
        "headers of ten parts": filled(lambda i: f"[a{i}.{ten}]\n"),
        "tables of ten parts": filled(f"{{a.{ten}=1}},", "a=[", "]"),
        "headers": filled(lambda i: f"[a{i}]\n"),
        "lists of tables": filled("[[a]]\n[[a.b]]\n[[a.b.c]]\n"),
        "keys": filled(lambda i: f"a{i}=1\n"),
        "keys of two parts": filled(lambda i: f"a{i}.b=1\n"),
        "keys of one table": filled(lambda i: f"a{i}=1,", "a={", "b=1}"),
        "hidden behind a text": 'a="""x"""" # "\'\'\'\nb=1\n' + "a." * 400_000 + "a=1",
    }


def _nested() -> dict[str, str]:
    return {
        "lists in lists": "a=" + "[" * 900_000,
        "tables in tables": "a=" + "{a=" * 300_000,
        "digits": "a=" + "9" * 900_000,
        "one text": 'a="' + "\\u00e9" * 160_000 + '"',
        "an open text": '"""' + '\\"""' * 240_000,
        "an open text on one line": 'a="' + '\\"' * 450_000,
        "open texts": 'a="' * 333_000,
        "newlines": "\n" * SIZE,
        "spaces": " " * SIZE,
        "comments": "#\n" * (SIZE // 2),
        "brackets": "]" * SIZE,
    }


def _terms() -> dict[str, str]:
    return {
        "measures of nothing": filled("{},", "kpis=[", "]\n" + PLAN),
        "measures that are numbers": filled("1,", "kpis=[", "]\n" + PLAN),
        "points": filled("[1,1],", PLAN + POINTS, "]}\n"),
        "points of text": filled('["x","y"],', PLAN + POINTS, "]}\n"),
        "points of text in every measure": filled(POINTS + '["x","y"],' * 190 + "]}\n", PLAN),
        "a wide grid": filled("1,", PLAN + GRID + "rows=[1],columns=[1],payouts=[[", "]]}\n"),
        "a deep grid": filled("[1],", PLAN + GRID + "rows=[1],columns=[1],payouts=[[", "]]}\n"),
        "unknown results": filled(lambda i: f"b{i}=1,", PLAN + KPI + "[[example]]\npays=1\nresults={", "b=1}\n"),
        "unknown results of reps": filled(
            lambda i: f'[[reps]]\nname="Somebody with a long name in the {i}th district"\nresults={{b{i}=1,c{i}=1}}\n',
            PLAN + KPI,
        ),
        "reps of nothing": filled("[[reps]]\nxxxxxxxxxxxxxxxxxxxxxxxxxx=1\n", PLAN + KPI),
        "unknown terms": filled(lambda i: f"unknown{i:09}=1\n", PLAN, KPI),
        "unknown terms of measures": filled("[[kpis]]\n" + "".join(f"x{i}=1\n" for i in range(900)), PLAN),
        "ids of a gate": filled('"a",', PLAN + KPI + '[[gates]]\nkpi="a"\nat_least=1\ncloses=[', "]\n"),
        "costs": filled(lambda i: f"b{i}=1,", PLAN + KPI.rpartition("curve")[0] + "costs={", "b=1}\n"),
        "a title": 'title="' + "x" * 900_000 + '"\n' + PLAN + KPI,
    }


def large_plan() -> str:
    """A plan that holds and is as large as one may be: 200 measures of 200 points, under 50 modifiers."""
    points = [[j / 100, j / 100] for j in range(200)]
    steps = [[j / 7, 1.0] for j in range(60)]
    kpi = '[[kpis]]\nid="k{}"\ntarget=1\nweight={}\ncurve={{kind="points",points={}}}\n'
    modifier = '[[modifiers]]\nkpi="k0"\nmultiplies="plan"\ncurve={{kind="steps",steps={}}}\n'
    return PLAN + "".join(kpi.format(i, 1 / 200, points) for i in range(200)) + modifier.format(steps) * 50


def texts() -> dict[str, str]:
    """Every costly file, by what it has too much of."""
    return {**_keys(), **_lists(), **_nested(), **_terms(), "a large plan": large_plan()}
