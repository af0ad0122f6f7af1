"""Money rounded half up, to decimals or to multiples of an amount.

A half that floats fall short of counts as one.
"""

import numpy as np

from calc.piecewise.vectorized import Floats

TIE = 1e-6
"""How far short of half of the smallest unit still counts as half: far more than rounding, far less than money."""


def round_money(money: Floats, digits: int) -> Floats:
    """Money rounded half up to a number of decimals; any shape.

    >>> round_money(np.array([0.125, 2.675, -0.125]), 2)
    array([ 0.13,  2.68, -0.12])
    """
    unit = 10.0**digits
    return np.floor(money * unit + (0.5 + TIE)) / unit


def rounded_to(money: Floats, unit: float) -> Floats:
    """Money rounded half up to multiples of a unit; any shape.

    >>> rounded_to(np.array([1234.56, 12.5]), 1), rounded_to(np.array([0.12, 0.13]), 0.05)
    (array([1235.,   13.]), array([0.1 , 0.15]))
    """
    parts = _parts_of_one(unit)
    if parts:
        return np.floor(money * parts + (0.5 + TIE)) / parts
    return np.floor(money / unit + (0.5 + TIE)) * unit


def _parts_of_one(unit: float) -> float:
    """How many times a unit goes into 1 where it does so exactly, else 0: 100 cents are exact, 0.01 is not."""
    parts = round(1.0 / unit)
    return float(parts) if unit <= 1 and abs(parts * unit - 1.0) < 1e-12 else 0.0


def round_in_place(money: Floats, unit: float) -> None:
    """Money rounded as by `rounded_to`, in place."""
    parts = _parts_of_one(unit)
    np.multiply(money, parts, out=money) if parts else np.divide(money, unit, out=money)
    np.add(money, 0.5 + TIE, out=money)
    np.floor(money, out=money)
    np.divide(money, parts, out=money) if parts else np.multiply(money, unit, out=money)
