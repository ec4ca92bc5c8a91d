"""Judges many reviews: `python -m tests.review.full [--reviews N] [--seed N] [--minutes M] [--processes P]`.

Random worlds, each unit, each kind of span, several days. It prints what was judged and all that is wrong,
and ends with status 1 if anything is. With `--demo [district|commune]` it reads the reviews of a demo office
instead; `--notes FILE` keeps what it has read, and the next run with the same file reads the rest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from random import Random, SystemRandom

from nqcore.model.claims import Relation
from tests.review.faults import KINDS, Fault
from tests.review.judge import Judge, judged_by
from tests.review.side_by_side import side_by_side
from tests.review.stage import printed, staged
from tests.review.values import ROOT
from tests.review.worlds import USUAL, Shape, World

MANY = 5
"""A review counts when it makes so many claims; those with fewer are judged too."""
SHOWN = 40
"""How many cases are printed in full."""


@dataclass(frozen=True)
class Asked:
    """Which world is judged: every review of it, or a seeded `sample` of them; `restated`: within the units
    of today, and not as reported."""

    seed: int
    shape: Shape = USUAL
    sample: int | None = None
    restated: bool = False

    def __str__(self) -> str:
        return f"seed {self.seed}{self.shape}" + " --restated" * self.restated


@dataclass
class Judged:
    """What was judged, and what is wrong."""

    asked: Asked | None = None
    reviews: int = 0
    few: int = 0
    refused: int = 0
    changed: int = 0
    earlier: int = 0
    """As of a day before the one on which they were made."""
    worlds: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)
    """The first case of each kind of fault and rule."""

    def add(self, other: Judged) -> None:
        self.reviews += other.reviews
        self.few += other.few
        self.refused += other.refused
        self.changed += other.changed
        self.earlier += other.earlier
        self.worlds += other.worlds
        self.claims += other.claims
        self.faults += other.faults
        for kind, case in other.cases.items():
            self.cases.setdefault(kind, case)

    def wrong(
        self, fault: Fault, unit: str, span: str, moment: tuple[date, date], text: str
    ) -> None:
        """Note a fault with all that one needs to see it again."""
        self.faults[fault.kind] += 1
        when = f"day {moment[0]}, today {moment[1]}"
        where = f"{self.asked}, unit {unit}, span {span}, {when}"
        self.cases.setdefault((fault.kind, fault.rule), f"{where}\n    {fault}\n    {text}")

    def lines(self) -> Iterator[str]:
        total = sum(self.claims.values())
        all_reviews = self.reviews + self.few
        yield f"{self.worlds} worlds"
        yield f"{self.reviews} reviews with {MANY} claims or more, and {self.few} with fewer"
        yield f"{self.refused} spans that have no review"
        yield f"{100 * self.changed // max(1, all_reviews)} % over trees that change"
        yield f"{100 * self.earlier // max(1, all_reviews)} % as of a day before today"
        yield f"{total} claims, {total / max(1, all_reviews):.1f} a review: " + ", ".join(
            f"{relation.value} {self.claims[relation.value]}" for relation in Relation
        )
        yield from (f"{self.faults[kind]} {words}" for kind, words in KINDS.items())


def judge_world(asked: Asked) -> Judged:
    """The reviews of one world. Of a sample a quarter, or as many as there are, is of the whole office."""
    sample, random = asked.sample, Random(asked.seed)
    world, found = World(asked.seed, asked.shape), Judged(asked, worlds=1)
    cases = [(m, s, u) for m in world.moments() for s in world.spans() for u in world.units]
    if sample is not None and len(cases) > sample:
        of_all = [case for case in cases if case[2] == ROOT]
        others = [case for case in cases if case[2] != ROOT]
        whole = random.sample(of_all, max(sample // 4, sample - len(others)))
        others = random.sample(others, sample - len(whole))
        cases = sorted([*whole, *others])
    with staged(world) as stage:
        moments = {moment for moment, _, _ in cases}
        judges = {moment: Judge(world, *moment, restated=asked.restated) for moment in moments}
        for (day, today), span, unit in cases:
            judge, boundaries = judges[day, today], today if asked.restated else None
            if boundaries is not None and not world.exists(unit, boundaries):
                continue
            try:
                verdict = stage.verdict(unit, span, day, today, boundaries)
            except Exception as broken:  # whatever it is, it is counted as a fault
                fault = Fault("unsaid", "review", f"it cannot be made: {broken!r}")
                found.wrong(fault, unit, span, (day, today), "")
                continue
            if (verdict is None) is not judge.refused(unit, span):
                why = "there is no review" if verdict is None else "there is a review"
                found.wrong(Fault("false", "span", why), unit, span, (day, today), span)
            if verdict is None:
                found.refused += 1
                continue
            texts = [(finding, printed(finding)) for finding in verdict.findings]
            claims = [c for f, _ in texts for c in (*f.claims, *judged_by(f))]
            found.claims.update(claim.relation.value for claim in claims)
            if len(claims) >= MANY:
                found.reviews += 1
            else:
                found.few += 1
            found.changed += world.changed
            found.earlier += day < today
            for broken in verdict.not_evaluated:
                fault = Fault("unsaid", "rule", f"not evaluated: {broken}")
                found.wrong(fault, unit, span, (day, today), "")
            text_of = {finding.rule: text for finding, text in texts}
            for fault in judge.faults(unit, span, texts):
                found.wrong(fault, unit, span, (day, today), text_of.get(fault.rule, ""))
    return found


def judge_many(first: Asked, reviews: int, seconds: float, processes: int) -> Judged:
    """Worlds from that one on, until there are as many reviews or the time is over."""
    found, end = Judged(), time.monotonic() + seconds

    def worlds() -> Iterator[Asked]:
        following = (replace(first, seed=seed) for seed in count(first.seed))
        while found.reviews < reviews and time.monotonic() < end:
            asked = next(following)
            # Where no unit changes there is nothing to restate.
            if not asked.restated or World(asked.seed, asked.shape).changed:
                yield asked

    for one in side_by_side(judge_world, worlds(), processes):
        found.add(one)
    return found


def main() -> int:
    """The command. The status is 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reviews", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--units", type=int, help="so many below the top one, and not 2 to 13")
    options.add_argument("--silent", action="store_true", help="there is no report at all")
    options.add_argument("--restated", action="store_true", help="within the units of today")
    options.add_argument("--sample", type=int, help="so many reviews of each world, and not all")
    options.add_argument("--demo", nargs="?", const="district", choices=["district", "commune"])
    options.add_argument("--notes", type=Path, help="with --demo: go on from what is noted there")
    given = options.parse_args()
    seed = SystemRandom().randrange(10**6) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    if given.demo:
        from tests.review.demo import OFFICES
        from tests.review.whole_demo import judge_demo

        seconds, office = given.minutes * 60, OFFICES[given.demo]
        return judge_demo(seed, seconds, given.processes, given.notes, office)
    began = time.monotonic()
    first = Asked(seed, Shape(given.units, given.silent), given.sample, given.restated)
    found = judge_many(first, given.reviews, given.minutes * 60, given.processes)
    for line in found.lines():
        print(line)
    print(f"{time.monotonic() - began:.0f} seconds")
    for case in [*found.cases.values()][:SHOWN]:
        print(case)
    return 1 if found.faults or found.reviews < given.reviews else 0


if __name__ == "__main__":
    sys.exit(main())
