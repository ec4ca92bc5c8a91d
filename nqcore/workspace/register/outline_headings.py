"""The headings of an outline with the instructions below each, and the lines that are neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nqcore.errors import N_, Phrase
from nqcore.model.outlines import DEEPEST
from nqcore.text.folding import fold, nfc
from nqcore.workspace.register.outline_lines import OutlineLine
from nqcore.workspace.register.outline_marks import (
    ITEM_KINDS,
    WORD_KINDS,
    HeadingMark,
    heading_and_instruction,
    is_bare,
    marks,
)
from nqcore.workspace.register.outline_series import Series

BEFORE = Phrase(N_("it stands before the outline"))
AFTER = Phrase(N_("it is of the signature or of an annex"))
NO_WORDS = Phrase(N_("it has no words"))
_PLACES = {
    "table": Phrase(N_("it is a row of a table of figures")),
    "contents": Phrase(N_("it is of the table of contents")),
}
_LONGEST = 200
"""A numbered paragraph that is longer is no heading."""
_ITEM_ENDS = (";", ",")
_HALVES = ("part", "chapter")
_TITLE = "de cuong"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutLine:
    """A line of the file that is neither a heading nor an instruction, and why."""

    text: str
    why: Phrase


@dataclass(slots=True)
class OutlineHead:
    """A heading: its words, its level as an outline has it, the instructions below it. `line`: as it stands
    in the file; `kind`: of which series its mark is."""

    text: str
    level: int
    line: str
    kind: str
    below: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ReadHeadings:
    """What was read: the title, the instructions before the first heading, the headings."""

    title: str = ""
    opening: list[str] = field(default_factory=list)
    heads: list[OutlineHead] = field(default_factory=list)
    left_out: list[LeftOutLine] = field(default_factory=list)


def read_headings(lines: Iterable[OutlineLine]) -> ReadHeadings:
    """Every line is a heading, a hint, part of the title, or left out with why."""
    found = ReadHeadings()
    given = [one._replace(text=nfc(one.text).strip()) for one in lines if one.text.strip()]
    begin, end = _title(given)
    found.title = " ".join(one.text for one in given[begin:end])
    found.left_out += [_left(one, BEFORE) for one in given[:begin]]
    reader = _HeadingReader(found)
    for line in _joined(given[end:]):
        reader.read(line)
    if not found.title:
        # Without a title it is the head of a letter.
        found.left_out[:0] = [LeftOutLine(text=text, why=BEFORE) for text in found.opening]
        found.opening = []
    found.heads = _levelled(found.heads)
    return found


def _left(line: OutlineLine, why: Phrase) -> LeftOutLine:
    return LeftOutLine(text=line.text, why=_PLACES.get(line.place, why))


def _title(lines: Sequence[OutlineLine]) -> tuple[int, int]:
    """Where the title begins and ends. The outline may come behind a letter or a plan: the last line in
    capitals that says that it is one begins it, else one above all headings."""
    plain = [
        nth
        for nth, one in enumerate(lines)
        if not one.place and not marks(one.text) and _TITLE in fold(one.text)
    ]
    begins = [nth for nth in plain if lines[nth].text.isupper()]
    if not begins:
        heads = (nth for nth, one in enumerate(lines) if one.style or marks(one.text))
        first = next(heads, len(lines))
        begins = [n for n in plain if n < first and fold(lines[n].text).startswith(_TITLE)][:1]
    if not begins:
        return 0, 0
    end = begins[-1] + 1
    if end < len(lines) and _is_title_below(lines[end]):
        end += 1
    return begins[-1], end


def _is_title_below(line: OutlineLine) -> bool:
    if line.style or line.place or marks(line.text) or line.text.startswith("("):
        return False
    return any(map(str.isalpha, line.text)) and len(line.text) <= _LONGEST


def _joined(lines: Iterable[OutlineLine]) -> Iterator[OutlineLine]:
    """The lines; a mark that stands alone has the words of the next line with it, and "Phần thứ nhất" all
    lines in capitals below it."""
    held: OutlineLine | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            sign = "" if not is_bare(held.text) or not held.text[-1].isalnum() else "."
            held = held._replace(
                text=f"{held.text}{sign} {line.text}", style=held.style or line.style
            )
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(held: OutlineLine, line: OutlineLine) -> bool:
    if held.place or line.place or marks(line.text) or not any(map(str.isalpha, line.text)):
        return False
    if is_bare(held.text):
        return True
    found = marks(held.text)
    titled = bool(found) and found[0].kind in WORD_KINDS and found[0].words.isupper()
    return titled and line.text.isupper() and line.style in (0, held.style)


class _HeadingReader:
    """Line by line. `items`: how far the lists below the last heading are numbered, by series."""

    def __init__(self, found: ReadHeadings) -> None:
        self._found = found
        self._series = Series()
        self._items: dict[str, int] = {}
        self._ended = False

    def read(self, line: OutlineLine) -> None:
        mark = self._series.chosen(marks(line.text))
        if line.place or not _has_words(line, mark):
            self._found.left_out.append(_left(line, NO_WORDS))
        elif self._ended or self._closes(line, mark):
            self._ended = True
            self._found.left_out.append(_left(line, AFTER))
        elif not self._takes(line, mark):
            heads = self._found.heads
            (heads[-1].below if heads else self._found.opening).append(line.text)

    def _closes(self, line: OutlineLine, mark: HeadingMark | None) -> bool:
        if mark is not None or line.style or not self._found.heads:
            return False
        words = fold(line.text)
        return words.startswith("noi nhan") or (
            line.text.isupper() and words.startswith(("phu luc", "bieu so"))
        )

    def _takes(self, line: OutlineLine, mark: HeadingMark | None) -> bool:
        """Whether the line is a heading; it is kept then."""
        if mark is None and not line.style:
            return False
        text, asked = heading_and_instruction(line.text if mark is None else mark.words)
        if mark is not None and not line.style and self._is_item(mark, text):
            return False
        if not line.style and len(text) > _LONGEST:
            return False
        if mark is not None and mark.kind in ITEM_KINDS:
            mark = None
        depth = self._series.place(mark, line.style)
        words = text.rstrip("".join(_ITEM_ENDS)) or line.text
        head = OutlineHead(words, depth, line.text, "" if mark is None else mark.kind)
        head.below += [asked] if asked else []
        self._found.heads.append(head)
        self._items = {}
        return True

    def _is_item(self, mark: HeadingMark, text: str) -> bool:
        """Whether it is of a list in an instruction: "1) việc một;" and what goes on with it."""
        if mark.kind in ITEM_KINDS:
            return True
        goes_on = mark.nth == self._items.get(mark.kind, -1) + 1
        ends = text.endswith(_ITEM_ENDS) and mark.nth != self._series.last(mark.kind) + 1
        begins = text.endswith(_ITEM_ENDS) and not self._series.last(mark.kind)
        if goes_on or ends or begins:
            self._items[mark.kind] = mark.nth
            return True
        return False


def _has_words(line: OutlineLine, mark: HeadingMark | None) -> bool:
    if mark is not None and mark.kind in WORD_KINDS:
        return True
    return any(map(str.isalnum, line.text if mark is None else mark.words))


def _levelled(heads: Sequence[OutlineHead]) -> list[OutlineHead]:
    """The headings with the levels of an outline: halves are 0, and letters with Roman numbers under them;
    all others begin at 1. What is deeper than an outline goes is a hint of the heading above it."""
    halves = {*_HALVES, *(("letter",) if _letters_hold_romans(heads) else ())}
    made: list[OutlineHead] = []
    first = 1
    for head in heads:
        if head.level == 0:
            first = 0 if head.kind in halves else 1
        head.level += first
        if head.level <= DEEPEST:
            made.append(head)
        else:
            made[-1].below += [head.line, *head.below]
    return made


def _letters_hold_romans(heads: Sequence[OutlineHead]) -> bool:
    above = ""
    for head in heads:
        if head.level == 0:
            above = head.kind
        elif above == "letter" and head.kind == "roman":
            return True
    return False
