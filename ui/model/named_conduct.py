"""Named people as the effort model takes them: each with the own mean result, target and target incentive."""

from collections import defaultdict

import numpy as np

from calc.behaviour.axis import Axis
from calc.behaviour.named_reps import NamedRep
from ui.model.team import TeamView


def named_reps_of(view: TeamView, axis: Axis) -> list[NamedRep]:
    """The people of a view, by the names that the screen has for them; periods of one person as their mean.

    Where all measures move together, a mean is the attainment of all of them as a result of the axis's own.
    """
    team, k = view.rows.team, view.plan.ids.index(axis.kpi.id)
    rows = defaultdict[str, list[int]](list)
    for row, name in enumerate(team.names):
        rows[name].append(row)
    results = axis.kpi.target * view.rows.overall if axis.together else team.results[:, k]
    targets = np.full(len(team), axis.kpi.target) if axis.together else team.targets[:, k]
    found = []
    for shown, name in zip(view.names, view.people.names, strict=True):
        own = rows[name]
        parts = (results[own], targets[own], team.incentives[own])
        mean, target, incentive = (float(np.mean(part)) for part in parts)
        if np.isfinite(mean) and target > 0.0 and incentive > 0.0:
            found.append(NamedRep(shown, mean, round(target, 9), incentive))
    return found
