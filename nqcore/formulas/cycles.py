"""Finds formulas that need each other's figure of the same period, and so have no value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nqcore.formulas.expressions import Formula


def find_cycle(formulas: Mapping[str, Formula]) -> tuple[str, ...] | None:
    """The codes of one cycle, its first code again at the end: `("B4", "B5", "B4")`; None without a
    cycle.

    `formulas` gives the formula of each computed indicator. `cumulative(B4)` counts like `B4`,
    because it contains the present period. `previous` and `last_year` need only earlier periods, so
    they cannot make a cycle. The answer is always the same for the same formulas.
    """
    done: set[str] = set()
    for start in sorted(formulas):
        path: dict[str, Iterator[str]] = {}
        at: str | None = start
        while at is not None:
            if at in path:
                codes = [*path]
                return (*codes[codes.index(at) :], at)
            if at not in done:
                path[at] = iter(_needed(formulas, at))
            at = None
            while path and at is None:
                code, needed = next(reversed(path.items()))
                at = next(needed, None)
                if at is None:
                    done.add(code)
                    path.popitem()
    return None


def _needed(formulas: Mapping[str, Formula], code: str) -> list[str]:
    """The codes of the computed indicators whose figure of the same period the formula needs."""
    references = formulas[code].references
    now = {each.code for each in references if each.shift in ("now", "cumulative")}
    return sorted(now & formulas.keys())
