"""How a text relates the documents that it cites: replaces, amends, implements …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nqcore.model.directives import LinkKind
from nqcore.text.citations import Citation
from nqcore.workspace.register.mentions import Mention, body_span


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRelation:
    """`source` replaces, amends, implements … `target`, as `kind` says."""

    source: Mention
    kind: LinkKind
    target: Mention


def _phrase(pattern: str) -> re.Pattern[str]:
    """The pattern, in which a space stands for any white space."""
    return re.compile(re.sub(" ", r"\\s+", pattern), re.I)


_RELATIONS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    (LinkKind.REPLACES, _phrase("thay thế|bãi bỏ")),
    (LinkKind.AMENDS, _phrase("sửa đổi(?:,? bổ sung)?|bổ sung")),
    (LinkKind.GOES_WITH, _phrase("gắn với|kết hợp với")),
    (LinkKind.IMPLEMENTS, _phrase("thực hiện|triển khai|quán triệt|cụ thể hóa|cụ thể hoá")),
    (LinkKind.GUIDED_BY, _phrase(r"căn cứ|\btheo\b(?!\s+dõi)")),
)
STRENGTH = (*(kind for kind, _ in _RELATIONS), LinkKind.CONCLUDES)
"""The kinds of relations, the most definite first: where a text says two, the first counts."""
_SENTENCE_END = re.compile(r"[.!?;]\s|\n[ \t]*\n|\n[ \t]*[-–+*•]\s|\n[ \t]*\d+[.)]\s|\n(?=Căn cứ)")
_CLAUSE_END = re.compile(r"[,;:()]|\svà\s*$")


def find_relations(
    text: str, found: Sequence[Citation]
) -> Iterator[tuple[LinkKind | None, int | None]]:
    """For each citation, the relation that the text states to it (None: none) and its source: the
    position in `found` of the citation that is the source, or None where it is the text itself.

    Example of a cited source: "Kết luận số 79-KL/TW về đẩy mạnh thực hiện Nghị quyết số 20-NQ/TW".
    A word such as "thực hiện" holds for all citations that follow it, up to the end of the sentence or
    to the next such word.
    """
    kind: LinkKind | None = None
    source: int | None = None
    end = subject = 0
    for nth, citation in enumerate(found):
        gap = text[end : citation.start]
        between = nth > 0
        if breaks := [m.end() for m in _SENTENCE_END.finditer(gap)]:
            kind, source, between = None, None, False
            end, gap = end + breaks[-1], gap[breaks[-1] :]
        last = -1
        for one, words in _RELATIONS:
            for match in words.finditer(gap):
                if match.start() <= last:
                    continue
                kind, last = one, match.start()
                clause = text[max(subject, end) : end + last]
                source = nth - 1 if between and not _CLAUSE_END.search(clause) else None
        yield kind, source
        end = citation.end
        subject = body_span(text, citation.end)[1]
