"""What every mechanic answers for itself: its words, its curve, its corners, how it is reshaped, what can be slid.

`CurveTerms` is the base of all mechanics. Its answers follow from the terms and the curve alone, so that a new mechanic
is complete with those two; one that knows better gives an answer of its own. Nobody outside asks of which kind a
mechanic is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

from calc.piecewise.curve import Curve
from calc.piecewise.vectorized import Floats
from calc.plan.curves.corners import AxisReading, Corners, Setting, corners_of
from calc.plan.terms import Better, Of, Terms, is_choice, is_number, unit_of

SETTLED = ("kind", "of", "pays", "reached")
"""Terms that the editor alone changes: no slider moves them."""


class CurveTerms(Terms):
    """The terms of a mechanic, and what follows from them and their curve."""

    TITLE: ClassVar[str] = ""
    """What the kind is called on the screen; its word in the plan file if left out."""
    ABOUT: ClassVar[str] = ""
    """One line on what it does; the first line of its docstring if left out."""
    IN_WORDS: ClassVar[str] = ""
    """What it is within a sentence: a line, steps."""
    IN_SHEET: ClassVar[str] = ""
    """What a cell of the sheet says in the place of a line's terms: by steps."""
    BY_UNIT: ClassVar[bool] = False
    """Whether it pays money for each unit: a commission, which has no weight."""
    TOGETHER: ClassVar[tuple[str, ...]] = ()
    """Terms that come and go together, in the editor; they can be slid while they are there."""
    IMPLIED: ClassVar[tuple[str, ...]] = ()
    """Terms that stand for another one where they are left out (`meant`)."""
    SLIDES: ClassVar[tuple[str, ...]] = ()
    """Terms that can be slid, as they are met along the axis; every number and choice if left out."""
    HANDLES: ClassVar[tuple[str, ...]] = ()
    """Terms that can be dragged on the axis; those of attainment that can be slid if left out."""
    ENDLESS: ClassVar[str] = "Let {kpi} climb on without a level stretch"
    """What a cure says that takes its end away."""

    kind: str

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Fill in the words and the terms that can be slid, from what is declared."""
        if "kind" not in cls.model_fields or cls.model_fields["kind"].is_required():
            return
        word = str(cls.model_fields["kind"].default)
        told = {"TITLE": word.replace("_", " ").capitalize(), "IN_WORDS": f"a {word}", "IN_SHEET": f"by {word}"}
        told["ABOUT"] = (cls.__doc__ or word).strip().splitlines()[0]
        for name, text in told.items():
            if not getattr(cls, name):
                setattr(cls, name, text)
        if "SLIDES" not in vars(cls):
            cls.SLIDES = tuple(
                n for n, i in cls.model_fields.items() if n not in SETTLED and (is_number(i) or is_choice(i))
            )
        if "HANDLES" not in vars(cls):
            cls.HANDLES = tuple(n for n in cls.SLIDES if unit_of(cls.model_fields[n]) == "attainment")
        if ("pays" in cls.model_fields or cls.BY_UNIT) and cls.times is CurveTerms.times:
            raise TypeError(
                f"{cls.__name__} must have times(), as it may pay money: the same with every payout multiplied"
            )

    # What it pays

    def curve(self, better: Better = "higher", scale: float = 1.0) -> Curve:
        """Payout by attainment, or by result where the terms are of results; of one that reads a single KPI."""
        raise NotImplementedError(f"{type(self).__name__} must have curve(): what it pays")

    def check(self, better: Better, scale: float) -> None:
        """Refuse what gives no curve for a KPI.

        Raises:
            ValueError: a sentence says what does not hold.
        """
        self.curve(better, scale)

    def pays_at(self, result: float, better: Better, scale: float) -> bool:
        """Whether it pays anything at a result, for terms of results."""
        return float(self.curve(better, scale)(result)) > 0

    def times(self, factor: float) -> Self:
        """The same with every payout multiplied; one that may pay money has its own."""
        raise NotImplementedError(f"{type(self).__name__} must have times() to pay {factor:g} times as much")

    @property
    def second(self) -> str | None:
        """The id of the KPI that it reads beside its own; None for all but grids."""
        return None

    @property
    def of_result(self) -> bool:
        """Whether its terms are of results, so that a target can change nothing in it."""
        return bool(getattr(self, "of", "attainment") == "result")

    @property
    def in_money(self) -> bool:
        """Whether it pays money, and no share of the target incentive."""
        return self.BY_UNIT or getattr(self, "pays", "share") == "money"

    def in_results(self, result: Callable[[float], float]) -> "CurveTerms":
        """The terms as they are paid by a KPI's result; itself, unless it pays on results from attainments on."""
        return self

    @property
    def needs_own_target(self) -> bool:
        """Whether it pays on the result from places that are shares of each rep's own target on."""
        return False

    def on_own_target(self, results: Floats, places: Floats, spans: Floats) -> Floats:
        """What reps with targets of their own are paid, where it needs those.

        Args:
            results: (n,) [KPI unit].
            places: their attainments (n,).
            spans: the result that is one whole attainment of each (n,) [KPI unit].
        """
        raise NotImplementedError(f"{type(self).__name__} must have on_own_target()")

    # How it reads

    @property
    def named_places(self) -> tuple[float, ...]:
        """The attainments or results that its terms name."""
        return tuple(self.curve().starts[1:])

    @property
    def break_count(self) -> int:
        """At how many places what it pays can bend or jump."""
        return 3

    @property
    def begins_at(self) -> float | None:
        """The attainment from which it pays, where one term says so; None where none does."""
        return None

    @property
    def ends_at(self) -> float | None:
        """The attainment beyond which it pays no more, where one term says so; None where none does."""
        return None

    @property
    def beyond_target(self) -> float | None:
        """Its accelerator, where it has one: how many times a rate pay climbs by beyond target; else None."""
        return None

    @property
    def beyond_is_multiple(self) -> bool:
        """Whether its accelerator is a multiple of the rate below target, and not of the target rate."""
        return False

    @property
    def jumps_by(self) -> Literal["", "steps", "retroactive"]:
        """What makes the pay jump, where the field has looked at that by itself."""
        return ""

    @property
    def reading_note(self) -> str:
        """A sentence for the rep that its curve does not tell; "" for none."""
        return ""

    def meant(self, name: str) -> Any:
        """A term, or what it stands for where it is left out."""
        return getattr(self, name, None)

    def rates_around(self, name: str) -> tuple[float, float] | None:
        """Payout per attainment before and from where a term of steepness counts; None for every other term."""
        return None

    # How it becomes another

    def corners(self, sign: float = 1.0) -> Corners:
        """Points that pay exactly the same.

        Args:
            sign: -1 where its terms are of a result that is better when lower.
        """
        found = corners_of(self.curve("higher" if sign > 0 else "lower"), "result" if self.of_result else "attainment")
        return replace(found, pays="money" if self.in_money else "share", reached=getattr(self, "reached", "at"))

    @classmethod
    def from_corners(cls, given: Corners, setting: Setting) -> Self:
        """The nearest of its kind to corners: as it begins, for a kind that says no more.

        Raises:
            Refused: it has terms that nothing can be derived of.
        """
        return cls()  # type: ignore[call-arg]

    def told_in(self, of: Of, turn: Callable[[float], float]) -> "CurveTerms":
        """The same told in attainment, or in results; itself where its terms have one axis alone."""
        return self

    # How it is reshaped; None where it cannot be

    def starting(self, attainment: float, reading: AxisReading) -> "CurveTerms | Corners | None":
        """Paying from a lower attainment on, and climbing there from nothing."""
        return self.corners(reading.sign).rising(reading, reading.place(attainment))

    def smoothed(self, fallback: float, reading: AxisReading) -> "CurveTerms | Corners | None":
        """Without a jump, the same at target.

        Args:
            fallback: the attainment from which pay starts where it is all or nothing at target.
            reading: where its terms count from.
        """
        return self.corners(reading.sign).rising(reading, reading.place(0.0))

    def smooth_label(self) -> tuple[str, Mapping[str, float]]:
        """What a cure says that came to it by taking jumps out, and the attainments in it."""
        return "Draw one rising line through the same table", {}

    def lifted(self, reached: float | None, payout: float, reading: AxisReading) -> "CurveTerms | Corners | None":
        """With an end that lies further out, or none.

        Args:
            reached: the attainment that must still climb; None where no team is known.
            payout: what the end must pay at least where no team is known.
            reading: where its terms count from.
        """
        return self.corners(reading.sign).rising(reading, None)

    def open_ended(self, reading: AxisReading) -> "CurveTerms | Corners | None":
        """Climbing from the first unit, and on without an end."""
        return replace(self.corners(reading.sign).rising(reading, reading.place(0.0)), above="extend")

    def steeper(self) -> "CurveTerms | None":
        """With a climb beyond target as steep as the one before it."""
        return None

    def never_falling(self, lower_is_better: bool) -> "CurveTerms | None":
        """With every payout held at the best reached so far."""
        return None
