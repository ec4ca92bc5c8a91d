"""The outline (đề cương) of a higher level, read from its .docx: the headings as parts, as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nqcore.errors import N_, InputError
from nqcore.files.incoming import DOCX, check, read_in_child
from nqcore.model.outlines import Content, Outline, OutlinePart, Take, part_key
from nqcore.text.folding import fold, slug
from nqcore.workspace.register.outline_headings import LeftOutLine, OutlineHead, read_headings
from nqcore.workspace.register.outline_lines import OutlineLine, docx_lines

OPENING = OutlinePart(key="mo-dau", takes=(Take(what=Content.OPENING),))
_CONTENTS: tuple[tuple[str, Content], ...] = (
    (r"nguyen nhan", Content.CAUSES),
    (r"bai hoc", Content.LESSONS),
    (r"kien nghi|de xuat", Content.PROPOSALS),
    (r"han che|ton tai|khuyet diem|yeu kem", Content.SHORTCOMINGS),
    (r"phuong huong|giai phap|nhiem vu trong tam|nhiem vu thoi gian", Content.SOLUTIONS),
    (r"ket qua|uu diem", Content.RESULTS),
    (r"van ban|lanh dao, chi dao|quan triet", Content.DOCUMENTS),
)
"""Words of a heading (without accents), and what its part probably takes in."""
_RESULTS = r"ket qua|uu diem|thanh tuu|dat duoc"
_SHORTCOMINGS = r"han che|ton tai|khuyet diem|yeu kem"
_KINDS_OF_CAUSES: tuple[tuple[str, str, Content], ...] = (
    (r"khach quan", r"chu quan", Content.OBJECTIVE_CAUSES),
    (r"chu quan", r"khach quan", Content.SUBJECTIVE_CAUSES),
    (_RESULTS, _SHORTCOMINGS, Content.CAUSES_OF_RESULTS),
    (_SHORTCOMINGS, _RESULTS, Content.CAUSES_OF_SHORTCOMINGS),
)
"""What a heading on causes says and does not say, and the one kind of causes that it is for."""
_BARE_CAUSE = re.compile(r"(do |ve )?(khach quan|chu quan)\b")
"""How a heading begins that leaves the word for causes to the heading above it."""
_ONCE = frozenset({Content.SHORTCOMINGS, Content.SOLUTIONS, Content.RESULTS, Content.DOCUMENTS})


class NoHeadings(InputError):
    """A document in which no heading was found."""

    code = "no-headings"
    template = N_(
        "{file} has no heading. Number its headings (I-, 1.) or give them heading styles, then choose "
        "it again."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineDraft:
    """The outline of a file, to look over. `left_out`: the lines of the file that are neither a heading of it
    nor a hint, each with why."""

    outline: Outline
    left_out: tuple[LeftOutLine, ...]


def outline_of_docx(data: bytes, name: str = "outline.docx", id: str = "") -> OutlineDraft:
    """The outline in a .docx: a part for each heading, recognised by its style or its number (Phần thứ nhất,
    I-, 1., 1.1., 1), a)), typed or set by Word. What a part takes in is guessed from its words, to be looked
    over; all others are parts for the office's own words. What stands below a heading is a hint, a line each.
    `id`: that of the outline ("": from the `name` of the file). Raises FileRefused, NoHeadings."""
    check(name, data, [DOCX])
    lines = [OutlineLine(*line) for line in read_in_child(docx_lines, data, file=name)]
    return outline_of_lines(lines, name, id)


def outline_of_lines(lines: Sequence[OutlineLine], name: str, id: str = "") -> OutlineDraft:
    """The outline of the lines of a document. Raises NoHeadings."""
    read = read_headings(lines)
    if not read.heads:
        raise NoHeadings(file=name)
    opening = replace(OPENING, hint="\n".join(read.opening))
    outline = Outline(
        id=id or slug(Path(name).stem) or "de-cuong",
        title=read.title or Path(name).stem,
        parts=(opening, *_parts(read.heads)),
    )
    return OutlineDraft(outline=outline, left_out=tuple(read.left_out))


def _parts(heads: Sequence[OutlineHead]) -> Iterator[OutlinePart]:
    contents = _contents([head.text for head in heads], [head.level for head in heads])
    seen = {OPENING.key}
    for nth, head in enumerate(heads):
        what = contents.get(nth)
        key = part_key(head.text, seen)
        seen.add(key)
        yield OutlinePart(
            key=key,
            heading=head.text,
            level=head.level,
            takes=() if what is None else (Take(what=what),),
            hint="\n".join(head.below),
        )


def _contents(headings: Sequence[str], levels: Sequence[int]) -> dict[int, Content]:
    """What the parts probably take in, by their number. What stands once is in the first part without parts
    below it whose heading says so; else in a part with some. Other parts without parts are the office's."""
    leaves = [
        nth
        for nth, level in enumerate(levels)
        if nth + 1 == len(levels) or levels[nth + 1] <= level
    ]
    parents = [nth for nth, level in enumerate(levels) if level and nth not in leaves]
    found: dict[int, Content] = {}
    for nth in (*leaves, *parents):
        what = _content(headings[nth])
        if what in _ONCE and what in found.values():
            what = Content.OWN
        if what in _ONCE or nth in leaves:
            found[nth] = what
    return found


def _content(heading: str) -> Content:
    """What the heading says first: "Hạn chế, nguyên nhân" are the shortcomings."""
    words = fold(heading)
    if _BARE_CAUSE.match(words):
        return _kind_of_causes(words)
    matches = ((re.search(pattern, words), what) for pattern, what in _CONTENTS)
    found = [(match.start(), what) for match, what in matches if match is not None]
    first = min(found, key=lambda one: one[0])[1] if found else Content.OWN
    return _kind_of_causes(words) if first is Content.CAUSES else first


def _kind_of_causes(words: str) -> Content:
    """The one kind of causes that the heading is for; all of them where it names two kinds or none."""
    for says, other, what in _KINDS_OF_CAUSES:
        if re.search(says, words) and not re.search(other, words):
            return what
    return Content.CAUSES
