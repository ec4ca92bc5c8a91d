"""What units wrote in their own words, to be taken over into the review."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.analysis.findings import Review
from nqcore.model.fields import NarrativeField

NOTHING = frozenset({"", "không", "không có", "không.", "không có."})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWords:
    """The accepted answer of one unit to a question for words: `field` is its key, `label` the question.
    `part`: the name of the part of the outline where such words belong; "" where it names none."""

    unit: str
    period: str
    field: str
    label: str
    text: str
    part: str = ""


def unit_words(review: Review) -> tuple[UnitWords, ...]:
    """Every accepted answer in words of the review, the newest period first, in the order of the tree."""
    outlined = reversed(review.outline.parts)
    parts = {key: f"part:{part.key}" for part in outlined for key in part.offers}
    found: list[tuple[int, UnitWords]] = []
    for form in review.forms():
        for field in form.fields:
            if not isinstance(field, NarrativeField):
                continue
            for unit, period, answer in review.reports_in(form, field.key):
                text = answer.strip() if isinstance(answer, str) else ""
                if text.casefold() not in NOTHING:
                    one = UnitWords(
                        unit=unit.code,
                        period=period.code,
                        field=field.key,
                        label=field.label,
                        text=text,
                        part=parts.get(field.key, ""),
                    )
                    found.append((-period.end.toordinal(), one))
    return tuple(one for _time, one in sorted(found, key=lambda each: each[0]))
