"""A citation found in a text, as data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Literal

from nqcore.text.citations.plenums import Plenum

Kind = Literal["party", "state", "union", "law"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One document cited at `start`..`end` of a text. A part that the text does not give is None.

    `type` is the symbol (NQ, KL, QĐ …) or Luật, Bộ luật, Pháp lệnh. `partial`: the number has no
    symbol ("KL 80"). `mismatch`: the word before the number names another type than the symbol
    ("Chương trình hành động số 13-NQ/TU"). `plenum`: the meeting by which a document without a number is
    named ("Nghị quyết Trung ương 6 khóa X").

    >>> (cited,) = nqcore.find_citations("theo Nghị quyết số 20-NQ/TW ngày 28/01/2008")
    >>> cited.number, cited.type, cited.issuer, str(cited.date)
    ('20', 'NQ', 'TW', '2008-01-28')
    """

    text: str
    start: int
    end: int
    number: str | None
    year: str | None
    type: str | None
    issuer: str | None
    date: date | None
    kind: Kind | None
    partial: bool
    mismatch: bool
    plenum: Plenum | None = None


# The constructor of a frozen dataclass sets its fields by name, which costs more than twice as much
# as setting the slots directly; one large text can have a hundred thousand citations.
_SLOTS: Final[tuple[Any, ...]] = tuple(getattr(Citation, f.name).__set__ for f in fields(Citation))
(
    _text, _start, _end, _number, _year, _type, _issuer, _date, _kind, _partial, _mismatch, _plenum,
) = _SLOTS  # fmt: skip


def make_citation(
    text: str, start: int, end: int, number: str | None, year: str | None, type_: str | None,
    issuer: str | None, when: date | None, kind: Kind | None, partial: bool, mismatch: bool,
    plenum: Plenum | None,
) -> Citation:  # fmt: skip
    """A citation with these fields; the same as the constructor, but faster."""
    made: Citation = object.__new__(Citation)
    _text(made, text)
    _start(made, start)
    _end(made, end)
    _number(made, number)
    _year(made, year)
    _type(made, type_)
    _issuer(made, issuer)
    _date(made, when)
    _kind(made, kind)
    _partial(made, partial)
    _mismatch(made, mismatch)
    _plenum(made, plenum)
    return made
