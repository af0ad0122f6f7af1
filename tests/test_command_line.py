"""The command line: what it prints, to the letter of its contract, and how it refuses."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import calc
from calc.__main__ import main
from calc.documents import link, planfile

ROOT = Path(__file__).resolve().parent.parent
HEAD = '[plan]\ntarget_incentive = 1000\n[[kpis]]\nid = "deals"\ntarget = 100\n'
BAND = 'curve = { kind = "band", floor = 0.7 }\n'
PLAN = f"{HEAD}weight = 1\n{BAND}"
CSAT = '[[kpis]]\nid = "csat"\ntarget = 85\nweight = 0\n'

Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command line in this process; it must work, and stderr must stay empty. Gives what is on stdout."""

    def said(*argv: str) -> str:
        assert main(argv) == 0, capsys.readouterr().err
        out, err = capsys.readouterr()
        assert not err
        return out

    return said


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command line in this process; it must end with 2 and one line. Gives the line."""

    def sentence(*argv: str) -> str:
        assert main(argv) == 2, "bad input ends with status 2"
        out, err = capsys.readouterr()
        assert not out, "a refusal prints nothing else"
        assert err.count("\n") == 1, "a refusal is one line"
        assert err.endswith("\n")
        assert "Traceback" not in err
        return err.strip()

    return sentence


def run(*words: str, **more: Any) -> "subprocess.CompletedProcess[str]":
    """The command line in a process of its own."""
    command = [sys.executable, "-m", "calc", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, **more)


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    return str(file)


# pay


def test_pay_prints_exactly_the_keys_of_the_contract(say: Say) -> None:
    answer = json.loads(say("pay", "customer-first", "--json"))
    assert list(answer) == ["plan", "currency", "pay", "payout", "kpis", "gates"]
    assert all(list(line) == ["id", "result", "attainment", "payout", "pay"] for line in answer["kpis"])
    assert [line["id"] for line in answer["kpis"]] == list(calc.load("customer-first").plan.ids)
    assert all(list(gate) == ["kpi", "open"] for gate in answer["gates"])
    assert answer["plan"] == "customer-first"


@pytest.mark.parametrize(("words", "pay"), [((), 100.0), (("deals=300",), 200.0), (("deals=50", "csat=100"), 55.0)])
def test_a_low_ceiling_pays(say: Say, words: tuple[str, ...], pay: float) -> None:
    answer = json.loads(say("pay", "low-ceiling", *words, "--json"))
    assert (answer["pay"], answer["payout"], answer["currency"]) == (pay, pay / 100, "USD")
    assert f"USD {pay:.2f}" in say("pay", "low-ceiling", *words)


def test_a_kpi_that_is_not_named_stands_at_its_target(say: Say) -> None:
    answer = json.loads(say("pay", "low-ceiling", "deals=150", "--json"))
    assert [(line["result"], line["attainment"], line["pay"]) for line in answer["kpis"]] == [
        (150.0, 1.5, 150.0),
        (85.0, 1.0, 0.0),
    ]


def test_a_gate_is_told(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "gated.toml"
    file.write_text(f'{PLAN}{CSAT}[[gates]]\nkpi = "csat"\nat_least = 0.9\ncloses = "plan"\n', encoding="utf-8")
    for csat, is_open, pay in ((76.5, True, 1000.0), (76.4, False, 0.0)):
        answer = json.loads(say("pay", str(file), f"csat={csat}", "--json"))
        assert (answer["gates"], answer["pay"]) == ([{"kpi": "csat", "open": is_open}], pay)
        assert f"the gate on csat is {'open' if is_open else 'closed'}" in say("pay", str(file), f"csat={csat}")


def test_money_has_the_decimals_of_its_currency(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "yen.toml"
    file.write_text(PLAN.replace("[plan]", '[plan]\ncurrency = "JPY"').replace("1000", "123456"), encoding="utf-8")
    assert say("pay", str(file)).splitlines()[-1].endswith("JPY 123,456")


def test_the_columns_stand_in_line(say: Say) -> None:
    lines = say("pay", "low-ceiling", "deals=300").splitlines()
    assert lines[0].split() == ["KPI", "result", "attainment", "payout", "pay"]
    assert len({len(line) for line in lines}) == 1, "the last column ends in one line"
    assert not any("\x1b" in line for line in lines)


@pytest.mark.parametrize("words", [("deals=300", "--json"), ("--json", "deals=300")])
def test_an_option_may_stand_anywhere(say: Say, words: tuple[str, ...]) -> None:
    assert json.loads(say("pay", "low-ceiling", *words))["pay"] == 200.0


def test_results_in_a_link_apply_and_those_named_win(say: Say) -> None:
    query = "?preset=low-ceiling&at.deals=150&at.csat=100"
    assert json.loads(say("pay", query, "--json"))["pay"] == 165.0
    assert json.loads(say("pay", query, "csat=85", "--json"))["pay"] == 150.0
    assert json.loads(say("pay", f"https://example.org/{query}", "--json"))["pay"] == 165.0


def test_a_file_is_paid_into_a_file(say: Say, plan: str, tmp_path: Path) -> None:
    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(b"rep,deals\nAnn,69\nBob,118\n")
    assert say("pay", plan, "--results", str(results), "--out", str(out)) == ""
    assert out.read_bytes() == b"rep,deals,pay.deals,pay\nAnn,69,0.00,0.00\nBob,118,1180.00,1180.00\n"


def test_a_file_is_paid_to_stdout_as_it_came(plan: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"rep,deals\r\n" + "Zo\u00eb".encode() + b",118\r\n")
    command = [sys.executable, "-m", "calc", "pay", plan, "--results", str(results)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paid = "rep,deals,pay.deals,pay\r\nZo\u00eb,118,1180.00,1180.00\r\n"
    assert (done.stdout, done.stderr) == (paid.encode(), b"")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_alone(
    plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"deals\n118\n")
    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(["pay", plan, "--results", str(results)]) == 0
        assert ("B/s" in stream.getvalue()) == shown


# zones, presets, link, schema


def test_zones_print_exactly_the_keys_of_the_contract(say: Say) -> None:
    answer = json.loads(say("zones", "low-ceiling", "--json"))
    keys = ["kind", "from", "to", "from_result", "to_result", "pay_from", "pay_to", "pay_per_unit"]
    assert [list(kpi) for kpi in answer["kpis"]] == [["id", "zones"]] * 2
    assert all(list(zone) == keys for kpi in answer["kpis"] for zone in kpi["zones"])
    assert [list(zone.values()) for zone in answer["kpis"][0]["zones"]] == [
        ["climb", 0.0, 2.0, 0.0, 200.0, 0.0, 200.0, 1.0],
        ["flat", 2.0, None, 200.0, None, 200.0, 200.0, 0.0],
    ]


def test_zones_stand_where_the_others_are_named(say: Say) -> None:
    answer = json.loads(say("zones", "low-ceiling", "csat=100", "--json"))
    assert answer["kpis"][0]["zones"][-1]["pay_from"] == pytest.approx(220.0)
    linked = json.loads(say("zones", "?preset=low-ceiling&at.csat=100", "--json"))
    assert linked == answer


def test_zones_read_well(say: Say, plan: str) -> None:
    assert say("zones", plan).splitlines() == [
        "deals",
        "                 attainment   result   pay [USD]       for one unit better",
        "nothing is paid  0 % to 70 %  0 to 70  0.00                              0",
        "cliff            70 %         70       0.00 to 700.00                    -",
        "climb            from 70 %    from 70  from 700.00                      10",
    ]


def test_where_a_guarantee_is_paid_a_measure_earns_nothing(say: Say, tmp_path: Path) -> None:
    kpi = '[[kpis]]\nid = "deals"\ntarget = 100\nweight = 1\ncurve = { kind = "band", floor = 0.7 }\n'
    path = tmp_path / "guaranteed.toml"
    path.write_text(f"[plan]\ntarget_incentive = 1000\nfloor_pay = 250\n{kpi}")
    lines = say("zones", str(path)).splitlines()
    assert lines[2].split("  ")[0] == "earns nothing"
    assert " 250.00 " in lines[2]
    assert json.loads(say("zones", str(path), "--json"))["kpis"][0]["zones"][0]["kind"] == "zero"


@pytest.mark.parametrize("name", calc.names())
def test_every_preset_pays_and_has_zones(say: Say, name: str) -> None:
    answer = json.loads(say("pay", name, "--json"))
    assert answer["pay"] == calc.load(name).plan.statement().pay
    assert all(kpi["zones"] for kpi in json.loads(say("zones", name, "--json"))["kpis"])
    assert say("zones", name)


def test_check_prints_exactly_the_keys_of_the_contract(say: Say) -> None:
    found = json.loads(say("check", "unreachable-floor", "--json"))
    assert list(found) == ["findings"]
    first = found["findings"][0]
    keys = ["check", "severity", "kpi", "span", "money", "share", "title", "says", "do", "source"]
    assert list(first) == keys
    assert (first["check"], first["severity"], first["kpi"]) == ("zero_zone", "alarm", "deals")
    assert (first["span"], first["money"]) == ([0.0, 0.7], 700.0)
    assert first["share"] == pytest.approx(0.9331927987)
    assert all(one["source"] and one["do"].endswith(".") for one in found["findings"])


def test_check_says_what_it_finds_the_costliest_first(say: Say) -> None:
    text = say("check", "low-ceiling")
    assert text.startswith("alarm: Pays no more from 200 pieces on: 74 % of the team [flat_zone]")
    assert "Traceback" not in text
    assert "Do: " in text
    assert "Practice: " in text


def test_check_reads_the_rep_that_is_named(say: Say) -> None:
    early, late = (say("check", "pipeline-scorecard", f"revenue={at}", "--json") for at in (1, 200_000))
    assert json.loads(early) != json.loads(late)


@pytest.mark.parametrize("name", calc.names())
def test_every_preset_is_checked_and_what_it_expects_is_found(say: Say, name: str) -> None:
    found = {one["check"] for one in json.loads(say("check", name, "--json"))["findings"]}
    assert set(calc.load(name).expects) <= found


def test_presets_are_listed_a_line_each(say: Say) -> None:
    lines = say("presets").splitlines()
    assert [line.split()[0] for line in lines] == list(calc.names())
    listed = json.loads(say("presets", "--json"))["presets"]
    assert [(one["name"], one["title"]) for one in listed] == [(n, calc.load(n).title) for n in calc.names()]


def test_a_link_opens_the_same_plan(say: Say, plan: str) -> None:
    assert say("link", "low-ceiling") == "?preset=low-ceiling\n"
    query = "?preset=low-ceiling&deals.ceiling=1.7&at.deals=118"
    assert json.loads(say("link", query, "--json")) == {"link": query}
    assert link.load(say("link", plan).strip()).plan == calc.load(plan).plan


def test_the_schema_is_json(say: Say) -> None:
    assert json.loads(say("schema")) == json.loads(say("schema", "--json")) == calc.schema()


@pytest.mark.parametrize("command", ["pay", "zones", "link", "presets", "schema"])
def test_every_command_tells_of_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m calc {command}" in capsys.readouterr().out


# Refusals: of arguments


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ([], ["COMMAND"]),
        (["pays", "low-ceiling"], ["COMMAND", "'pays'", "'pay'"]),
        (["pay"], ["PLAN"]),
        (["pay", "low-ceiling", "--jsn"], ["'--jsn'", "pay"]),
        (["presets", "low-ceiling"], ["'low-ceiling'", "presets"]),
        (["pay", "low-ceiling", "--results"], ["--results"]),
        (["pay", "low-ceiling", "300"], ["id=result", "'300'"]),
        (["pay", "low-ceiling", "=300"], ["''", "deals"]),
        (["pay", "low-ceiling", "dels=300"], ["dels", "did you mean deals?"]),
        (["pay", "low-ceiling", "deals=many"], ["deals", "finite number", "'many'"]),
        (["pay", "low-ceiling", "deals="], ["deals", "finite number", "''"]),
        (["pay", "low-ceiling", "deals=1,5"], ["deals", "finite number", "'1,5'"]),
        (["pay", "low-ceiling", "deals=nan"], ["deals", "finite number", "'nan'"]),
        (["pay", "low-ceiling", "deals=-inf"], ["deals", "finite number", "'-inf'"]),
        (["zones", "low-ceiling", "deals=1e999"], ["deals", "finite number", "'1e999'"]),
        (["pay", "low-ceiling", "csat=-1e15"], ["csat", "below 1e+15 in size", "'-1e15'"]),
        (["pay", "low-ceiling", "deals=1", "deals=2"], ["deals", "once", "1 and 2"]),
        (["pay", "low-ceiling", "deals=1\n2"], ["deals", "1\\n2"]),
        (["pay", "low-ceiling", "--out", "x.csv"], ["--out", "--results", "x.csv"]),
        (["pay", "low-ceiling", "deals=1", "--results", "x.csv"], ["id=result", "--results", "deals=1"]),
        (["pay", "low-ceiling", "--json", "--results", "x.csv"], ["--json", "--results"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_arguments_are_refused(refused: Say, words: list[str], parts: list[str]) -> None:
    sentence = refused(*words)
    assert all(part in sentence for part in parts), sentence


# Refusals: of plans

POINTS = "curve = { kind = 'points', points = [[0.8, 0], [0.7, 1]] }\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[plan\n", ["TOML", "line 1"]),
        (PLAN.replace("[plan]", "[plan]\nceling = 2"), ["celing", "did you mean ceiling?", "2"]),
        (PLAN.replace("floor = 0.7", "flor = 0.7"), ["kpis.deals.curve.flor", "did you mean floor?", "0.7"]),
        (f"{PLAN}[colour]\nred = 1\n", ["colour", "not known"]),
        (PLAN.replace("target = 100", "target = nan"), ["kpis.deals.target", "finite", "nan"]),
        (PLAN.replace("1000", "inf"), ["plan.target_incentive", "finite", "inf"]),
        (PLAN.replace("target = 100", "target = '100'"), ["kpis.deals.target", "number", "'100'"]),
        (PLAN.replace("0.7", "1.7"), ["kpis.deals.curve", "1.7"]),
        (PLAN.replace("weight = 1\n", "weight = 0.9\n"), ["weight", "add up to 1", "0.9"]),
        (f"{HEAD}weight = 0.5\n{BAND}" + f"{HEAD}weight = 0.5\n{BAND}".partition("1000\n")[2], ["deals", "once", "2"]),
        (f"{HEAD}weight = 1\n{POINTS}", ["kpis.deals.curve.points", "ascending", "0.8, 0.7"]),
        (f'{PLAN}[[gates]]\nkpi = "csat"\nat_least = 1\ncloses = "plan"\n', ["gates", "csat", "KPI of the plan"]),
        (PLAN.replace("target = 100", "target = 0"), ["kpis.deals", "scale", "target is 0"]),
        (f"# {'x' * 3_000_000}\n{PLAN}", ["1,000,000 bytes", "3,000,1"]),
        ("", ["kpis must be given"]),
    ],
)
def test_a_plan_is_refused(refused: Say, tmp_path: Path, text: str, parts: list[str]) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    for command in ("pay", "zones", "link"):
        sentence = refused(command, str(file))
        assert sentence.startswith("bad.toml: " if len(text) < 1_000_000 else "bad.toml")
        assert all(part in sentence for part in parts), sentence


@pytest.mark.parametrize("content", [b"\x00\xff" * 100, PLAN.encode("utf-16"), b"\x89PNG\r\n\x1a\n"])
def test_a_plan_that_is_no_text_is_refused(refused: Say, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    assert "UTF-8" in refused("pay", str(file))


@pytest.mark.parametrize("source", ["low-cieling", "missing.toml", ".", ""])
def test_a_plan_that_is_not_there_is_refused(refused: Say, source: str) -> None:
    sentence = refused("pay", source)
    assert "PLAN must be" in sentence
    assert ("did you mean low-ceiling?" in sentence) == (source == "low-cieling")


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("?preset=low-cieling", ["preset", "low-cieling", "low-ceiling"]),
        ("?preset=low-ceiling&deals.ceiling=high", ["deals.curve.ceiling", "'high'"]),
        ("?preset=low-ceiling&deals.cieling=2", ["deals.cieling", "deals.ceiling"]),
        ("?preset=low-ceiling&at.deals=nan", ["at.deals", "'nan'"]),
        ("?v=1&x=AAAA", ["x must"]),
    ],
)
def test_a_link_that_cannot_be_read_in_full_is_refused(refused: Say, query: str, parts: list[str]) -> None:
    sentence = refused("pay", query)
    assert all(part in sentence for part in parts), sentence


# Refusals: of files of results


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"deals\n100\nmany\n", ["results.csv line 3", "deals", "finite number", "'many'"]),
        (b"rep,deals\nAnn,\n", ["results.csv line 2", "deals", "finite number", "''"]),
        (b"rep\nAnn\n", ["results.csv line 1", "column deals", "pay depends"]),
        (b"rep,deals\nAnn,1\nBob\n", ["results.csv line 3", "2 columns", "1"]),
        (b"\x00\x01\x02\xff", ["results.csv", "UTF-8", "zero bytes"]),
        (b"", ["results.csv line 1", "empty"]),
    ],
)
def test_results_are_refused_and_nothing_is_written(
    refused: Say, plan: str, tmp_path: Path, content: bytes, parts: list[str]
) -> None:
    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(content)
    out.write_text("as it was")
    before = sorted(tmp_path.iterdir())
    for where in ([], ["--out", str(out)]):
        sentence = refused("pay", plan, "--results", str(results), *where)
        assert all(part in sentence for part in parts), sentence
    assert out.read_text() == "as it was"
    assert sorted(tmp_path.iterdir()) == before, "no half-written file is left behind"


def test_places_that_are_no_files_are_refused(refused: Say, plan: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"deals\n100\n")
    assert "missing.csv must be a file that can be read" in refused("pay", plan, "--results", "missing.csv")
    assert "must be a file that can be read" in refused("pay", plan, "--results", str(tmp_path))
    said = ["pay", plan, "--results", str(results), "--out"]
    assert "--out of a folder takes results of Parquet" in refused(*said, str(tmp_path))
    assert "must be a file that can be written" in refused(*said, str(tmp_path / "no" / "folder.csv"))
    assert "must be another file" in refused(*said, str(results))
    assert "must be another file" in refused(*said, str(tmp_path / "." / "results.csv"))
    assert results.read_bytes() == b"deals\n100\n"


# The process


def test_a_refusal_ends_the_process_with_one_line() -> None:
    done = run("pay", "low-cieling")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "did you mean low-ceiling?" in done.stderr


def test_stdout_is_utf_8_everywhere(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("target = 100", 'target = 100\nname = "Abschl\u00fcsse \u20ac"'), encoding="utf-8")
    done = run("pay", str(file), env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "Abschl\u00fcsse \u20ac" in done.stdout, done.stderr


def test_a_reader_that_leaves_is_not_an_error() -> None:
    command = [sys.executable, "-m", "calc", "schema"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    if os.name != "nt":
        assert (process.returncode, said) == (141, b"")
    assert b"Traceback" not in said


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(source: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(planfile, "load_preset", interrupted)
    assert main(["pay", "low-ceiling"]) == 130
    assert capsys.readouterr() == ("", "")


# What is odd in a file of results


def test_what_is_odd_is_asked_about_and_may_be_meant(refused: Say, say: Say, plan: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"rep,deals\nAnn,100\nann,110\nTotal,210\n")
    words = ["pay", plan, "--results", str(results)]
    sentence = refused(*words)
    assert "line 4" in sentence
    assert "--allow totals" in sentence
    assert "lines 2 and 3" in refused(*words, "--allow", "totals")
    assert say(*words, "--allow", "totals, repeats").count("\n") == 4
    assert "did you mean repeats?" in refused(*words, "--allow", "repeat")
    results.write_bytes(b"rep\tdeals\nAnn\t12,000\n")
    assert "may be 12000 or 12" in refused(*words)
    assert "120000.00" in say(*words, "--decimal", "point", "--allow", "scale")
    assert "0,00" in say(*words, "--decimal", "comma")
    assert "--decimal must be left out without --results" in refused("pay", plan, "--decimal", "comma")


def test_columns_that_are_not_read_are_named(plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.csv"
    names = [f"column{n}" for n in range(20)]
    results.write_text(f"rep,{','.join(names)},deals\nAnn,{','.join(names)},100\n")
    assert main(["pay", plan, "--results", str(results)]) == 0
    err = capsys.readouterr().err
    assert err.startswith("columns passed through unread: 'column0', 'column1', ")
    assert err.endswith(" and 8 more\n")


# Places, streams and lengths


@pytest.mark.parametrize("out", [[], ["--out", "-"]])
def test_results_may_stand_on_the_standard_input(plan: str, out: list[str]) -> None:
    done = run("pay", plan, "--results", "-", *out, input="rep,deals\nAnn,118\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "rep,deals,pay.deals,pay\nAnn,118,1180.00,1180.00\n", "")
    done = run("pay", plan, "--results", "-", *out, input="rep,deals\nAnn,many\n")
    assert done.stderr.startswith("standard input line 2: deals must be a finite number")


def test_no_file_that_is_read_is_written_over(refused: Say, plan: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"deals\n100\n")
    (tmp_path / "link.csv").symlink_to(plan)
    os.link(plan, tmp_path / "other.csv")
    for out in (plan, str(tmp_path / "link.csv"), str(tmp_path / "other.csv")):
        sentence = refused("pay", plan, "--results", str(results), "--out", out)
        assert sentence == f"{out} must be another file than the plan (got the same)"
    preset = str(ROOT / "presets" / "low-ceiling.toml")
    assert "the plan" in refused("pay", "low-ceiling", "--results", str(results), "--out", preset)
    assert Path(plan).read_text(encoding="utf-8") == PLAN


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the output")
@pytest.mark.parametrize("words", ["pay low-ceiling", "presets", "pay low-ceiling --results {results}"])
def test_a_closed_output_is_refused(tmp_path: Path, words: str) -> None:
    results = tmp_path / "results.csv"
    results.write_bytes(b"deals,csat\n100,85\n")
    command = f"{sys.executable} -m calc {words.format(results=results)}"
    done = subprocess.run(
        f"{command} >&-", shell=True, cwd=ROOT, stderr=subprocess.PIPE, check=False, executable="/bin/sh"
    )
    assert (done.returncode, done.stderr) == (2, b"the output must be open (got a closed one)\n")
    done = subprocess.run(f"{command} >&- 2>&-", shell=True, cwd=ROOT, check=False, executable="/bin/sh")
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the output")
def test_a_file_is_paid_into_a_file_though_the_output_is_closed(plan: str, tmp_path: Path) -> None:
    results, out = tmp_path / "results.csv", tmp_path / "paid.csv"
    results.write_bytes(b"deals,note\n100,x\n")
    words = f"{sys.executable} -m calc pay {plan} --results {results} --out {out}"
    done = subprocess.run(f"{words} >&- 2>&-", shell=True, cwd=ROOT, check=False, executable="/bin/sh")
    assert (done.returncode, out.read_bytes()) == (0, b"deals,note,pay.deals,pay\n100,x,1000.00,1000.00\n")


LONG = "x" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}{LONG} = 1\n",
        f'{PLAN}[[gates]]\nkpi = "{LONG}"\nat_least = 1\ncloses = "plan"\n',
        PLAN.replace("deals", LONG),
        PLAN.replace("deals", LONG).replace("0.7", "7"),
        "".join(f"key{n} = 1\n" for n in range(5_000)) + PLAN,
        f'title = "{LONG}"\n{PLAN}',
        PLAN.replace("target = 100", "target = 100\n" + "".join(f"x{n} = 1\n" for n in range(2_000))),
    ],
    ids=["key", "gate", "id", "id-and-floor", "keys", "title", "terms"],
)
def test_a_refusal_is_never_longer_than_somebody_reads(refused: Say, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    assert len(refused("pay", str(file))) <= 2_000
    with pytest.raises(calc.Refused) as raised:
        calc.load(str(file))
    assert all(len(sentence) <= 700 for sentence in raised.value.sentences)


def test_a_refusal_of_results_is_never_longer_than_somebody_reads(refused: Say, plan: str, tmp_path: Path) -> None:
    results = tmp_path / "results.csv"
    for content in (f"{LONG}\n1\n", f"deals\n{LONG}\n", f"rep,deals\n{LONG},1\n{LONG},1\n", f"deals,{LONG},{LONG}\n"):
        results.write_text(content)
        assert len(refused("pay", plan, "--results", str(results))) <= 2_000


@pytest.mark.parametrize("text", ["\uff11\uff12", "1_000", "\u0661", "1,5", "1,80,00"])
def test_digits_are_those_of_ascii_everywhere(refused: Say, plan: str, tmp_path: Path, text: str) -> None:
    results = tmp_path / "results.csv"
    results.write_text(f'deals\n"{text}"\n100.5\n', encoding="utf-8")
    assert "deals must be a finite number" in refused("pay", plan, f"deals={text}")
    assert "deals must be a finite number" in refused("pay", plan, "--results", str(results))
    assert "'" in refused("pay", f"?preset=low-ceiling&deals.ceiling={text}")


@pytest.mark.parametrize("text", ["1,800,000", "1800000", "1'800'000", "1.8e6", "1,800,000.00"])
def test_a_number_is_accepted_as_it_is_printed(say: Say, plan: str, text: str) -> None:
    assert json.loads(say("pay", plan, f"deals={text}", "--json"))["kpis"][0]["result"] == 1_800_000.0


@pytest.mark.parametrize("path", ["missing.toml", "./missing", "folder/plan"])
def test_a_wrong_path_says_that_there_is_no_such_file(refused: Say, path: str) -> None:
    sentence = refused("pay", path)
    assert sentence == f"PLAN must be a preset, a file or a link (got {path!r}): there is no such file"


def test_everything_wrong_in_a_file_is_told_at_once(
    refused: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        PLAN.replace("target = 100", "targt = 100").replace("0.7", "1.7").replace("[plan]", "[plan]\nx = 1")
    )
    sentence = refused("pay", str(file))
    assert all(part in sentence for part in ("plan.x", "kpis.deals.targt", "kpis.deals.curve.floor")), sentence
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["pay", str(file)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 3, "on a terminal each stands by itself"
    assert all(len(line) < 60 for line in lines)
