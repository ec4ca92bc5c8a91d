"""The verdicts of the last few reviews, so that a page is as quick on the second look as it can be."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import NamedTuple

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.catalogue import Catalogue

KEPT = 8
"""So many verdicts are kept: each has its findings with all their evidence."""


class _Key(NamedTuple):
    """What a verdict depends on besides the definitions: rules read nothing else."""

    address: ReviewAddress
    as_of: date
    today: date
    version: int


class KeptVerdicts:
    """Evaluates reviews. What was evaluated is kept until something is written. Threads may share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, tuple[Catalogue, Verdict]] = OrderedDict()
        self._lock = Lock()

    def of(self, review: Review) -> Verdict:
        """The verdict of the review. A review whose `version` is not known is evaluated each time."""
        if review.version is None:
            return evaluate(review)
        key = _Key(review.address, review.as_of, review.totals.today, review.version)
        with self._lock:
            catalogue, verdict = self._kept.get(key, (None, None))
            if verdict is not None and catalogue is review.catalogue:
                self._kept.move_to_end(key)
                return verdict
        verdict = evaluate(review)
        with self._lock:
            self._kept[key] = review.catalogue, verdict
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return verdict
