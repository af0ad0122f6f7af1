"""Where a rep's or a team's results land: normal, lognormal, or a sample of what was seen.

Each distribution says, in closed form, how much of it lies below a point and what mean that part carries; that is all
a piecewise-linear function needs for its exact expected value. What is not modelled: fat tails and mixtures; a team
with two humps is best given as a sample.
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

_ROOT_2, _ROOT_2_PI = math.sqrt(2.0), math.sqrt(2.0 * math.pi)


class Distribution(Hashable, Protocol):
    """What a curve must know of a distribution to take its mean under it."""

    @property
    def mean(self) -> float:
        """Its mean."""

    @property
    def sd(self) -> float:
        """Its standard deviation."""

    @property
    def sample(self) -> tuple[float, ...] | None:
        """The values themselves when the distribution is a sample, else None."""

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x), and E[X; X < x], the mean carried by that part."""

    def at_score(self, z: Any) -> Any:
        """The value at standard normal scores, for a number or an array: the quantile at Phi(z)."""


def _normal_density(z: float) -> float:
    return 0.5 * math.erfc(-z / _ROOT_2)


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


@dataclass(frozen=True)
class Normal:
    """The normal distribution.

    Args:
        mean: its mean, finite.
        sd: its standard deviation, 0 or more; with 0 everything lies on the mean.

    >>> Normal(0.0, 1.0).below(0.0)[0]
    0.5
    """

    mean: float
    sd: float

    @property
    def sample(self) -> tuple[float, ...] | None:
        """The mean alone where nothing scatters."""
        return None if self.sd else (self.mean,)

    def __post_init__(self) -> None:
        _require(
            math.isfinite(self.mean) and 0 <= self.sd < math.inf, f"a normal needs sd >= 0 and finite (got {self})"
        )

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x) and E[X; X < x] = mean * Phi(z) - sd * phi(z)."""
        if math.isinf(x) or not self.sd:
            whole = float(x > self.mean)
            return whole, whole * self.mean
        z = (x - self.mean) / self.sd
        chance = _normal_density(z)
        return chance, self.mean * chance - self.sd * math.exp(-0.5 * z * z) / _ROOT_2_PI

    def at_score(self, z: Any) -> Any:
        """Mean + sd z."""
        return self.mean + self.sd * z


@dataclass(frozen=True)
class Lognormal:
    """The lognormal distribution with a given mean and standard deviation (of X itself, not of its logarithm).

    Args:
        mean: its mean, above 0.
        sd: its standard deviation, 0 or more.

    >>> round(Lognormal(1.0, 0.3).below(1.0)[0], 4)
    0.5583
    """

    mean: float
    sd: float

    @property
    def sample(self) -> tuple[float, ...] | None:
        """The mean alone where nothing scatters."""
        return None if self._log_sigma else (self.mean,)

    @property
    def _log_sigma(self) -> float:
        return math.sqrt(math.log1p((self.sd / self.mean) ** 2))

    def __post_init__(self) -> None:
        _require(
            0 < self.mean < math.inf and 0 <= self.sd < math.inf, f"a lognormal needs mean > 0, sd >= 0 (got {self})"
        )

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x) and E[X; X < x] = mean * Phi(z - s)."""
        spread = self._log_sigma
        if math.isinf(x) or not spread or x <= 0:
            whole = float(x > self.mean)
            return whole, whole * self.mean
        z = (math.log(x / self.mean) + 0.5 * spread * spread) / spread
        return _normal_density(z), self.mean * _normal_density(z - spread)

    def at_score(self, z: Any) -> Any:
        """Mean exp(s z - s^2 / 2)."""
        spread = self._log_sigma
        return self.mean * np.exp(spread * z - 0.5 * spread * spread)


@dataclass(frozen=True)
class Exponential:
    """The exponential distribution: what is above any place is again exponential, of the same mean.

    Args:
        mean: its mean, above 0.

    >>> round(Exponential(1000.0).below(100.0)[0], 6)
    0.095163
    """

    mean: float
    sample = None

    def __post_init__(self) -> None:
        _require(0 < self.mean < math.inf, f"an exponential needs mean > 0 (got {self})")

    @property
    def sd(self) -> float:
        """As large as the mean."""
        return self.mean

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x) = 1 - exp(-x / m) and E[X; X < x] = m - (x + m) exp(-x / m)."""
        if x <= 0 or math.isinf(x):
            return float(x > 0), self.mean * (x > 0)
        return -math.expm1(-x / self.mean), self.mean - (x + self.mean) * math.exp(-x / self.mean)

    def at_score(self, z: Any) -> Any:
        """-m ln(1 - Phi(z))."""
        return -self.mean * np.log(np.vectorize(lambda score: 0.5 * math.erfc(score / math.sqrt(2.0)))(z))


@dataclass(frozen=True)
class Shifted:
    """A lognormal moved sideways: a given mean and standard deviation, and a longer tail to the right.

    Args:
        mean: its mean, finite.
        sd: its standard deviation, above 0.
        sigma: that of the logarithm, above 0; it sets the skewness, (w + 2) sqrt(w - 1) with w = exp(sigma^2).

    >>> round(Shifted(1.0, 0.3, 0.34).below(1.0)[0], 3)
    0.567
    """

    mean: float
    sd: float
    sigma: float
    sample = None

    def __post_init__(self) -> None:
        _require(math.isfinite(self.mean) and self.sd > 0 and self.sigma > 0, f"needs sd > 0, sigma > 0 (got {self})")

    @property
    def _core_lognormal(self) -> tuple["Lognormal", float]:
        mean = self.sd / math.sqrt(math.expm1(self.sigma**2))
        return Lognormal(mean, self.sd), self.mean - mean

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x) and E[X; X < x], from the lognormal under it."""
        core, shift = self._core_lognormal
        chance, mean = core.below(x - shift)
        return chance, mean + shift * chance

    def at_score(self, z: Any) -> Any:
        """The lognormal's value, moved."""
        core, shift = self._core_lognormal
        return core.at_score(z) + shift


@dataclass(frozen=True)
class Empirical:
    """What was seen: every value weighs the same.

    Args:
        sample: at least one finite value.

    >>> Empirical((1.0, 3.0)).below(2.0)
    (0.5, 0.5)
    """

    sample: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "sample", tuple(map(float, self.sample)))
        _require(bool(self.sample) and all(map(math.isfinite, self.sample)), "a sample needs at least one finite value")

    @property
    def mean(self) -> float:
        """The mean of the values."""
        return math.fsum(self.sample) / len(self.sample)

    @property
    def sd(self) -> float:
        """The standard deviation of the values, which are all there are."""
        return math.sqrt(math.fsum((v - self.mean) ** 2 for v in self.sample) / len(self.sample))

    def below(self, x: float) -> tuple[float, float]:
        """The share of values below x, and their sum over the number of all values."""
        under = [v for v in self.sample if v < x]
        return len(under) / len(self.sample), math.fsum(under) / len(self.sample)

    def at_score(self, z: Any) -> Any:
        """The value of the sample at that rank."""
        ordered = np.sort(self.sample)
        rank = np.vectorize(_normal_density)(z) * len(ordered)
        return ordered[np.clip(rank.astype(int), 0, len(ordered) - 1)]


@dataclass(frozen=True)
class Moved:
    """A distribution on another scale: slope * X + shift, with a slope above 0.

    >>> Moved(Lognormal(1.0, 0.3), 2.0, -1.0).mean
    1.0
    """

    base: Distribution
    slope: float
    shift: float

    def __post_init__(self) -> None:
        _require(0 < self.slope < math.inf and math.isfinite(self.shift), f"needs a finite slope above 0 (got {self})")

    @property
    def mean(self) -> float:
        """The mean, moved."""
        return self.slope * self.base.mean + self.shift

    @property
    def sd(self) -> float:
        """The standard deviation, stretched."""
        return self.slope * self.base.sd

    @property
    def sample(self) -> tuple[float, ...] | None:
        """The values, moved, where there are any."""
        values = self.base.sample
        return None if values is None else tuple(self.slope * value + self.shift for value in values)

    def below(self, x: float) -> tuple[float, float]:
        """P(X < x) and E[X; X < x], from the distribution under it."""
        chance, mean = self.base.below((x - self.shift) / self.slope)
        return chance, self.slope * mean + self.shift * chance

    def at_score(self, z: Any) -> Any:
        """The value under it, moved."""
        return self.slope * self.base.at_score(z) + self.shift


def move_distribution(base: Distribution, slope: float, shift: float) -> Distribution:
    """The distribution of slope * X + shift, of the same kind where that kind has it.

    Raises:
        ValueError: the slope is not above 0.

    >>> move_distribution(Normal(0.5, 0.1), 2.0, 0.0)
    Normal(mean=1.0, sd=0.2)
    """
    if (slope, shift) == (1.0, 0.0):
        return base
    if isinstance(base, Normal):
        return Normal(slope * base.mean + shift, slope * base.sd)
    if isinstance(base, Shifted):
        return Shifted(slope * base.mean + shift, slope * base.sd, base.sigma)
    if isinstance(base, Lognormal) and not shift:
        return Lognormal(slope * base.mean, slope * base.sd)
    return Moved(base, slope, shift)
