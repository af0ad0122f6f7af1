"""The words of plan documents, and the names that the same things have in a plan file.

Somebody who copies a plan document writes `quota`, `threshold` or `cap`; the refusal of such a field names ours.
"""

from collections.abc import Collection

PLAIN_WORDS = {
    **dict.fromkeys(["quota", "goal", "objective", "plan_number", "budget", "tgt"], "target"),
    **dict.fromkeys(["threshold", "hurdle_rate", "entry", "minimum", "min", "trigger", "starts_at"], "floor"),
    **dict.fromkeys(["cap", "max", "maximum", "limit", "ceiling_at", "capped_at", "excellence"], "ceiling"),
    **dict.fromkeys(["kicker", "decelerator", "uplift", "booster", "accelerators", "rate_above_target"], "accelerator"),
    **dict.fromkeys(["ti", "tti", "variable", "variable_pay", "bonus", "target_bonus"], "target_incentive"),
    **dict.fromkeys(["ote", "on_target_earnings", "ttc", "target_variable"], "target_incentive"),
    **dict.fromkeys(["salary", "base", "fixed", "fixed_pay", "base_salary"], "base_pay"),
    **dict.fromkeys(["weighting", "share", "split", "percent", "mix", "portion"], "weight"),
    **dict.fromkeys(["hurdle", "hurdles", "qualifier", "qualifiers", "gate", "knockout", "gateway"], "gates"),
    **dict.fromkeys(["modifier", "multiplier", "multipliers"], "modifiers"),
    **dict.fromkeys(["measure", "measures", "metric", "metrics", "component", "components", "kpi"], "kpis"),
    **dict.fromkeys(["rates", "rate", "commission", "commission_rates", "bands", "brackets", "tier"], "tiers"),
    **dict.fromkeys(["label", "title", "display_name"], "name"),
    **dict.fromkeys(["direction", "higher_is_better", "polarity"], "better"),
    **dict.fromkeys(["type", "mechanic", "shape"], "kind"),
    **dict.fromkeys(["frequency", "interval", "cycle"], "period"),
    **dict.fromkeys(["payout_curve", "payout_table", "schedule", "scale_table"], "curve"),
    **dict.fromkeys(["examples", "worked_example"], "example"),
}
"""By the word of a plan document, the name of the field."""
OF_CURVE = ("floor", "ceiling", "accelerator", "pays_at_floor", "tiers", "points", "steps")
"""Names that stand within the curve of a KPI."""


def field_meant(word: str, known: Collection[str]) -> str | None:
    """The field that a word of plan documents means, among those known at a place; None where it means none of them.

    >>> field_meant("quota", ["id", "target"]), field_meant("Cap", ["id", "curve"]), field_meant("colour", ["id"])
    ('target', 'curve.ceiling', None)
    """
    bare = word.strip().lower().replace("-", "_").replace(" ", "_")
    meant = PLAIN_WORDS.get(bare, bare)
    if meant in known:
        return meant
    return f"curve.{meant}" if meant in OF_CURVE and "curve" in known else None
