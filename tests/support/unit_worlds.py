"""Random worlds: a small tree and events over several days, with a plain account of what moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer, tree_with
from nqcore.model.units import Unit, UnitKind, UnitTree

START = date(2020, 1, 1)
HOW = ("merge", "absorb", "split", "transfer", "regroup", "rename", "move", "close", "open")


def unit(code: str, parent: str | None = None, **more: object) -> Unit:
    return Unit(code=code, name=code, kind=UnitKind.COMMUNE, parent=parent, **more)  # type: ignore[arg-type]


def event(
    id: str, day: date, kind: str, *transfers: tuple[object, ...], **more: object
) -> ChangeEvent:
    return ChangeEvent(
        id=id,
        date=day,
        kind=ChangeKind(kind),
        basis="QĐ",
        transfers=tuple(
            Transfer(source=str(t[0]), target=str(t[1]), share=t[2] if len(t) > 2 else None)  # type: ignore[arg-type]
            for t in transfers
        ),
        **more,  # type: ignore[arg-type]
    )


@dataclass
class World:
    """`units` before all events; `moves` the plain account: per day, source → [(target, share)]."""

    units: list[Unit]
    events: list[ChangeEvent] = field(default_factory=list)
    moves: list[tuple[date, dict[str, list[tuple[str, Fraction]]]]] = field(default_factory=list)
    days: list[date] = field(default_factory=list)

    @property
    def tree(self) -> UnitTree:
        return tree_with(self.units, self.events)


@st.composite
def worlds(draw: st.DrawFn, shares: bool | None = None) -> World:
    """`shares`: True, every division declares them; False, none does; None, either."""
    provinces = [f"p{n}" for n in range(draw(st.integers(1, 3)))]
    above = {f"c{n}": draw(st.sampled_from(provinces)) for n in range(draw(st.integers(2, 7)))}
    world = World([unit("top"), *(unit(p, "top") for p in provinces)])
    world.units += [unit(code, parent) for code, parent in above.items()]
    day = START
    for n in range(draw(st.integers(1, 4))):
        day += timedelta(days=draw(st.integers(1, 400)))
        free, moved = sorted(above), {}
        for m in range(draw(st.integers(1, 3))):
            _happen(draw, world, day, f"e{n}.{m}", above, free, moved, provinces, shares)
        world.moves.append((day, moved))
        world.days.append(day)
    return world


def _parts(draw: st.DrawFn, count: int, shares: bool | None) -> list[Fraction] | list[None]:
    if not (draw(st.booleans()) if shares is None else shares):
        return [None] * count
    weights = [draw(st.integers(1, 9)) for _ in range(count)]
    return [Fraction(w, sum(weights)) for w in weights]


def _happen(
    draw: st.DrawFn,
    world: World,
    day: date,
    id: str,
    above: dict[str, str],
    free: list[str],
    moved: dict[str, list[tuple[str, Fraction]]],
    provinces: list[str],
    shares: bool | None,
) -> None:
    """One thing happens to communes that nothing else happens to that day."""

    def take() -> str:
        return free.pop(draw(st.integers(0, len(free) - 1)))

    def begin(name: str) -> str:
        code = f"{id}.{name}"
        above[code] = draw(st.sampled_from(provinces))
        world.units.append(unit(code, above[code]))
        return code

    def note(source: str, targets: list[str], parts: list[Fraction] | list[None]) -> None:
        if None not in parts:
            moved[source] = list(zip(targets, parts, strict=True))  # type: ignore[arg-type]

    how = draw(st.sampled_from(HOW))
    if len(free) < 3:
        return
    one = Fraction(1)
    if how == "merge":
        a, b, to = take(), take(), begin("m")
        world.events.append(event(id, day, "merge", (a, to), (b, to)))
        moved |= {a: [(to, one)], b: [(to, one)]}
        del above[a], above[b]
    elif how == "absorb":
        a, b = take(), take()
        world.events.append(event(id, day, "merge", (a, b), (b, b)))
        moved[a] = [(b, one)]
        del above[a]
    elif how == "split":
        a = take()
        targets = [begin("s"), *([a] if draw(st.booleans()) else [begin("t")])]
        parts = _parts(draw, 2, shares)
        world.events.append(
            event(id, day, "split", *((a, t, p) for t, p in zip(targets, parts, strict=True)))
        )
        note(a, targets, parts)
        if a not in targets:
            del above[a]
    elif how == "transfer":
        a, b = take(), take()
        parts = _parts(draw, 2, shares)
        world.events.append(event(id, day, "transfer", (a, b, parts[0])))
        note(a, [b, a], parts)
    elif how == "regroup":
        a, b, c, x, y = take(), take(), take(), begin("x"), begin("y")
        parts = _parts(draw, 2, shares)
        world.events.append(event(id + "x", day, "merge", (a, x), (b, x, parts[0])))
        world.events.append(event(id + "y", day, "merge", (b, y, parts[1]), (c, y)))
        moved |= {a: [(x, one)], c: [(y, one)]}
        note(b, [x, y], parts)
        del above[a], above[b], above[c]
    elif how == "rename":
        world.events.append(event(id, day, "rename", unit=take(), name=f"name {id}"))
    elif how == "move":
        a, parent = take(), draw(st.sampled_from(provinces))
        world.events.append(event(id, day, "move", unit=a, parent=parent))
        above[a] = parent
    elif how == "close":
        a = take()
        world.events.append(event(id, day, "close", unit=a))
        moved[a] = [(above.pop(a), one)]
    else:
        world.events.append(event(id, day, "open", unit=begin("o")))
