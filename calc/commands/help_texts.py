"""What `--help` says of the command line and of each command, with an example each."""

from calc.payroll.oddities import ODDITIES
from calc.scale.manifest import MANIFEST_NAME

ABOUT = """\
Flatline says exactly what a sales-compensation plan pays, and where it goes flat or falls to zero."""
MORE = """\
PLAN is a preset's name (see `presets`), a plan file (TOML, see `new` and `schema`), - for a plan file on standard
input, or a shared link in quotes. A KPI that is not named stands where the link says, else at its target. Numbers may
be written as they are printed: 1,800,000 or 1800000. Bad input ends with status 2 and what must hold on stderr.

examples:
  python -m calc new plan.toml
  python -m calc pay low-ceiling deals=300 csat=90
  python -m calc pay plan.toml --results results.csv --out paid.csv
  python -m calc zones "?preset=low-ceiling&deals.ceiling=1.7" --json

`python -m calc COMMAND --help` tells more of each command.
"""
PAY = f"""\
Print what one rep is paid, KPI by KPI; or pay a whole file of results, one row in and one row out.

A file of results is CSV, xlsx or Parquet (a file, a folder or a pattern), with a column for every KPI that the pay
depends on, by its id and in its unit. Optional are `rep`, `target_incentive` and `<id>.target`, each rep's own; any
other column passes through, and is named on stderr. `pay.<id>` for every KPI and `pay` are added at the end, in the
format of the name of --out. A file parted by ';' with decimal commas is answered in the same form.

Before anything is paid, these are asked about: numbers that can be read in two ways (12,000 is 12000 or 12; --decimal
says which), headings that nearly are a known name, totals, people who stand twice, and numbers in another unit than
their target. Each may be said to be meant: --allow {",".join(ODDITIES)}.

Where --out is a folder (it is there, or ends in /), files of Parquet are paid row group by row group on all cores, into
a file each; started again, only what is missing is paid. A bad row is named by file, row group and line; its row group
is not written, the others are, and the status is 2. {MANIFEST_NAME} has the sums. With --cluster the same runs on
Dask: local, or the tcp:// address of a scheduler; results and --out may be addresses such as s3://.

With --map FILE a file is read as it was exported: the map says what its columns mean and what was answered about it.
The rows are then people and periods, with `rep`, `period`, results, own targets and pay."""
ZONES = """\
Print the zones along each KPI, from worse to better, while the others stand where they are named, else at target.

nothing is paid: neither here nor by the rest of the plan. earns nothing: this KPI pays nothing here, and what is paid
comes from elsewhere or is guaranteed; in --json both are "zero". flat: this KPI pays, and moving earns nothing more.
climb: better earns more. cliff: a jump, where one more unit decides a sum. drop: better earns less."""
CHECK = """\
Print every way in which the plan stops paying, the costliest first: what is, whom it meets, what to do, and where the
rule comes from. Rules are the field's practice, not law; [practice] in a plan file sets other ranges. The status is 0
whether or not something is found, but with --fail-on it is 1 where something of that severity or a worse one is."""
COMPARE = """\
Print what differs between two plans, A and B, what each is expected to cost a rep, and who earns more and who less
under B on the same results. The people are the team that a plan describes, or with --reps those of a file of results;
base pay is left out. With --map the file is read as it was exported; who loses most stands first, with the result that
keeps them whole, and what becomes of everybody where plan B is rescaled to cost the same."""
TEAM = """\
Print what a plan does to a team: what it costs, how pay is spread, the parts of the team that are paid nothing, stand
where more pays no more, miss the floor, reach the target or the ceiling, whether pay follows performance, and in how
many pairs somebody sells more and is paid a smaller multiple of their own incentive.

The team is the one that the plan describes, or its named reps; or with --reps people from files as they are exported:
a row a person, a row a person and measure, or a row a deal; targets and results may stand in two files. What such a
file leaves open is refused with the answers that a map file may give (--map). With named people also: who stands near
an edge and what that is worth, what moving deals over the end of a period is worth, cost at other means, and what each
is paid."""
YEAR = """\
Print what is earned, owed and paid in each payment of a year, and what one more unit is worth in each, by the rules of
the plan file's [year], [draw], [ramp], [proration], [holdback] and [recovery]; each period by itself where it has none.

Results are those of one person, written id=1,2,3 (a KPI not named stands at its target in each payment; cancelled=,
served=, unpaid= and received= are read where a rule asks for them), or with --results those of people: wide or long
with a period in each row, or deals with dates. What a file leaves open is refused with the answers that a map file may
give (--map).

--readings prints the same year under every other reading of the plan's rules, with the difference in money over all
people; --moving what booking a deal one payment later, or earlier, is worth at the end of each."""
BEHAVE = """\
Print what the effort model says that people do under the plan, in today's mean result and in target incentives, as a
band over three readings of the evidence; with --against also under another plan, on the same people. The plan that is
taken to bring today's mean is the one that [behaviour] names in calibrated_on, else the plan's cure, else the plan
itself. Rank, returns, quality, morale, people who leave, learning and prices are not in the model."""
SEARCH = """\
Look for floors, accelerators, ceilings and targets that sell more at the whole cost of today's plan: its pay, and what
leaves everybody as well off as today. Shapes are ranked by their worst case over three readings of the evidence and
people a tenth weaker or abler; those under which somebody gives up are dropped. It takes some seconds."""
SWEEP_PLANS = """\
Try every plan of a list with every value of some terms, and write a row for each point: what it is expected to cost,
and what it makes people do under three readings of the evidence. FILE is TOML: `plans = [...]`, and for each term
`[[vary]]` with `term = "deals.ceiling"` and `values = [...]`, or `from`, `to` and `steps`. A term is any of the plan,
its team or its behaviour, by its path in a link. A point whose terms do not hold says so in the column refused."""
EVIDENCE = """\
Print what the field has found about pay and effort, and beside each finding what the effort model gives for the same
set-up, under three readings of the evidence; its misses too. It is all worked out anew, which takes some seconds."""
NEW = """\
Print a plan file to start from, with a comment for every line; or write it to FILE, which must not be there yet."""
LINK = "Print the query that opens exactly this plan in the app: it stands behind the address of the app."
PRESETS = "List the presets, a line each: the name by which a command opens it, and what goes wrong in it."
SCHEMA = "Print the JSON Schema of the plan file, for editors that complete and check as you type."

EXAMPLES = {
    "pay": (
        "pay low-ceiling deals=300 csat=90",
        "pay plan.toml --results results.xlsx --out paid.csv --allow repeats",
        "pay plan.toml --results 'results/*.parquet' --out paid/",
    ),
    "zones": ("zones low-ceiling csat=90", 'zones "?preset=low-ceiling&deals.ceiling=1.7" --json'),
    "check": ("check unreachable-floor", "check plan.toml --fail-on alarm"),
    "compare": ("compare low-ceiling open-top", "compare plan.toml new.toml --reps results.csv"),
    "search": ("search low-ceiling", "search low-ceiling --json"),
    "sweep": ("sweep sweep.toml --out points.parquet", "sweep sweep.toml --out points.parquet --cluster local"),
    "evidence": ("evidence", "evidence --json"),
    "team": ("team leaderboard", "team plan.toml --reps targets.csv deals.csv --map team.map --json"),
    "year": ("year plan.toml sales=100000,60000,120000", "year plan.toml --results months.csv --readings --json"),
    "behave": ("behave low-ceiling", "behave low-ceiling --against open-top --json"),
    "new": ("new plan.toml", "new | python -m calc check -"),
    "link": ("link plan.toml",),
    "presets": ("presets --json",),
    "schema": ("schema > plan.schema.json",),
}
"""By command, how it is called."""


def examples(command: str) -> str:
    """The examples of a command as its help shows them."""
    return "\n  ".join(["examples:", *(f"python -m calc {words}" for words in EXAMPLES[command])])
