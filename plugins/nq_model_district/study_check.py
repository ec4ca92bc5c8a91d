"""The district's own check: without a conference there can be no participants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nqcore.plugin import CheckInput, Problem, Severity


@dataclass(frozen=True, slots=True)
class PeopleWithoutConference:
    """Finds A1 = 0 and A3 > 0 (participants without a conference), or A1 > 0 and A3 = 0."""

    id: str = "hu.quan-triet"
    form: str = "res20.q"

    def problems(self, entry: CheckInput) -> Iterable[Problem]:
        """An error at A3 in the first case, a warning at A3 in the second."""
        held, people = entry.answers.get("A1"), entry.answers.get("A3")
        if not isinstance(held, Decimal) or not isinstance(people, Decimal):
            return
        if held == 0 and people > 0:
            yield Problem(
                field="A3",
                code="people-without-conference",
                severity=Severity.ERROR,
                template="A1 ghi 0 hội nghị nhưng A3 có người tham gia. Sửa A1 hoặc A3.",
            )
        elif held > 0 and people == 0:
            yield Problem(
                field="A3",
                code="conference-without-people",
                severity=Severity.WARNING,
                template="A1 có hội nghị nhưng A3 ghi 0 người. Nếu đúng, ghi giải trình.",
            )
