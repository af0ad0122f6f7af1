"""Weights as they are typed: each stays as it was typed, and what is then still to give is asked for.

While the typed weights leave room, the others fill it, and the plan follows. Where nobody is left to fill it, the plan
stays as it was until the rest is given to somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from calc.documents.planfile import Preset
from calc.edit.paid_kpis import set_typed_weights
from calc.edit.weighing import Shares, share_out
from calc.plan.errors import Refused
from calc.plan.plan import Plan
from ui.editor import fields
from ui.number_format import Formats, add_up
from ui.session import store

WEIGHTS_KEY = "edit_weights"
FINEST_SHOWN = 0.0001
"""Weights that were not typed are shown in multiples of this."""
MAX_TAKERS = 4
"""Measures that are offered what is left, at the most."""


@dataclass(frozen=True)
class Typing:
    """The weights that were typed, by id, and the weights that the plan had after it."""

    typed: Mapping[str, float]
    over: Mapping[str, float | None]


def weights_of(plan: Plan) -> dict[str, float | None]:
    """The weights of a plan by id."""
    return {kpi.id: kpi.weight for kpi in plan.kpis}


def typed_weights(plan: Plan) -> dict[str, float]:
    """The weights that were typed, as long as nothing else has changed any weight."""
    held: Typing | None = st.session_state.get(WEIGHTS_KEY)
    return dict(held.typed) if held is not None and held.over == weights_of(plan) else {}


def shown_weights(plan: Plan) -> Shares:
    """The weights on the screen, and what of the whole is still to be given.

    Those that were not typed are rounded to a hundredth of a per cent, together, so that all add up as they are shown.
    """
    given = typed_weights(plan)
    own = {kpi.id: kpi.weight for kpi in plan.kpis if kpi.weight is not None}
    shares = share_out(plan, given) if given else Shares(own, 0.0)
    others = {name: weight for name, weight in shares.weights.items() if name not in given}
    rounded = add_up(list(others.values()), FINEST_SHOWN)
    return Shares({**shares.weights, **dict(zip(others, rounded, strict=True))}, shares.left)


def type_weight(name: str, preset: Preset, weight: float | None) -> Preset:
    """The document after a weight was typed; as it was while the weights do not add up.

    Raises:
        Refused: no plan could have it.
    """
    weight = weight or 0.0
    if not 0 <= weight <= 1:
        raise Refused(f"{name}.weight must lie in [0, 100] % (got {100 * weight:g} %): its share of the target pay")
    given = typed_weights(preset.plan) | {name: weight}
    new, _ = set_typed_weights(preset, given)
    st.session_state[WEIGHTS_KEY] = Typing(given, weights_of(new.plan))
    return new


def rest_in_words(shares: Shares, formats: Formats) -> str:
    """How much is still to give.

    >>> rest_in_words(Shares({"a": 0.9}, 0.1), Formats())
    '10% of the target pay is still to give.'
    """
    part = f"{formats.number(round(100 * abs(shares.left), 2))}%"
    if shares.left > 0:
        return f"{part} of the target pay is still to give."
    return f"The weights are {part} more than the whole."


def who_may_take(plan: Plan, shares: Shares) -> list[str]:
    """The measures that what is left may go to, or that may give what is too much; in the order of the plan."""
    able = [kpi.id for kpi in plan.kpis if not kpi.in_money and (kpi.curve is not None or plan.combine == "score")]
    room = [name for name in able if shares.left > 0 or shares.weights.get(name, 0.0) + shares.left >= 0]
    return room[:MAX_TAKERS]


def give_rest(name: str) -> None:
    """Gives what is left to a measure, or takes from it what is too much."""
    shares = shown_weights(st.session_state.desk.plan)
    weight = round(shares.weights.get(name, 0.0) + shares.left, 9)
    fields.do_change(f"{name}.weight", lambda preset: type_weight(name, preset, weight))


def carry_weights(given: Mapping[str, float]) -> None:
    """Goes on with weights that were typed, after a measure has come or gone."""
    plan = st.session_state.desk.plan
    kept = {name: weight for name, weight in given.items() if name in plan.ids}
    st.session_state[WEIGHTS_KEY] = Typing(kept, weights_of(plan)) if kept else None


def forget_weights() -> None:
    """Puts back the weights that the plan has."""
    st.session_state[WEIGHTS_KEY] = None
    store.note_change()
