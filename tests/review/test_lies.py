"""The judge lets true findings pass, and catches every lie."""

from __future__ import annotations

from itertools import islice

import pytest

from nqcore.model.claims import Relation
from tests.review.lies import LIES, told
from tests.review.true_cases import true_cases

EACH = 12
"""Of how many true findings each lie is told."""


def test_there_are_true_findings_of_every_relation() -> None:
    assert {case.claim.relation for case in true_cases()} == {*Relation}


@pytest.mark.parametrize("name", LIES)
def test_the_judge_catches_the_lie(name: str) -> None:
    cases = [*islice(told(LIES[name], true_cases()), EACH)]
    assert cases, "there is no finding of which this lie can be told"
    for case, (finding, text) in cases:
        assert not case.faults()
        assert case.faults(finding, text), f"{case}\n{finding.claims}\n{text}"
