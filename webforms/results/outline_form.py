"""The form in which an outline (*đề cương*) is looked over and changed: a row for each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from nqcore.analysis.report.blocks import numbered
from nqcore.model.directives import Directives
from nqcore.model.outlines import (
    CONTENT_WORDS,
    DEEPEST,
    Content,
    Outline,
    OutlinePart,
    Take,
    part_key,
)
from nqcore.model.periods import PeriodKind
from nqcore.model.reports import Heading
from nqcore.text.folding import nfc
from nqcore.text.printable import printable
from webforms.shared.language import _
from webforms.shared.posted import whole_number

KEPT = "giu"
"""In place of a content: what the part takes in stays as it is."""
EMPTY_ROWS = 3
"""So many rows without a heading stand at the end, for parts that are added."""
CHOICES = tuple(what for what in Content if what is not Content.TABLE)
"""What can be chosen; a table names its forms, so it stays as it is."""
LEVELS = {0: "Phần", 1: "I-", 2: "1.", 3: "a)"}
"""What stands before the heading of each level."""
_BEHIND = {0: ".", 1: "-", 2: ".", 3: ")"}
"""What stands behind the number of a heading."""
OUTLINE_PERIODS = (
    *(PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS),
    *(PeriodKind.YEAR, PeriodKind.SPAN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """A part as it stands in the form. `content`: the value of what it takes in, `KEPT`, or "" for nothing;
    `kept`: what it takes in where that cannot be chosen in the form. `order`: as it was typed."""

    nth: int
    key: str = ""
    order: str = ""
    level: int = 1
    heading: str = ""
    content: str = ""
    kept: str = ""
    hint: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineForm:
    """The whole form. `id` is that of the outline, `base` the number of the office's own one that was shown
    (0: there was none), `directives` and `periods` say whose reports have it."""

    id: str
    base: int
    title: str
    rows: tuple[OutlineRow, ...]
    directives: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def printed(self) -> list[tuple[int, str]]:
        """The headings as a paper has them: level and words."""
        heads = [
            Heading(row.heading, row.level) for row in self.rows if row.heading and not row.dropped
        ]
        return [
            (block.level, f"{number}{_BEHIND[block.level]} {printable(block.text)}")
            for number, block in numbered(heads)
            if isinstance(block, Heading)
        ]


def form_of(outline: Outline, base: int) -> OutlineForm:
    """The form of an outline that is stored, or was read out of a file."""
    rows = [_row(nth, part) for nth, part in enumerate(outline.parts, 1)]
    return OutlineForm(
        id=outline.id,
        base=base,
        title=outline.title,
        rows=(*rows, *_empty(len(rows))),
        directives=outline.default_for,
        periods=tuple(one.value for one in outline.periods),
    )


def _empty(after: int) -> Iterator[OutlineRow]:
    for nth in range(after + 1, after + 1 + EMPTY_ROWS):
        yield OutlineRow(nth=nth, order=str(nth))


def _row(nth: int, part: OutlinePart) -> OutlineRow:
    simple = len(part.takes) < 2 and all(
        take == Take(what=take.what) and take.what in CHOICES for take in part.takes
    )
    what = part.takes[0].what.value if part.takes else ""
    return OutlineRow(
        nth=nth,
        key=part.key,
        order=str(nth),
        level=part.level,
        heading=part.heading,
        content=what if simple else KEPT,
        kept="" if simple else "; ".join(_(CONTENT_WORDS[take.what]) for take in part.takes),
        hint=part.hint,
    )


def posted_outline_form(given: MultiDict[str, str], known: Mapping[str, Outline]) -> OutlineForm:
    """The form as it was sent."""
    id = given.get("ma", "")
    rows = [_posted_row(nth, given, known.get(id)) for nth in _numbers(given)]
    return OutlineForm(
        id=id,
        base=whole_number(given.get("so")) or 0,
        title=nfc(given.get("ten", "")),
        rows=tuple(rows),
        directives=tuple(given.getlist("van_ban")),
        periods=tuple(given.getlist("loai_ky")),
    )


def _numbers(given: MultiDict[str, str]) -> list[int]:
    """The numbers of the rows, in the order of the form."""
    found = (whole_number(name.partition(".")[2]) for name in given if name.startswith("muc."))
    return sorted({nth for nth in found if nth is not None})


def _posted_row(nth: int, given: MultiDict[str, str], stored: Outline | None) -> OutlineRow:
    level, key = whole_number(given.get(f"cap.{nth}")), given.get(f"khoa.{nth}", "")
    part = stored.part(key) if stored is not None else None
    return OutlineRow(
        nth=nth,
        key=key,
        order=given.get(f"tt.{nth}", ""),
        level=1 if level is None or level > DEEPEST else level,
        heading=" ".join(nfc(given.get(f"muc.{nth}", "")).split()),
        content=given.get(f"nd.{nth}", ""),
        kept=_row(nth, part).kept if part is not None else "",
        hint=nfc(given.get(f"goi_y.{nth}", "")).replace("\r\n", "\n"),
        dropped=bool(given.get(f"bo.{nth}")),
    )


def outline_of_form(
    form: OutlineForm, known: Mapping[str, Outline], directives: Directives
) -> Outline:
    """The outline that the form says: its rows in the order of their numbers, without those that were left
    empty or taken out. What the form does not show stays as the outline of that id has it."""
    stored = known.get(form.id) or Outline(id=form.id, title="", parts=())
    used = [row for row in form.rows if not row.dropped and (row.heading or row.content)]
    keys = {row.key for row in used if row.key}
    parts = []
    for row in sorted(used, key=_place):
        part = _part(row, stored, keys)
        keys.add(part.key)
        parts.append(part)
    kinds = [one for one in PeriodKind if one.value in form.periods]
    whose = tuple(directives[one].id for one in form.directives)
    return replace(
        stored,
        title=" ".join(form.title.split()),
        parts=tuple(parts),
        default_for=whose,
        periods=tuple(kinds) if whose else (),
    )


def _place(row: OutlineRow) -> tuple[int, int]:
    order = whole_number(row.order)
    return (row.nth if order is None else order, row.nth)


def _part(row: OutlineRow, stored: Outline, keys: set[str]) -> OutlinePart:
    old = stored.part(row.key) if row.key else None
    takes: tuple[Take, ...] = ()
    if row.content == KEPT and old is not None:
        takes = old.takes
    elif row.content in {what.value for what in CHOICES}:
        takes = (Take(what=Content(row.content)),)
    return OutlinePart(
        key=row.key or part_key(row.heading, keys),
        heading=row.heading,
        level=row.level,
        takes=takes,
        offers=old.offers if old is not None else (),
        hint=row.hint.strip(),
    )
