"""Terms: declared once, frozen, checked anew with every change, strict about numbers."""

from collections.abc import Callable
from typing import Any

import pytest

from calc import Refused
from calc.plan.mechanics import Band, Points
from calc.plan.terms import LARGEST_NUMBER, FiniteNumber, Terms, terms_of


class Sample(Terms):
    size: FiniteNumber
    words: tuple[str, ...] = ()


@pytest.mark.parametrize("size", [0, -0.0, 5, 0.1 + 0.2, 1e-300, LARGEST_NUMBER, -LARGEST_NUMBER])
def test_numbers_are_taken_as_they_are(size: float) -> None:
    assert Sample(size=size).size == size
    assert isinstance(Sample(size=size).size, float)


@pytest.mark.parametrize(
    "size",
    [True, False, "5", None, [5], float("nan"), float("inf"), -float("inf"), 10**400, LARGEST_NUMBER * 1.01, 1e300, 1j],
)
def test_what_is_no_number_is_never_converted(size: Any) -> None:
    makes: tuple[Callable[[], Sample], ...] = (
        lambda: Sample(size=size),
        lambda: Sample.read({"size": size}),
        lambda: Sample(size=1).changed(size=size),
    )
    for make in makes:
        with pytest.raises(Refused, match=r"^size must .*\(got "):
            make()


def test_terms_are_frozen_values() -> None:
    sample = Sample(size=1)
    with pytest.raises(ValueError, match="frozen"):
        sample.size = 2.0  # type: ignore[misc]
    assert sample == Sample.read({"size": 1.0})
    assert hash(sample) == hash(Sample(size=1))
    assert sample.changed(size=2) == Sample(size=2)
    assert sample == Sample(size=1)


def test_an_unknown_term_is_refused_with_the_nearest() -> None:
    makes: tuple[Callable[[], Sample], ...] = (
        lambda: Sample(size=1, sise=2),  # type: ignore[call-arg]
        lambda: Sample.read({"size": 1, "sise": 2}),
        lambda: Sample(size=1).changed(sise=2),
    )
    for make in makes:
        with pytest.raises(Refused, match=r"^sise is not known \(got 2\): did you mean size\?"):
            make()


@pytest.mark.parametrize("document", [None, 5, "text", [], [1]])
def test_what_is_no_table_is_refused(document: Any) -> None:
    with pytest.raises(Refused):
        Sample.read(document)


def test_the_declared_terms_go_by_the_words_of_the_file() -> None:
    from calc.plan.mechanics import Matrix

    assert list(terms_of(Band))[:4] == ["kind", "floor", "pays_at_floor", "accelerator"]
    assert "with" in terms_of(Matrix)
    assert "with_" not in terms_of(Matrix)
    assert terms_of(Band)["floor"].json_schema_extra == {"unit": "attainment"}
    assert terms_of(Points)["points"].description
