"""A sweep as a document: plans, and the terms of plan, team or behaviour that are varied over them, each by its path.

    plans = ["low-ceiling", "plan.toml"]     # presets, plan files (beside this one) or links

    [[vary]]
    term = "deals.ceiling"
    values = [1.5, 2.0, 2.5]

    [[vary]]
    term = "behaviour.response"
    from = 0.6
    to = 1.4
    steps = 5

Every plan is tried with every value of every term: the first term changes slowest.
"""

import itertools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, model_validator

from calc.documents.link import load
from calc.documents.planfile import Preset
from calc.plan.errors import Refused
from calc.plan.terms import Terms

MAX_SWEEP_FILE = 1_000_000
"""The largest document [bytes]."""
MAX_POINTS = 10_000_000
"""Points of a sweep at the most."""


class VariedTerm(Terms):
    """A term, and the values that it is given."""

    term: Annotated[str, Field(description="the path of a term, as in a link", min_length=1)]
    values: Annotated[tuple[float | str | bool, ...] | None, Field(description="the values, one by one")] = None
    start: Annotated[float | None, Field(alias="from", description="the first of evenly spaced values")] = None
    to: Annotated[float | None, Field(description="the last of them")] = None
    steps: Annotated[int | None, Field(description="how many there are", ge=2, le=MAX_POINTS)] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        spaced = (self.start, self.to, self.steps)
        evenly = None not in spaced
        if evenly == (self.values is not None) or (not evenly and spaced != (None, None, None)):
            raise Refused(f"{self.term} must have either values, or from, to and steps (got neither whole, or both)")
        if self.values is not None and not self.values:
            raise Refused(f"{self.term} must have values (got none)")
        return self

    @property
    def points(self) -> tuple[Any, ...]:
        """The values in order."""
        if self.values is not None:
            return self.values
        spaced = np.linspace(self.start or 0.0, self.to or 0.0, self.steps or 2)
        return tuple(float(np.round(x, 12)) for x in spaced)


class PlanSweep(Terms):
    """Plans, and the terms that are varied over them."""

    plans: Annotated[tuple[str, ...], Field(description="presets, plan files or links", min_length=1)]
    vary: Annotated[tuple[VariedTerm, ...], Field(description="the terms that are varied")] = ()

    @model_validator(mode="after")
    def _holds(self) -> Self:
        names = [one.term for one in self.vary]
        if twice := [name for name in names if names.count(name) > 1]:
            raise Refused(f"{twice[0]} must be varied once (got it twice)")
        if self.size > MAX_POINTS:
            raise Refused(f"the sweep must have at most {MAX_POINTS:,} points (got {self.size:,})")
        return self

    @property
    def size(self) -> int:
        """How many points there are."""
        size = len(self.plans)
        for one in self.vary:
            size *= one.steps if one.values is None and one.steps else len(one.values or ())
        return size

    @property
    def terms(self) -> tuple[str, ...]:
        """The paths of the terms."""
        return tuple(one.term for one in self.vary)

    def points(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every plan with the values of the terms, in order."""
        for plan in self.plans:
            for values in itertools.product(*(one.points for one in self.vary)):
                yield plan, values


def read_sweep(path: Path) -> tuple[PlanSweep, dict[str, Preset]]:
    """A sweep and its plans, by the names that it has for them.

    Raises:
        Refused: the file cannot be read, or does not hold, or a plan does not.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SWEEP_FILE + 1)
    except OSError as error:
        raise Refused(f"{path} must be a file that can be read (got: {error.strerror})") from None
    if len(content) > MAX_SWEEP_FILE:
        raise Refused(f"{path} must be at most {MAX_SWEEP_FILE:,} bytes (got more)")
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused(f"{path} must be TOML (got: {str(error)[:200]})") from None
    try:
        sweep = PlanSweep.read(document)
    except Refused as refused:
        raise Refused([f"{path}: {sentence}" for sentence in refused.sentences]) from None
    return sweep, {name: _load_beside(path, name) for name in sweep.plans}


def _load_beside(path: Path, name: str) -> Preset:
    beside = path.parent / name
    return load(beside if name.endswith(".toml") and beside.is_file() else name)
