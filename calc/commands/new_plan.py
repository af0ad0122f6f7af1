"""A plan file to start from: a whole plan that can be paid at once, with a comment for every line."""

from pathlib import Path

from calc.plan.errors import Refused

TEMPLATE = """\
# A plan file. Every line says what it is; change the numbers, then:
#   python -m calc check plan.toml                  every way in which the plan stops paying
#   python -m calc pay plan.toml revenue=900,000    what one rep is paid
#   python -m calc zones plan.toml                  where one more sale earns nothing, or decides a sum
# A line that begins with # is left out. Money and results are plain numbers: 1_200_000 or 1200000.

title       = "Account executive"            # what the plan is called
description = "Half of the quota is needed; above quota each sale pays one and a half times as much."

[plan]
currency         = "USD"                     # the ISO code of the money
period           = "year"                    # week, fortnight, four-week, month, quarter, half-year, year
target_incentive = 60_000                    # paid at 100 % of everything (variable pay, target bonus)
base_pay         = 60_000                    # the pay that hangs on nothing (salary); may be left out
# floor          = 0.2                       # the plan pays at least this share of the target incentive (guarantee)
# ceiling        = 2.5                       # the whole plan pays at most this many target incentives (cap)
# ceiling_pay    = 150_000                   # or both as amounts of money: floor_pay, ceiling_pay

# What is measured and paid: one [[kpis]] for each measure. Their weights add up to 1; a measure that is alone has 1.
# A measure that is taken out goes with all that names its id: gates, modifiers, examples.

[[kpis]]
id     = "revenue"                           # a short name of letters, digits and _, for files and columns
name   = "New revenue"                       # the name on the screen
kind   = "outcome"                           # outcome, profit, quality or activity
unit   = "USD"                               # what its results are counted in
target = 1_200_000                           # the result that pays 100 % (quota, goal)
weight = 0.8                                 # its share of the target incentive; 0 where it is measured and not paid
# better = "lower"                           # where a lower result is better, as for costs or complaints

# How it is paid. A band: nothing below a floor, a straight line to target, an accelerator above.
[kpis.curve]
kind           = "band"
floor          = 0.5                         # below half of the target it pays nothing (threshold)
pays_at_floor  = 0.5                         # what it pays on reaching the floor: 0.5 is half of the incentive
accelerator    = 1.5                         # above target each per cent of target pays 1.5 per cent of the incentive
accelerator_of = "target_rate"               # or "rate_below_target": times what a unit just below target pays
accelerator_2  = 1.0                         # a second rate further out (decelerator, kicker)
accelerator_2_from = 1.5                     # from 150 % of target on
# ceiling      = 2.0                         # beyond this attainment it pays nothing more (cap)

[[kpis]]
id     = "margin"
name   = "Gross margin"
kind   = "profit"
unit   = "%"
target = 40
weight = 0.2
team_mean   = 1.0                            # where the team lands on it, where that differs from [team] below
team_spread = 0.06
# A payout table: straight lines between the points [attainment, payout]. A repeated attainment is a jump.
curve  = { kind = "points", points = [[0.8, 0.0], [1.0, 1.0], [1.2, 1.5]] }

# Other ways to pay a measure:
# curve = { kind = "steps", steps = [[0.8, 0.5], [1.0, 1.0]] }          a staircase by attainment
# curve = { kind = "tiers", tiers = [[0, 0.03], [500_000, 0.05]] }      a commission: money per unit; no weight
# curve = { kind = "tiers", apply = "retroactive", tiers = [[0, 0.03], [500_000, 0.05]] }   the rate reached pays on all

# Customers must be content, or the revenue pays half (gate, hurdle, qualifier).

[[kpis]]
id     = "satisfaction"
name   = "Customer satisfaction"
kind   = "quality"
unit   = "points"
target = 85
weight = 0
team_mean   = 1.0
team_spread = 0.05

[[gates]]
kpi      = "satisfaction"
at_least = 0.9                               # attainment; or at_least_result = 80, in its own unit (at_most_result)
closes   = ["revenue"]                       # ids, or "plan"
keeps    = 0.5                               # the share of the pay that is kept while the gate is closed
# limits_to = 1.0                            # instead of keeps: no more than 100 % while it is closed

# Another measure that multiplies pay (modifier, multiplier):
# [[modifiers]]
# kpi        = "satisfaction"
# multiplies = "plan"
# curve      = { kind = "points", of = "result", points = [[70, 0.8], [85, 1.0], [95, 1.1]], below = "hold" }

# Who lives under the plan. Without it a typical team is assumed where a cost is worked out.

[team]
size   = 12
mean   = 0.95                                # where they land on average, as a share of target
spread = 0.25                                # and how far apart: about two thirds are within 0.25 of it

# Worked examples, as a plan document has them. A measure that is left out stands at its target.

[[example]]
results = { revenue = 1_200_000, margin = 40, satisfaction = 85 }
pays    = 60_000

[[example]]
results = { revenue = 590_000 }              # just below the floor: the margin alone pays
pays    = 12_000

[[example]]
results = { revenue = 2_400_000, satisfaction = 90 }
pays    = 120_000                            # 48,000 x (1 + 1.5 x 0.5 + 1.0 x 0.5) + 12,000
"""
"""A plan of three measures, with the words of plan documents beside ours."""


def write_new_plan(place: Path) -> None:
    """Write the plan file to start from.

    Raises:
        Refused: something is there already, or it cannot be written.
    """
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise Refused(f"{place} must not be there yet (got a file or a folder)") from None
    except OSError as error:
        raise Refused(f"{place} must be a file that can be written (got: {error.strerror})") from None
