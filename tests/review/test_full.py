"""Reviews over random worlds, other ones in each run, and reviews of the demo office: nothing is false."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from random import SystemRandom

import pytest

from tests.review.demo import DISTRICT, DemoJudge, sample, units_of
from tests.review.full import Asked, Judged, judge_world
from tests.review.judge import Judge
from tests.review.stage import printed, staged
from tests.review.worlds import Shape, World

WORLDS = 6
REVIEWS_OF_A_WORLD = 60
SAMPLE = 60


def test_every_sentence_is_true_in_a_few_hundred_reviews_of_random_worlds() -> None:
    seed, found = SystemRandom().randrange(10**6), Judged()
    for nth in range(WORLDS):
        found.add(judge_world(Asked(seed + nth, sample=REVIEWS_OF_A_WORLD)))
    wrong = "\n".join([*found.lines(), *found.cases.values()])
    assert not found.faults, f"python -m tests.review.full --seed {seed}\n{wrong}"


@pytest.mark.parametrize(
    "shape",
    [Shape(units=0), Shape(units=1), Shape(silent=True), Shape(units=0, silent=True)],
    ids=["only the top unit", "one unit below it", "no report", "neither unit nor report"],
)
def test_every_sentence_is_true_in_the_smallest_offices(shape: Shape) -> None:
    seed = SystemRandom().randrange(10**6)
    found = judge_world(Asked(seed, shape, sample=REVIEWS_OF_A_WORLD))
    assert found.reviews + found.few + found.refused == REVIEWS_OF_A_WORLD
    assert not found.faults, "\n".join([*found.lines(), *found.cases.values()])
    if shape.silent or shape.units == 0:
        assert not found.claims


def changing(seed: int) -> int:
    """The first seed from that one on in whose world a unit is merged or moves."""
    return next(one for one in count(seed) if World(one).changes)


def test_every_sentence_is_true_within_the_units_of_the_day_on_which_it_is_asked() -> None:
    seed = changing(SystemRandom().randrange(10**6))
    found = judge_world(Asked(seed, sample=REVIEWS_OF_A_WORLD, restated=True))
    assert not found.faults, "\n".join([*found.lines(), *found.cases.values()])


def test_the_judge_does_not_take_figures_as_reported_for_those_within_the_units_of_a_day() -> None:
    world = World(changing(2008))
    day = today = max(world.days())
    with staged(world) as stage:
        verdict = stage.verdict("top", str(world.years[0]), day, today, boundaries=today)
        assert verdict is not None
        texts = [(finding, printed(finding)) for finding in verdict.findings]
    span = str(world.years[0])
    assert not Judge(world, day, today, restated=True).faults("top", span, texts)
    assert Judge(world, day, today).faults("top", span, texts)


def test_the_reviews_of_the_demo_office_have_no_hole_no_other_head_and_no_number_of_their_own(
    demo_folder: Path,
) -> None:
    seed, units = SystemRandom().randrange(10**6), units_of(demo_folder)
    # 28 report now; the district itself, and an enterprise that has closed.
    assert len(units) == 30
    with DemoJudge(demo_folder) as judge:
        judge.judge(
            [
                *sample(units, seed, SAMPLE),
                *((DISTRICT.days[0], DISTRICT.whole, unit) for unit in units),
            ]
        )
    assert judge.counts["figures"]
    assert not judge.faults, f"seed {seed}\n" + "\n".join(judge.faults[:20])
