"""What a judge may find wrong with a review."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "false": "claims that are not true",
    "text": "words or numbers of a sentence that its claims do not give",
    "unsaid": "findings left unsaid",
    "too_much": "findings that no law allows",
    "contradiction": "findings that contradict each other",
    "named": "units named that their own reports do not convict",
    "outside": "figures from outside the span",
}
"""The kinds of faults, in the order in which they are printed."""


@dataclass(frozen=True)
class Fault:
    """`rule` is the id of the finding's rule."""

    kind: str
    rule: str
    reason: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.rule}: {self.reason}"
