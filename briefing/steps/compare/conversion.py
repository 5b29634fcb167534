"""Figures in units of two systems, or with fewer digits, made comparable."""

from dataclasses import replace
from decimal import Decimal

from briefing.text.numbers import Number

_FACTORS = {
    "mile": ("kilometre", "1.609344"),
    "foot": ("metre", "0.3048"),
    "inch": ("centimetre", "2.54"),
    "acre": ("hectare", "0.40468564"),
}
"""Unit to the one that it is put into, and how many of those it is: exact by definition."""


def converted(number: Number) -> Number:
    """Return `number` in metric units, hedged, as who converts rounds; others as they are."""
    known = _FACTORS.get(number.unit) if number.measured else None
    if known is None:
        return number
    unit, factor = known[0], Decimal(known[1])
    ends = number.ends and (number.ends[0] * factor, number.ends[1] * factor)
    return replace(
        number, value=number.value * factor, unit=unit, ends=ends, hedge=number.hedge or "about"
    )


def is_rounded(rough: Decimal, exact: Decimal) -> bool:
    """Whether `rough` is `exact` with fewer digits."""
    digits = len(rough.normalize().as_tuple().digits)
    if digits >= len(exact.normalize().as_tuple().digits) or not exact:
        return False
    return rough == Decimal(f"%.{digits}g" % exact) or abs(rough - exact) / abs(exact) < Decimal(
        "0.03"
    )
