"""Rows: which of them is a unit, and which is a group, a total or a note between the units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from nqcore.model.unit_kinds import UnitKindDefinition
from nqcore.text.folding import nfc
from nqcore.workspace.unit_list.columns import ListHeading, Row
from nqcore.workspace.unit_list.kind_words import KindWords, without_number

_TOTAL = re.compile(
    r"(tổng cộng|tổng số|cộng|tổng)\s*(?:[:(.\d].*)?|(tổng cộng|tổng số)\b.*"
    r"|(?:(?:tổng )?cộng )?toàn (?:huyện|tỉnh|xã|thị xã|thành phố|ngành|khối)[:.]?"
)
_NUMBER = re.compile(r"^\(?[0-9]{1,3}[.)]\s*(?=[^\W\d_])")
"""The number of a unit in front of its name: "1. Xã An Phú"."""
_NOTE = re.compile(r"(?:kính gửi|nơi nhận|ghi chú|người lập)\b.*")
"""To whom the list is sent, and who made it."""
_PART = re.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)]?")
"""The number of a part, where those of units are 1, 2, 3."""


class RowKind(Enum):
    """What a row is."""

    UNIT = auto()
    HEAD = auto()
    """A unit whose own units stand in the rows below it: "I. Huyện Tân Hòa"."""
    GROUP = auto()
    """The name of a group of units: "Khối xã"."""
    TOTAL = auto()
    OTHER = auto()
    """Something else: a note, who signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row below the heading. `of_group` is the kind that the group above it says."""

    number: int
    what: RowKind
    name: str
    code: str = ""
    kind: str = ""
    parent: str = ""
    sector: str = ""
    of_group: UnitKindDefinition | None = None
    head: str = ""
    """The name of the unit whose group it stands in."""


def list_rows(rows: Sequence[Row], heading: ListHeading, kinds: KindWords) -> Iterator[ListRow]:
    """The rows below the heading, each with what it is and the group it stands in."""
    group: UnitKindDefinition | None = None
    head = ""
    for number, cells in rows[heading.rows :]:
        row = _read(number, cells, heading, kinds)
        if row.what is RowKind.GROUP:
            group, head = kinds.of_group(row.name), ""
        elif row.what is RowKind.HEAD:
            group, head = None, row.name
        elif row.what is RowKind.UNIT:
            name = _NUMBER.sub("", row.name)
            row = replace(row, name=name, of_group=group, head=head)
        yield row


def _read(number: int, cells: Sequence[str], heading: ListHeading, kinds: KindWords) -> ListRow:
    filled = [nfc(cell).strip() for cell in cells if cell.strip()]
    if heading.named_only:
        return ListRow(number=number, what=_named(filled[0], "", True, kinds), name=filled[0])
    given = _given(cells, heading.columns)
    nth = given.pop("number", "")
    alone = [text for text in filled if text != nth] or filled
    if len(alone) > 1:
        name = given.get("name", "")
        total = next((text for text in filled if _TOTAL.fullmatch(text.casefold())), "")
        if total and not (given.get("code") or given.get("kind")):
            return ListRow(number=number, what=RowKind.TOTAL, name=total)
        return ListRow(
            number=number,
            what=RowKind.UNIT,
            name=name,
            code=given.get("code", ""),
            kind=given.get("kind", ""),
            parent=given.get("parent", ""),
            sector=given.get("sector", ""),
        )
    numbered = "number" in heading.columns
    bare = numbered and not nth.rstrip(".)").isdigit()
    only_names = set(heading.columns) <= {"number", "name"}
    what = _named(alone[0], nth, only_names and not bare, kinds, bare)
    if what is RowKind.HEAD and "kind" in heading.columns and not _has_own_name(alone[0]):
        what = RowKind.GROUP  # units have their kind in its column
    if what is RowKind.UNIT and bare:
        what = RowKind.HEAD
    if what is RowKind.OTHER and nth and not bare:
        what = RowKind.UNIT  # it has a number as units have: its kind is missing
    # With a code and nothing else it is a unit whose name is missing.
    if given.get("code") == alone[0]:
        return ListRow(number=number, what=RowKind.UNIT, name="", code=alone[0])
    name = without_number(alone[0]) if what is RowKind.HEAD else alone[0]
    return ListRow(number=number, what=what, name=name)


def _has_own_name(text: str) -> bool:
    """Whether a later word begins with a capital, as in "Huyện Tân Hòa": "Trường học, trạm y tế" names what
    the units are."""
    return any(word[:1].isupper() for word in without_number(text).split()[1:])


def _given(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {key: nfc(cells[at]).strip() if at < len(cells) else "" for key, at in columns.items()}


def _named(text: str, nth: str, is_unit: bool, kinds: KindWords, bare: bool = False) -> RowKind:
    """What a row with nothing but the text, and the number `nth`, is. `is_unit`: a row of the list usually
    has no more than a name; `bare`: it has no number as units have."""
    if _TOTAL.fullmatch(text.casefold()):
        return RowKind.TOTAL
    if _NOTE.fullmatch(text.casefold()):
        return RowKind.OTHER
    if kinds.is_group(text) or (bare and kinds.of_group(text) is not None):
        return RowKind.GROUP
    if kinds.of_name(without_number(text)) is not None or is_unit:
        return RowKind.HEAD if _PART.fullmatch(nth) else RowKind.UNIT
    return RowKind.GROUP if _PART.fullmatch(nth) else RowKind.OTHER
