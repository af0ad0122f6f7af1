"""Quotas on the page: what is known of each territory, the methods side by side, and equal chances in one press."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from calc.plan.errors import Refused
from calc.plan.kpi import Kpi
from ui.model.person_name import clip_person
from ui.model.quotas import MAX_COSTED, ROUNDINGS, QuotaRow, QuotaTable, quota_rows, usual_rounding
from ui.model.team import TeamView
from ui.number_format import Formats, clip_name
from ui.session import people as held
from ui.session import store
from ui.team import door
from ui.text.html_table import html_table
from ui.text.words import plain_markdown

QUOTAS_KEY = "drawer-people-quotas"
FAR_FROM_FORECASTS = 0.1
"""From this part of what is given out on, it is told that forecasts add up to something else."""
MOST_IN_TABLE = 200
"""People whose quotas are shown one by one."""
FORECAST_HINT = (
    "A forecast is what somebody of usual skill would bring there: 110, or 90 to 130 within which nine in ten results "
    "lie. Until you type one, it lies around the last result, as wide as the team scatters."
)


def quotas_drawer(view: TeamView, formats: Formats) -> None:
    """Quotas for the people at hand."""
    kpis = [kpi for kpi in view.plan.kpis if kpi.better == "higher" and kpi.id in view.plan.deciding and kpi.target > 0]
    if not kpis or not view.named or len(view.people) < 2:
        return
    label = "Quotas: every method side by side, and the same chance for all"
    with st.expander(label, key=QUOTAS_KEY, on_change="rerun", type="compact") as drawer:
        if drawer.open:
            _quotas(view, kpis, formats)


def _quotas(view: TeamView, kpis: Sequence[Kpi], formats: Formats) -> None:
    kpi = kpis[0]
    if len(kpis) > 1:
        names = {one.id: clip_name(one.label, 40) for one in kpis}
        chosen = st.selectbox("Of which measure", list(names), format_func=names.__getitem__, key="people-quota-kpi")
        kpi = next(one for one in kpis if one.id == chosen)
    rows = quota_rows(view, kpi)
    named = f"{held.people_desk().stamp}-{kpi.id}"
    with st.grid(3, min_column_width=160, gap="small"):
        unit = f" [{kpi.unit}]" if kpi.unit else ""
        goal = st.number_input(
            plain_markdown(f"What the company needs{unit}"),
            0.0,
            1e15,
            sum(row.target for row in rows),
            step=float(usual_rounding(rows)),
            format="%.6g" if usual_rounding(rows) < 1_000 else "%.0f",
            key=f"people-goal-{named}",
        )
        over = st.slider("Given out beyond that", 0.0, 1.0, 0.0, 0.01, "percent", key=f"people-over-{named}")
        rounding = st.select_slider("Rounded to", ROUNDINGS, usual_rounding(rows), key=f"people-round-{named}")
    typed = _typed_rows(rows, kpi, f"people-territories-{named}")
    table = QuotaTable(view, kpi, typed, goal, over, rounding)
    try:
        _ = table.methods
    except Refused as refused:
        for sentence in refused.sentences[:10]:
            st.markdown(f":red[{plain_markdown(sentence)}]")
        return
    _methods(table, formats)
    _judged(table, formats)
    _press(table, formats)


def _typed_rows(rows: Sequence[QuotaRow], kpi: Kpi, key: str) -> list[QuotaRow]:
    """What is known of each territory, as somebody has typed it."""
    before = [row.before for row in rows]
    frame: dict[str, list[Any]] = {
        "Territory": [clip_person(row.name, 40) for row in rows],
        "Last result": [row.now for row in rows],
        "Year before": before,
        "Potential": [None] * len(rows),
        "Forecast": [row.forecast for row in rows],
    }
    number = st.column_config.NumberColumn
    columns = {name: number(name) for name in ("Last result", "Year before", "Potential")}
    st.caption(FORECAST_HINT)
    edited = st.data_editor(
        frame,
        key=key,
        num_rows="fixed",
        disabled=["Territory"],
        hide_index=True,
        column_config=columns,
        placeholder="–",
        width="stretch",
    )
    told = _columns_of(edited)
    return [
        replace(
            row,
            now=_number(told["Last result"][n], row.now) or 0.0,
            before=_number(told["Year before"][n], None),
            potential=_number(told["Potential"][n], None),
            forecast=str(told["Forecast"][n] or ""),
        )
        for n, row in enumerate(rows)
    ]


def _columns_of(edited: Any) -> Mapping[str, list[Any]]:
    return {name: list(edited[name]) for name in ("Last result", "Year before", "Potential", "Forecast")}


def _number(said: Any, otherwise: float | None) -> float | None:
    """A number that was typed; what was there where a cell is empty."""
    try:
        value = float(said)
    except (TypeError, ValueError):
        return otherwise
    return value if abs(value) <= 1e15 else otherwise


def _methods(table: QuotaTable, formats: Formats) -> None:
    """The table: a row a territory, a column a method; below it sums, chances, last year's error and the cost."""
    kpi, methods = table.kpi, table.methods
    heads = ["", *(one.name for one in methods)]
    rows = []
    for n, row in enumerate(table.rows[:MOST_IN_TABLE]):
        cells = [
            f"{formats.number(float(one.quotas[n]))} ({formats.share(round(float(one.chances[n]), 3))})"
            for one in methods
        ]
        rows.append([clip_person(row.name, 40), *cells])
    foot = [
        ["Together", *(formats.number(round(float(one.quotas.sum()), 2)) for one in methods)],
        ["Chances", *(_chances(one.chances.min(), one.chances.max(), formats) for one in methods)],
        ["Error last year", *("–" if one.error is None else formats.share(one.error) for one in methods)],
        ["Expected cost", *("–" if one.cost is None else formats.money_rounded(one.cost) for one in methods)],
    ]
    unit = f" [{kpi.unit}]" if kpi.unit else ""
    told = html.escape(f"Each quota{unit}, and in brackets the chance to reach it. {_reach(table, formats)}")
    st.html(f'<p class="small">{told}</p>')
    st.html(f'<div class="tall">{html_table(heads, rows, "rows named", foot)}</div>')
    if len(table.rows) > MAX_COSTED:
        st.caption(f"What each method costs is worked out for up to {MAX_COSTED} people.")


def _reach(table: QuotaTable, formats: Formats) -> str:
    """What the forecasts add up to, where that is far from what is given out."""
    expected = sum(one.mean for one in table.forecasts)
    if abs(expected / table.given_out - 1) < FAR_FROM_FORECASTS if table.given_out else True:
        return ""
    sums = [formats.amount(table.kpi, float(f"{one:.4g}")) for one in (expected, table.given_out)]
    return f"The forecasts add up to {sums[0]}, and {sums[1]} are given out: no method brings these together."


def _chances(low: float, high: float, formats: Formats) -> str:
    least, most = formats.share(round(float(low), 3)), formats.share(round(float(high), 3))
    return least if least == most else f"{least} to {most}"


def _judged(table: QuotaTable, formats: Formats) -> None:
    """Where the plan must be judged, where more is given out than the company needs."""
    if not table.over:
        return
    says = (
        f"With {formats.share(table.over)} more given out than is needed, the company reaches its goal with a mean "
        f"attainment of {formats.share(round(table.judged_at, 4))}. Judge the plan at that mean."
    )
    st.html(f'<p class="small">{html.escape(says)}</p>')
    if table.view.preset.team is not None:
        st.button("Judge the plan there", key="people-judge", on_click=_judge_there, args=(table.judged_at,))


def _judge_there(mean: float) -> None:
    store.change_term("team.mean", round(mean, 4))
    door.changed()


def _press(table: QuotaTable, formats: Formats) -> None:
    """One press: the quotas of equal chances become the people's own."""
    if table.view.periods > 1:
        st.caption("People with several periods keep the quotas of their files; the table is for all periods together.")
        return
    chance = _chances(table.equal.chances.min(), table.equal.chances.max(), formats)
    with st.container(horizontal=True, gap="xsmall"):
        names = table.view.people.names
        quotas = tuple(zip(names, map(float, table.equal.quotas), strict=True))
        st.button(
            f"Give everybody the same chance: {chance}",
            key="people-equal",
            type="primary",
            on_click=_give_equal,
            args=(table.kpi.id, quotas),
        )
        if held.people_desk().quotas:
            st.button("Back to the quotas of the files", key="people-quotas-back", on_click=_give_back)


def _give_equal(kpi: str, quotas: tuple[tuple[str, float], ...]) -> None:
    """People of files have their quotas in the session; those of a plan file in the plan, which Undo brings back."""
    desk = st.session_state.desk
    if held.people_desk().brought is not None:
        held.change_people(quotas={**held.people_desk().quotas, kpi: dict(quotas)})
        door.changed()
        return
    told = dict(quotas)
    preset = desk.view.preset
    reps = tuple(
        rep.changed(targets={**rep.targets, kpi: told[rep.name]}) if rep.name in told else rep for rep in preset.reps
    )
    store.take_preset(preset.changed(reps=reps), "quotas")


def _give_back() -> None:
    held.change_people(quotas={})
    door.changed()
