"""Points and millimetres in the units of Word."""

from __future__ import annotations


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def twips_mm(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def half_points(points: float) -> int:
    """The size of letters, which Word counts in half points."""
    return round(points * 2)
