"""In which order the blocks of a text stand: the generated order, with what the office moved.

Only the places that the office chose are kept. A block that is new since then stands behind the one that it
follows in the generated order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def in_order(generated: Iterable[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The names `generated` in the order `chosen`; those that are not in it follow the one before them.

    >>> in_order(["a", "new", "b"], ["b", "a", "gone"])
    ('b', 'a', 'new')
    """
    there = tuple(dict.fromkeys(generated))
    found = [name for name in dict.fromkeys(chosen) if name in there]
    before: str | None = None
    for name in there:
        if name not in found:
            found.insert(0 if before is None else found.index(before) + 1, name)
        before = name
    return tuple(found)


def placed(
    generated: Mapping[str, Sequence[str]],
    orders: Mapping[str, Sequence[str]],
    own: Mapping[str, str],
) -> dict[str, tuple[str, ...]]:
    """The blocks of each part in order. `generated`: the parts with their blocks; `orders`: the order that
    the office gave a part, with blocks that it moved there; `own`: the part to which each block of the
    office was added. A block whose part is gone stands nowhere.

    >>> placed({"a": ["1", "2"], "b": ["3"]}, {"b": ["2", "3"]}, {"own:1": "a"})
    {'a': ('1', 'own:1'), 'b': ('2', '3')}
    """
    moved = {name: part for part, names in orders.items() if part in generated for name in names}
    known = {*own, *(name for names in generated.values() for name in names)}
    found: dict[str, tuple[str, ...]] = {}
    for part, names in generated.items():
        order = orders.get(part, ())
        here = [name for name in names if moved.get(name, part) == part]
        came = [name for name in order if name in known and moved[name] == part]
        text = in_order((*here, *came), order)
        added = (name for name, home in own.items() if moved.get(name, home) == part)
        found[part] = (*text, *(name for name in added if name not in text))
    return found


def part_moved(parts: Sequence[tuple[str, int]], part: str, *, up: bool) -> tuple[str, ...] | None:
    """The parts (name, level of the heading) with one of them moved before or behind its neighbour of the
    same level, each with the parts below it; None where there is no such neighbour.

    >>> part_moved([("a", 1), ("a1", 2), ("b", 1)], "a", up=False)
    ('b', 'a', 'a1')
    """
    names = [name for name, _level in parts]
    level = dict(parts)[part]
    groups: list[list[str]] = []
    at = names.index(part)
    # The neighbours are the parts of that level between two of a higher one.
    begin = max((nth + 1 for nth in range(at) if parts[nth][1] < level), default=0)
    rest = (nth for nth in range(at, len(parts)) if parts[nth][1] < level)
    end = next(rest, len(parts))
    for name, own in parts[begin:end]:
        if own == level or not groups:
            groups.append([])
        groups[-1].append(name)
    here = next(nth for nth, group in enumerate(groups) if group[0] == part)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(groups):
        return None
    groups[here], groups[there] = groups[there], groups[here]
    return (*names[:begin], *(name for group in groups for name in group), *names[end:])
