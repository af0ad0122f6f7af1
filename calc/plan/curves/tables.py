"""Mechanics that are a table: rows by one KPI, or a grid of two.

A table says what its columns hold (a place on the axis, a payout, a rate, an amount of money), so that whoever shows or
edits it needs to know no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.curves.corners import AxisReading, Corners
from calc.plan.curves.curve_terms import CurveTerms
from calc.plan.terms import Better, Of, Pays

AxisSpans = tuple[float, float]
AxisFlips = tuple[bool, bool]


@dataclass(frozen=True)
class RowColumn:
    """A column of a table: its head, and what a number in it is."""

    head: str
    holds: Literal["place", "payout", "rate", "money"]


class TableTerms(CurveTerms):
    """A mechanic whose terms are rows by one KPI, each led by its place on the axis."""

    TABLE: ClassVar[str] = ""
    """The term that holds the rows; the kind's own word if left out."""
    COLUMNS: ClassVar[tuple[RowColumn, ...]] = (RowColumn("At", "place"), RowColumn("Pays", "payout"))
    TAIL: ClassVar[str] = ""
    """The choice that is told behind the rows, where a few words stand for all of it."""

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        """The rows stand under the kind's own word, unless it says another."""
        super().__pydantic_init_subclass__(**more)
        cls.TABLE = cls.TABLE or str(cls.model_fields["kind"].default)

    @property
    def rows(self) -> tuple[tuple[float, ...], ...]:
        """The rows, with a number for every column."""
        found: tuple[tuple[float, ...], ...] = getattr(self, self.TABLE)
        return found

    @property
    def columns(self) -> tuple[RowColumn, ...]:
        """The columns that can be filled."""
        return self.COLUMNS

    def with_rows(self, rows: Sequence[Sequence[float]]) -> Self:
        """The same with other rows, put in order where they are not.

        Rows of the same place stay in the order in which they are given: they are the two sides of a jump.

        Raises:
            Refused: they do not hold.
        """
        down = self.rows[0][0] > self.rows[-1][0]
        return self.changed(**{self.TABLE: tuple(sorted(map(tuple, rows), key=lambda row: row[0], reverse=down))})

    @property
    def named_places(self) -> tuple[float, ...]:
        """The places of the rows."""
        return tuple(row[0] for row in self.rows)

    @property
    def break_count(self) -> int:
        """A row is a place where it can bend or jump."""
        return len(self.rows)

    def told_in(self, of: Of, turn: Callable[[float], float]) -> Self:
        """The same rows told in attainment, worse to better, or in results."""
        if ("result" if self.of_result else "attainment") == of:
            return self
        table: tuple[tuple[float, ...], ...] = getattr(self, self.TABLE)
        rows = tuple((turn(place), *others) for place, *others in table)
        if of == "attainment" and rows[0][0] > rows[-1][0]:
            rows = rows[::-1]
        return self.changed(of=of, **{self.TABLE: rows})


class GridTerms(CurveTerms):
    """A mechanic that reads a second KPI: rows are its own places, columns the other's, and each cell pays."""

    with_: str
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    payouts: tuple[tuple[float, ...], ...]
    between: Literal["linear", "step"]
    pays: Pays
    of: Of

    @property
    def second(self) -> str:
        """The id of the KPI that the columns are of."""
        return self.with_

    @property
    def between_note(self) -> str:
        """How what lies between the cells is paid, within a sentence."""
        if self.between == "step":
            return "the line and the column that you have reached count"
        return "between two lines, and between two columns, the pay is read off in proportion"

    def check(self, better: Better, scale: float) -> None:
        """Refuse rows of results that descend though higher is better.

        Raises:
            ValueError: they do.
        """
        if better == "higher" and self.rows[0] > self.rows[-1]:
            raise ValueError("curve.rows must ascend where higher is better (got them descending)")

    def pays_at(self, result: float, better: Better, scale: float) -> bool:
        """Whether any cell of a row pays."""
        rows = dict(zip(self.rows, self.payouts, strict=True))
        return any(y > 0 for y in rows.get(result, ()))

    @property
    def named_places(self) -> tuple[float, ...]:
        """The places of the rows."""
        return self.rows

    @property
    def break_count(self) -> int:
        """A row or a column is a place where it can bend or jump."""
        return len(self.rows) + len(self.columns)

    def times(self, factor: float) -> Self:
        """The same grid with every payout multiplied."""
        return self.changed(payouts=tuple(tuple(y * factor for y in row) for row in self.payouts))

    def row_curve(self, column: float, spans: AxisSpans = (1.0, 1.0), mirrored: AxisFlips = (False, False)) -> Curve:
        """Payout along this KPI, the other standing at `column`.

        Args:
            column: where the other KPI stands [attainment, or its unit].
            spans: what is one whole attainment of this KPI, and of the other, in the grid's units.
            mirrored: whether rows and columns are of results that are better when lower.
        """
        raise NotImplementedError(f"{type(self).__name__} must have row_curve()")

    def column_curve(self, row: float, spans: AxisSpans = (1.0, 1.0), mirrored: AxisFlips = (False, False)) -> Curve:
        """Payout along the other KPI, this one standing at `row`."""
        raise NotImplementedError(f"{type(self).__name__} must have column_curve()")

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
        raise NotImplementedError(f"{type(self).__name__} must have on()")

    def starting(self, attainment: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """A grid is not widened."""
        return None

    def smoothed(self, fallback: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """A grid is not redrawn."""
        return None

    def lifted(self, reached: float | None, payout: float, reading: AxisReading) -> CurveTerms | Corners | None:
        """A grid is not widened."""
        return None

    def open_ended(self, reading: AxisReading) -> CurveTerms | Corners | None:
        """A grid is not widened."""
        return None
