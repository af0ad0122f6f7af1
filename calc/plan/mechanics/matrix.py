"""Matrix: a two-way grid that pays by two KPIs at once.

Rows are this KPI, columns the KPI named in `with`; `between = "linear"` interpolates both ways, `"step"` pays the cell
reached. Below the first row or column nothing is paid (the field's double threshold), beyond the last one the edge
holds (the double cap). Source: Cichelli, "Hurdles, modifiers, matrices" (Alexander Group, HR Daily Advisor); ARI
Network Services' 2011 bonus grid (SEC filing).

Along one KPI, with the other standing still, the grid is an exact curve. Not modelled: grids of three KPIs.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import FailFast, model_validator

from calc.piecewise.curve import Curve
from calc.piecewise.segments import neat_number
from calc.piecewise.vectorized import Floats
from calc.plan.curves.corners import AxisReading, Corners, Setting
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.curves.tables import AxisFlips, AxisSpans, GridTerms
from calc.plan.errors import Refused
from calc.plan.terms import SLACK, FiniteNumber, Of, Pays, term

ACROSS = (0.0, 0.8, 1.0, 1.2)
"""Attainments of the other KPI that a grid begins with."""
GridAxis = Annotated[tuple[FiniteNumber, ...], FailFast()]


class Matrix(GridTerms):
    """A two-way grid of payouts.

    >>> grid = Matrix(with_="margin", rows=(0.8, 1.2), columns=(0.9, 1.1), payouts=((0, 1), (1, 2)))
    >>> round(grid.row_curve(1.0)(1.0), 9)
    1.0
    """

    TITLE: ClassVar[str] = "Grid"
    ABOUT: ClassVar[str] = "Pays by two measures at once: this one down, the other across."
    IN_WORDS: ClassVar[str] = "a grid"
    IN_SHEET: ClassVar[str] = "by a grid"

    kind: Literal["matrix"] = "matrix"
    with_: str = term(alias="with", pattern="^[a-z][a-z0-9_]*$", help="the id of the KPI that the columns are of")
    rows: GridAxis = term(min_length=1, max_length=50, help="the breakpoints of this KPI, worse to better")
    columns: GridAxis = term(min_length=1, max_length=50, help="those of the other KPI, worse to better")
    payouts: Annotated[tuple[GridAxis, ...], FailFast()] = term(
        max_length=50, help="a row of payouts for each of `rows`"
    )
    between: Literal["linear", "step"] = term("linear", help="straight lines between the cells, or the cell reached")
    pays: Pays = term("share", help="whether payouts are shares of the KPI's target incentive, or amounts of money")
    of: Of = term("attainment", help="whether rows and columns are of attainment or of results in the KPIs' units")

    @model_validator(mode="after")
    def _check_shape(self) -> Self:
        for name, axis in (("rows", self.rows), ("columns", self.columns)):
            up = all(a < b for a, b in zip(axis, axis[1:], strict=False))
            down = self.of == "result" and all(a > b for a, b in zip(axis, axis[1:], strict=False))
            if not up and not down:
                raise ValueError(f"{name} must be in order, each once (got {', '.join(f'{x:g}' for x in axis[:12])})")
        widths = {len(row) for row in self.payouts}
        if len(self.payouts) != len(self.rows) or widths != {len(self.columns)}:
            raise ValueError(
                f"payouts must have {len(self.rows)} rows of {len(self.columns)} (got {len(self.payouts)} rows of "
                f"{' and '.join(map(str, sorted(widths))) or 'nothing'})"
            )
        return self

    def row_curve(self, column: float, spans: AxisSpans = (1.0, 1.0), mirrored: AxisFlips = (False, False)) -> Curve:
        """Payout along this KPI, the other standing at `column`.

        Args:
            column: where the other KPI stands [attainment, or its unit].
            spans: what is one whole attainment of this KPI, and of the other, in the grid's units.
            mirrored: whether rows and columns are of results that are better when lower.
        """
        grid = self._ascending_axes(mirrored)
        at = -column if mirrored[1] else column
        return self._slice_curve(
            grid[0], _blend_lines(grid[1], grid[2].T, at, self.between, spans[1]), spans[0], mirrored[0]
        )

    def column_curve(self, row: float, spans: AxisSpans = (1.0, 1.0), mirrored: AxisFlips = (False, False)) -> Curve:
        """Payout along the other KPI, this one standing at `row`."""
        grid = self._ascending_axes(mirrored)
        at = -row if mirrored[0] else row
        return self._slice_curve(
            grid[1], _blend_lines(grid[0], grid[2], at, self.between, spans[0]), spans[1], mirrored[1]
        )

    def on(
        self, rows: Floats, columns: Floats, spans: AxisSpans = (1.0, 1.0), mirrored: AxisFlips = (False, False)
    ) -> Floats:
        """Payouts at pairs of points.

        Args:
            rows: this KPI, shape (n,).
            columns: the other KPI, shape (n,).

        Returns:
            Shape (n,).
        """
        row_axis, column_axis, payouts = self._ascending_axes(mirrored)
        i, u, low = _find_cells(row_axis, -rows if mirrored[0] else rows, self.between, spans[0])
        j, v, left = _find_cells(column_axis, -columns if mirrored[1] else columns, self.between, spans[1])
        i1, j1 = np.minimum(i + 1, len(row_axis) - 1), np.minimum(j + 1, len(column_axis) - 1)
        near = payouts[i, j] * (1 - v) + payouts[i, j1] * v
        far = payouts[i1, j] * (1 - v) + payouts[i1, j1] * v
        return np.where(low | left, 0.0, near * (1 - u) + far * u)

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """A grid whose rows pay what points pay, alike in every column.

        Raises:
            Refused: there is no other KPI.
        """
        if setting.second is None:
            raise Refused(
                f"{setting.kpi}.curve.with must name another measure (got none): a grid pays by two, so add one first"
            )
        given = setting.by_attainment(given)
        curve, xs = given.curve(), sorted({x for x, _ in given.points})
        if len(xs) == 1 or (given.above == "extend" and xs[-1] < 2.0):
            xs.append(max(xs[-1] + 1.0, 2.0))
        payouts = tuple((neat_number(curve(x)),) * len(ACROSS) for x in xs)
        between = "step" if given.stepped else "linear"
        money = {"pays": given.pays} if given.pays != "share" else {}
        return cls(with_=setting.second, rows=tuple(xs), columns=ACROSS, payouts=payouts, between=between, **money)

    def smoothed(self, fallback: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """Read in proportion between its cells."""
        return self.changed(between="linear") if self.between == "step" else None

    def smooth_label(self) -> tuple[str, Mapping[str, float]]:
        """What a cure says that reads a grid in proportion."""
        return "Pay in proportion between the cells of the grid", {}

    def _ascending_axes(self, mirrored: AxisFlips) -> tuple[Floats, Floats, Floats]:
        """Axes and payouts with both axes ascending from worse to better."""
        rows, columns = (
            np.array(axis) * (-1.0 if flip else 1.0)
            for axis, flip in zip((self.rows, self.columns), mirrored, strict=True)
        )
        up, along = np.argsort(rows), np.argsort(columns)
        return rows[up], columns[along], np.array(self.payouts)[up][:, along]

    def _slice_curve(self, axis: Floats, payouts: Floats, scale: float, mirrored: bool) -> Curve:
        if self.between == "linear":
            curve = Curve.through(zip(axis, payouts, strict=True), below="zero", slack=SLACK * scale)
        else:
            starts = (axis[0] - 1.0, *axis)
            slack = (0.0, *[SLACK * scale] * len(axis))
            curve = Curve(starts, (0.0, *payouts), (0.0,) * len(starts), slack)
        return curve.of_line(-1.0 if mirrored else 1.0)


def _find_cells(axis: Floats, x: Floats, between: str, span: float) -> tuple[np.ndarray, Floats, np.ndarray]:
    """The cell that x lies in, how far into it [0, 1], and whether x lies short of the first."""
    reach = x + SLACK * span
    i = np.clip(np.searchsorted(axis, reach, side="right") - 1, 0, len(axis) - 1)
    if between == "step" or len(axis) == 1:
        return i, np.zeros(x.shape), reach < axis[0]
    i = np.minimum(i, len(axis) - 2)
    return i, np.clip((x - axis[i]) / (axis[i + 1] - axis[i]), 0.0, 1.0), reach < axis[0]


def _blend_lines(axis: Floats, lines: Floats, at: float, between: str, span: float) -> Floats:
    """The line of payouts across the grid at one point of an axis."""
    i, share, short = _find_cells(axis, np.array([at]), between, span)
    after = min(int(i[0]) + 1, len(axis) - 1)
    blended: Floats = lines[int(i[0])] * (1 - share[0]) + lines[after] * share[0]
    return blended * (0.0 if short[0] else 1.0)
