"""The commands that compare two plans, begin a new one, fail where something is found, and tell of themselves."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import calc
from calc.__main__ import main
from calc.commands.help_texts import EXAMPLES
from calc.commands.new_plan import TEMPLATE
from calc.commands.terminal import on_one_line, wrapped
from calc.plan.errors import Refused
from calc.plan.plain_words import PLAIN_WORDS

ROOT = Path(__file__).resolve().parent.parent


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs the command line; gives its status, what it prints, and what it says beside."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        return (status, *capsys.readouterr())

    return run


# new


def test_a_new_plan_can_be_paid_at_once_and_pays_its_examples(said: Said) -> None:
    assert said("new") == (0, TEMPLATE, "")
    preset = calc.loads(TEMPLATE)
    for example in preset.example:
        assert preset.plan.statement(example.results).pay == example.pays
    assert [kpi.id for kpi in preset.plan.kpis] == ["revenue", "margin", "satisfaction"]


def test_every_line_of_a_new_plan_that_is_left_out_can_be_put_in() -> None:
    """A commented line is a line of the file: without its # it is read, one at a time."""
    lines, tried = TEMPLATE.splitlines(), 0
    for n, line in enumerate(lines):
        bare = line.removeprefix("# ")
        if bare == line or " = " not in bare or bare.startswith(("A ", "python", "kpi ", "multiplies", "curve")):
            continue
        text = "\n".join([*lines[:n], bare, *lines[n + 1 :]])
        calc.loads(text.replace("keeps    = 0.5", "") if bare.startswith("limits_to") else text)
        tried += 1
    assert tried >= 5


def test_the_other_curves_of_a_new_plan_are_curves() -> None:
    curves = [line for line in TEMPLATE.splitlines() if line.startswith("# curve =")]
    kpi = '[[kpis]]\nid = "x"\ntarget = 100\n'
    assert len(curves) == 3
    for line in curves:
        bare = line.removeprefix("# ").rpartition("}")[0] + "}"
        weight = "" if "tiers" in bare else "weight = 1\n"
        assert calc.loads(f"[plan]\ntarget_incentive = 1\n{kpi}{weight}{bare}\n").plan.pay([[100]])[0] > 0
    modifier = TEMPLATE[TEMPLATE.index("# [[modifiers]]") :].split("\n\n")[0].replace("# ", "")
    assert calc.loads(f"{TEMPLATE}\n{modifier}\n").plan.modifiers


def test_a_new_plan_is_written_and_never_over_a_file(said: Said, tmp_path: Path) -> None:
    place = tmp_path / "plan.toml"
    assert said("new", str(place)) == (0, "", "")
    assert place.read_text(encoding="utf-8") == TEMPLATE
    place.write_text("mine")
    status, out, err = said("new", str(place))
    assert (status, out) == (2, "")
    assert "must not be there yet" in err
    assert place.read_text() == "mine"
    assert said("new", str(tmp_path / "no" / "plan.toml"))[0] == 2


def test_a_plan_may_stand_on_the_standard_input() -> None:
    command = [sys.executable, "-m", "calc", "pay", "-", "revenue=900,000", "--json"]
    done = subprocess.run(command, cwd=ROOT, input=TEMPLATE.encode(), capture_output=True, check=True)
    assert json.loads(done.stdout)["pay"] == 48_000.0
    done = subprocess.run(command, cwd=ROOT, input=b"[plan", capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard input: the file must be TOML")


# check --fail-on, --version, --help


@pytest.mark.parametrize(("worst", "status"), [("note", 1), ("warn", 1), ("alarm", 1)])
def test_a_script_can_stop_where_something_is_found(said: Said, worst: str, status: int) -> None:
    assert said("check", "unreachable-floor", "--fail-on", worst)[0] == status
    assert said("check", "unreachable-floor", "--json")[0] == 0


def test_a_milder_finding_does_not_fail(said: Said) -> None:
    answer = json.loads(said("check", "sound-plan", "--json")[1])["findings"]
    found = {one["severity"] for one in answer}
    for worst, above in (("note", {"note", "warn", "alarm"}), ("warn", {"warn", "alarm"}), ("alarm", {"alarm"})):
        assert said("check", "sound-plan", "--fail-on", worst)[0] == int(bool(found & above))


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"flatline {calc.__version__}\n"


@pytest.mark.parametrize("command", EXAMPLES)
def test_every_command_tells_of_itself_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(f"python -m calc {words}" in told for words in EXAMPLES[command])
    assert all(words.startswith(command) for words in EXAMPLES[command])


@pytest.mark.parametrize("words", [words for several in EXAMPLES.values() for words in several if "toml" not in words])
def test_every_example_works(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = words.partition(" | ")[0].partition(" > ")[0].replace('"', "")
    assert main(first.split()) == 0
    assert capsys.readouterr().out


# compare


def test_two_plans_are_compared(said: Said) -> None:
    status, out, err = said("compare", "low-ceiling", "open-top", "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert list(answer) == ["a", "b", "changes", "apart", "currency", "cost", "team", "reps"]
    assert {"where": "kpis.deals.target", "a": 100, "b": 240} in answer["changes"]
    assert {"where": "kpis.deals.curve.ceiling", "a": 2, "b": None} in answer["changes"]
    team = answer["team"]
    assert team["more"] + team["less"] + team["same"] == pytest.approx(1.0)
    assert answer["cost"]["expected"]["a"] == pytest.approx(190.48, abs=0.01)
    text = said("compare", "low-ceiling", "open-top")[1]
    assert "USD 190.48" in text
    assert "74 % of the team earn more under B" in text


def test_a_plan_is_the_same_as_itself(said: Said) -> None:
    answer = json.loads(said("compare", "low-ceiling", "low-ceiling", "--json")[1])
    assert answer["changes"] == []
    assert (answer["team"]["same"], answer["team"]["mean_loss"]) == (1.0, 0.0)
    assert "The plans are the same." in said("compare", "low-ceiling", "low-ceiling")[1]


def test_people_are_paid_by_both_plans_and_losers_come_first(said: Said, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text("rep;deals;csat\nAnn;300,0;85\nBob;50;85\nCy;200;85\n")
    words = ("compare", "low-ceiling", "?preset=low-ceiling&deals.ceiling=3&deals.target=120", "--reps", str(file))
    answer = json.loads(said(*words, "--json")[1])
    assert answer["reps"] == [
        {"rep": "Cy", "a": 200.0, "b": 166.67, "change": -33.33},
        {"rep": "Bob", "a": 50.0, "b": 41.67, "change": -8.33},
        {"rep": "Ann", "a": 200.0, "b": 250.0, "change": 50.0},
    ]
    assert "1 of 3 earn more under B and 2 less; together USD 8.34." in said(*words)[1]
    file.write_text("rep,deals,csat\nTotal,300,85\n")
    assert "--allow totals" in said(*words)[2]
    assert said(*words, "--allow", "totals")[0] == 0


def test_what_cannot_be_compared_says_why(said: Said, tmp_path: Path) -> None:
    file = tmp_path / "euro.toml"
    file.write_text(TEMPLATE.replace('"USD"                     # the ISO', '"EUR"                     # the ISO'))
    answer = json.loads(said("compare", "sound-plan", str(file), "--json")[1])
    assert "cannot be set against each other" in answer["apart"]
    assert (answer["cost"], answer["team"]) == (None, None)
    assert answer["changes"]


# Words of plan documents


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("quota = 1", "kpis.revenue.quota is not known (got 1): did you mean target?"),
        ("cap = 2", "kpis.revenue.cap is not known (got 2): did you mean curve.ceiling?"),
        ("threshold = 0.5", "kpis.revenue.threshold is not known (got 0.5): did you mean curve.floor?"),
        ("kicker = 2", "kpis.revenue.kicker is not known (got 2): did you mean curve.accelerator?"),
        ("direction = 'up'", "kpis.revenue.direction is not known (got 'up'): did you mean better?"),
    ],
)
def test_a_word_of_plan_documents_leads_to_ours(line: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        calc.loads(TEMPLATE.replace("target = 1_200_000", line, 1))
    assert refused.value.sentences[0] == sentence


def test_a_target_that_is_left_out_is_asked_for() -> None:
    with pytest.raises(Refused, match=r"kpis\.revenue.*target must be given"):
        calc.loads(TEMPLATE.replace("target = 1_200_000", "", 1))


def test_words_lead_to_fields_that_there_are() -> None:
    schema = json.dumps(calc.schema())
    assert all(f'"{field}"' in schema for field in PLAIN_WORDS.values())


# Terminal


def test_a_refusal_fits_on_a_line() -> None:
    assert on_one_line(["a" * 3000]) == "a" * 1996 + " ..."
    assert on_one_line(["a" * 1500, "b" * 1500, "c"]) == "a" * 1500 + " (and 2 more)"
    assert on_one_line(["a\x1b[2J\nb"]) == "a\\x1b[2J\\nb"


def test_prose_is_wrapped_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    text = "  " + "word " * 40
    assert wrapped(text, sys.stdout) == text
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    lines = wrapped(text, sys.stdout).splitlines()
    assert len(lines) > 3
    assert all(line.startswith("  ") and len(line) < 50 for line in lines)
