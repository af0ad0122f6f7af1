"""What the field has found about pay and effort, beside what the model gives for the same set-up.

Every figure of the model is worked out (`set_ups`), under its three readings of the evidence; none is written down. A
miss stays in the table. Published figures are those of the pages that are named, most of them read in their abstracts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from calc.behaviour.set_ups import (
    bonus_into_commission,
    bunching_at_a_line,
    ceiling_taken_away,
    effort_under_harder_targets,
    elasticity_of_output,
    first_quarter_of_a_rising_target,
    incentive_against_none,
    orders_where_calls_pay,
    sales_at_the_close,
    silent,
    small_bonus_on_a_wage,
    steps_against_their_cure,
    waste_of_one_plan_for_all,
    year_into_quarters,
)


@dataclass(frozen=True)
class EvidenceFact:
    """One finding.

    Args:
        name: what it is about.
        published: what was found, and by whom.
        source: where it was read.
        model: what the model gives, worked out when it is asked for.
        verdict: whether the two agree.
    """

    name: str
    published: str
    source: str
    model: Callable[[], str]
    verdict: str


EVIDENCE_HEADS = ("Fact", "Published", "The model", "Verdict", "Source")


@cache
def evidence_rows() -> tuple[tuple[str, ...], ...]:
    """The whole table, a row for each fact: name, published, the model, verdict, source."""
    return tuple((fact.name, fact.published, fact.model(), fact.verdict, fact.source) for fact in FACTS)


FACTS = (
    EvidenceFact(
        "an incentive against none",
        "piece rate against a fixed wage +20 %, structural at least +21.7 % (Shearer 2004); hourly pay to piece rate "
        "+44 % a worker, sorting included (Lazear 2000)",
        "ideas.repec.org/a/oup/restud/v71y2004i2p513-534.html; aeaweb.org/articles?id=10.1257/aer.90.5.1346",
        incentive_against_none,
        "by construction; Shearer's is the clean figure, so the cautious reading is the better centre",
    ),
    EvidenceFact(
        "how output answers to the rate",
        "elasticity 0.39 in the field (Paarsch and Shearer 2009); 0.41 to 1.51 and a structural elasticity of "
        "effort of 2.1 to 2.2 in other work",
        "econbiz.de/Record/10005023245; ideas.repec.org/p/cir/cirwor/97s-31.html",
        elasticity_of_output,
        "by construction",
    ),
    EvidenceFact(
        "a small bonus at target on top of a wage",
        "a team bonus that costs 2.2 % of wages: sales +3 % (Friebel et al. 2017, 193 shops, randomised)",
        "aeaweb.org/articles?id=10.1257/aer.20160788",
        small_bonus_on_a_wage,
        "the right size",
    ),
    EvidenceFact(
        "a target that rises when it is hit",
        "a piece rate that would be revised after seeing output: productivity 20 to 40 % lower (Bellemare and Shearer, "
        "field); held back in the laboratory too, only where people are judged one by one (Cardella and Depew 2018)",
        "iza.org/publications/dp/8214; scholars.ttu.edu",
        first_quarter_of_a_rising_target,
        "sign and order",
    ),
    EvidenceFact(
        "ceiling, quota and ratchet taken away",
        "a firm's plan for 87 reps: +9 % revenue (Misra and Nair 2011)",
        "link.springer.com/article/10.1007/s11129-011-9096-1",
        ceiling_taken_away,
        "sign only: the size is the share of sales that comes without an incentive",
    ),
    EvidenceFact(
        "a bonus turned into the equal commission",
        "458 territories: sales clearly up, most among the weak; fewer timing games, more neglect of unpaid tasks "
        "(Kishore et al. 2013)",
        "experts.umn.edu/en/publications/bonuses-versus-commissions-a-field-study",
        bonus_into_commission,
        "wrong sign for a team of like people, right where people differ widely",
    ),
    EvidenceFact(
        "steeper, more jagged pay",
        "an insurer: productivity gain far above the gaming, bunching, some cancelled contracts (Freeman, Huang and "
        "Li); car dealers: more sales at lower margins close to the next step (Owan et al. 2015)",
        "ssrn.com/abstract=3328374; econpapers.repec.org/article/emeebhrmp/v_3a3_3ay_3a2015_3ai_3a3_3ap_3a222-243.htm",
        steps_against_their_cure,
        "agrees; prices, cancellations and people who leave are not in the model",
    ),
    EvidenceFact(
        "pay for calls",
        "modest pay on activity, 305 territories: sales +6 to +9 % (Rao et al. 2021)",
        "experts.azregents.edu",
        orders_where_calls_pay,
        "a miss: here calls bring no orders",
    ),
    EvidenceFact(
        "bunching at an accelerator",
        "seen; a bend or a bonus in reach lifts sales that day (Kuhn and Yu 2025)",
        "ideas.repec.org/a/inm/ormnsc/v71y2025i6p4622-4642.html",
        bunching_at_a_line,
        "half a miss: at a bend the model sees none (goals have a worth of their own)",
    ),
    EvidenceFact(
        "harder targets",
        "effort rises, then falls with difficulty, more than money alone explains (Alekseev 2021)",
        "econstor.eu/handle/10419/287036",
        effort_under_harder_targets,
        "half: the same for a jump, nothing for a line",
    ),
    EvidenceFact(
        "shorter quota periods",
        "the weak up (no giving up late), the strong down and towards cheap goods (Chung, Narayandas and Chang 2021)",
        "hbs.edu/faculty/Pages/item.aspx?num=57507",
        year_into_quarters,
        "the weak yes, the strong no",
    ),
    EvidenceFact(
        "the end of the year",
        "sales higher in the last, lower in the first fiscal quarter (Oyer 1998); lump sums mainly raise effort "
        "(Steenburgh 2008)",
        "faculty-gsb.stanford.edu/oyer/wp/fye.htm; springerprofessional.de/link?doi=10.1007/s11129-008-9039-7",
        sales_at_the_close,
        "only where there is a reason",
    ),
    EvidenceFact(
        "one plan for all",
        "costs much; choosing who is on it wins most of it back (Daljord, Misra and Nair 2016)",
        "ssrn.com/abstract=2399268",
        waste_of_one_plan_for_all,
        "agrees in sign",
    ),
    EvidenceFact(
        "accelerators and the dates of deals",
        "mispricing costs 6 to 8 % of revenue (Larkin 2014)",
        "hbs.edu/faculty/Pages/item.aspx?num=44268",
        silent("enters as the loss on a deal that is pulled in"),
        "an input",
    ),
    EvidenceFact(
        "pay by rank",
        "piece rate +50 % over relative pay (Bandiera et al. 2005)",
        "pdfslide.net, CEPR DP 4431",
        silent("not modelled"),
        "out of its reach",
    ),
    EvidenceFact(
        "why a search must not be trusted on jumps",
        "a jump can be best under limited liability (Oyer 2000) or loss aversion (Herweg et al. 2010)",
        "faculty-gsb.stanford.edu/oyer/wp/quota.htm; aeaweb.org/articles.php?doi=10.1257/aer.100.5.2451",
        silent("nothing: neither is in the model, so that jumps are searched only where they are asked for"),
        "a limit",
    ),
)
