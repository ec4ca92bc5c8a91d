"""Reviews over random worlds, other ones in each run, and reviews of the demo office: nothing is false."""

from __future__ import annotations

from pathlib import Path
from random import SystemRandom

from tests.review.demo import DAYS, WHOLE, DemoJudge, sample, units_of
from tests.review.full import Asked, Judged, judge_world

WORLDS = 6
REVIEWS_OF_A_WORLD = 60
SAMPLE = 60


def test_every_sentence_is_true_in_a_few_hundred_reviews_of_random_worlds() -> None:
    seed, found = SystemRandom().randrange(10**6), Judged()
    for nth in range(WORLDS):
        found.add(judge_world(Asked(seed + nth, sample=REVIEWS_OF_A_WORLD)))
    wrong = "\n".join([*found.lines(), *found.cases.values()])
    assert not found.faults, f"python -m tests.review.full --seed {seed}\n{wrong}"


def test_the_reviews_of_the_demo_office_have_no_hole_no_other_head_and_no_number_of_their_own(
    demo_folder: Path,
) -> None:
    seed, units = SystemRandom().randrange(10**6), units_of(demo_folder)
    # 28 report now; the district itself, and an enterprise that has closed.
    assert len(units) == 30
    with DemoJudge(demo_folder) as judge:
        judge.judge([*sample(units, seed, SAMPLE), *((DAYS[0], WHOLE, unit) for unit in units)])
    assert judge.counts["figures"]
    assert not judge.faults, f"seed {seed}\n" + "\n".join(judge.faults[:20])
