"""The outline (đề cương) of a higher level, read from its .docx: the headings as parts, as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nqcore.errors import N_, InputError
from nqcore.files.incoming import DOCX, check, load, read_in_child
from nqcore.model.outlines import DEEPEST, Content, Outline, OutlinePart, Take
from nqcore.text.folding import fold, nfc, slug
from nqcore.workspace.register.outline_lines import OutlineLine, docx_lines

OPENING = OutlinePart(key="mo-dau", takes=(Take(what=Content.OPENING),))
_LONGEST = 200
"""A numbered paragraph that is longer is no heading."""
_KEY_SYLLABLES = 6
_HALF = re.compile(
    r"phần\s+(?:thứ\s+(?:nhất|hai|ba|tư|năm|sáu)|một|hai|ba|[ivx]{1,4}|\d{1,2})(?![\w/])[\s.:–—-]*",
    re.IGNORECASE,
)
_MARKS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"[IVX]{1,5}\s*[-–—./)]+\s*"), 1),
    (re.compile(r"[A-H]\s*[-–—./)]+\s*"), 0),
    (re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s*[.)]?\s+"), 3),
    (re.compile(r"\d{1,2}\s*[.)/–-]+\s*(?!\d)"), 2),
    (re.compile(r"[a-zđ]\s*[.)/]\s*"), 3),
)
"""What stands before a heading, and its level."""
_FORMATS = {"upperLetter": 0, "upperRoman": 1, "decimal": 2, "decimal.decimal": 3, "lowerLetter": 3}
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
_ONCE = frozenset({Content.SHORTCOMINGS, Content.SOLUTIONS, Content.RESULTS, Content.DOCUMENTS})


class NoHeadings(InputError):
    """A document in which no heading was found."""

    code = "no-headings"
    template = N_(
        "{file} has no heading. Number its headings (I-, 1.) or give them heading styles, then choose "
        "it again."
    )


@dataclass(slots=True)
class _Head:
    text: str
    level: int
    below: list[str] = field(default_factory=list)


def outline_of_file(path: Path, id: str = "") -> Outline:
    """The outline in a .docx file on disk. Raises FileRefused, NoHeadings, OSError."""
    return outline_of_docx(load(path, [DOCX]), path.name, id)


def outline_of_docx(data: bytes, name: str = "outline.docx", id: str = "") -> Outline:
    """The outline in a .docx: a part for each heading, recognised by its style or its number (Phần thứ nhất,
    I-, 1., a)). What a part takes in is guessed from its words, to be looked over; all others are parts for
    the office's own words. What stands below a heading is a hint. `id`: that of the outline ("": from the
    `name` of the file). Raises FileRefused, NoHeadings."""
    check(name, data, [DOCX])
    lines = [OutlineLine(*line) for line in read_in_child(docx_lines, data, file=name)]
    return outline_of_lines(lines, name, id)


def outline_of_lines(lines: Sequence[OutlineLine], name: str, id: str = "") -> Outline:
    """The outline of the paragraphs of a document. Raises NoHeadings."""
    before, heads = _heads([OutlineLine(nfc(one.text), one.style, one.numbering) for one in lines])
    if not heads:
        raise NoHeadings(file=name)
    title = _title(before) or Path(name).stem
    parts = (OPENING, *_parts(heads))
    return Outline(id=id or slug(Path(name).stem) or "de-cuong", title=title, parts=parts)


def _title(before: Sequence[str]) -> str:
    """The first line of the head of the document that says that it is an outline, with the one below it."""
    for nth, text in enumerate(before):
        if fold(text).startswith("de cuong"):
            below = before[nth + 1 : nth + 2]
            return " ".join([text, *(one for one in below if any(map(str.isalpha, one)))])
    return ""


def _heads(lines: Sequence[OutlineLine]) -> tuple[list[str], list[_Head]]:
    """The lines before the first heading, and the headings with the words below each."""
    before: list[str] = []
    heads: list[_Head] = []
    letter = "A"
    for line in lines:
        found = _heading(line, letter)
        if heads and not heads[-1].text and (found is None or found[1] > 0):
            # "Phần thứ nhất", and its words on the next line.
            heads[-1].text = found[0] if found is not None else line.text
            continue
        if found is None:
            (heads[-1].below if heads else before).append(line.text)
            continue
        heads.append(_Head(*found))
        if found[1] == 0 and line.text.startswith(letter):
            letter = chr(ord(letter) + 1)
    return before, [head for head in heads if head.text]


def _heading(line: OutlineLine, letter: str) -> tuple[str, int] | None:
    """The words of the heading and its level; None where the line is none. `letter`: the next letter of
    headings "A-", so that a sentence that begins with one is none."""
    text = line.text.strip()
    if len(text) > _LONGEST and not line.style:
        return None
    if half := _HALF.match(text):
        return text[half.end() :].strip(" .:"), 0
    for pattern, level in _MARKS:
        mark = pattern.match(text)
        if mark is None or (level == 0 and text[0] != letter):
            continue
        words = text[mark.end() :].strip()
        if words and (line.style or not words.endswith((";", ","))):
            return words.rstrip(" .:"), level
    if line.numbering in _FORMATS and not text.endswith((";", ",")):
        return text.rstrip(" .:"), _FORMATS[line.numbering]
    return (text.rstrip(" .:"), line.style) if line.style else None


def _parts(heads: Sequence[_Head]) -> Iterator[OutlinePart]:
    levels = _levels([head.level for head in heads])
    contents = _contents([head.text for head in heads], levels)
    seen = {OPENING.key}
    for nth, (head, level) in enumerate(zip(heads, levels, strict=True)):
        what = contents.get(nth)
        yield OutlinePart(
            key=_key(head.text, seen),
            heading=head.text,
            level=level,
            takes=() if what is None else (Take(what=what),),
            hint=" ".join(head.below),
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


def _levels(given: Sequence[int]) -> list[int]:
    """The levels as an outline has them: below a half (0) the highest is 1, and none is left out."""
    order = sorted({level for level in given if level > 0})
    levels: list[int] = []
    above = 0
    for level in given:
        place = 0 if level == 0 else min(order.index(level) + 1, DEEPEST, above + 1)
        levels.append(place)
        above = place
    return levels


def _content(heading: str) -> Content:
    """What the heading says first: "Hạn chế, nguyên nhân" are the shortcomings."""
    words = fold(heading)
    matches = ((re.search(pattern, words), what) for pattern, what in _CONTENTS)
    found = [(match.start(), what) for match, what in matches if match is not None]
    return min(found, key=lambda one: one[0])[1] if found else Content.OWN


def _key(heading: str, seen: set[str]) -> str:
    plain = "-".join(slug(heading).split("-")[:_KEY_SYLLABLES]) or "phan"
    key, nth = plain, 2
    while key in seen:
        key, nth = f"{plain}-{nth}", nth + 1
    seen.add(key)
    return key
