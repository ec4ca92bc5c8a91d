"""The boxes of *Quản trị › Nội dung*: each says one key of a definition, and reads what was typed in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from nqcore.errors import N_, InputError, UnknownName
from nqcore.model.rule_names import NameInBraces
from nqcore.model.typed_periods import typed_period_code
from nqcore.text.dates import read_date, write_date
from nqcore.text.folding import fold, nfc
from nqcore.text.numbers import canonical, read_figure, write_for_box
from webforms.shared.context import workspace

Choices = Callable[[], list[tuple[str, str]]]
"""What can be chosen: values and words, asked when the page is made."""


class BoxType(StrEnum):
    """How a box is filled in, and what it says."""

    LINE = "line"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    BOUND = "bound"
    """A number; empty: none."""
    WHOLE = "whole"
    CHOICE = "choice"
    FLAG = "flag"
    """Yes or no, in words of its own."""
    TICKS = "ticks"
    INDICATORS = "indicators"
    """Labels or codes, between commas."""
    CODES = "codes"
    """Codes of answers, between commas."""
    FORMULA = "formula"
    PERIOD = "period"
    UNITS = "units"
    """Names or codes of units, one a line."""
    OPTIONS = "options"
    """What a unit may choose from, one a line."""


MANY_LINES = (BoxType.LONG, BoxType.UNITS, BoxType.OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentBox:
    """One box. `key` is the key of the definition that it says ("asks.kinds": one inside a table), and the
    name of its input. `fixed`: it is part of the id, so it stays as it is once the definition is there.
    `names`: those in braces that its text may have."""

    key: str
    label: str
    type: BoxType = BoxType.LINE
    hint: str = ""
    example: str = ""
    required: bool = False
    fixed: bool = False
    choices: Choices | None = None
    first: str = ""
    names: tuple[NameInBraces, ...] = ()


class NothingTyped(InputError):
    """A box that must not stay empty is empty."""

    code = "nothing-typed"
    template = N_("Enter something here: the box cannot stay empty.")


class UnknownUnitNames(InputError):
    """No unit of today, or more than one, has a name that was typed."""

    code = "unknown-unit-names"
    template = N_(
        "There is no unit “{names}”, or more than one has that name. Check the spelling, or write its code."
    )


class NotAWholeNumber(InputError):
    """A count is no number."""

    code = "not-a-whole-number"
    template = N_("“{text}” is no whole number. Enter digits only, for example 15.")


def read_box(box: ContentBox, texts: list[str], before: Mapping[str, Any], today: date) -> Any:
    """What the box says, as a definition file has it; None: nothing. `before` is what the definition says
    until now. Raises InputError or UnknownName with what to correct."""
    if box.type is BoxType.TICKS:
        return [one for one in texts if one] or None
    text = nfc(texts[0] if texts else "").replace("\r\n", "\n").strip()
    if not text:
        if box.required:
            raise NothingTyped
        return "none" if box.type is BoxType.BOUND else None
    read = _READERS.get(box.type)
    if read is not None:
        return read(text)
    if box.type is BoxType.DAY:
        return read_date(text, today=today)
    if box.type is BoxType.OPTIONS:
        return _options(text, before.get(box.key, ()))
    return text if box.type is BoxType.LONG else " ".join(text.split())


_GROUPS = re.compile(r"-?\d{1,3}([.\s]\d{3})+")


def _number(text: str) -> str:
    """A figure as offices write it; "1.310" has no decimals."""
    found = read_figure(text, decimals=0 if _GROUPS.fullmatch(text) else 6).value
    assert found is not None  # the text is not empty
    return canonical(found)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise NotAWholeNumber(text=text[:40])
    return int(text)


def _indicators(text: str) -> list[str]:
    names = [one for one in re.split(r"[,;\s]+", text) if one]
    return [workspace().catalogue.indicator(one).code for one in names]


def _units(text: str) -> list[str]:
    """The codes of units that are given by code or by name, with or without accents."""
    tree = workspace().obligations.tree(workspace().today)
    named: dict[str, list[str]] = {}
    for unit in tree.values():
        named.setdefault(fold(unit.name), []).append(unit.code)
    found, unknown = [], []
    for line in re.split(r"[\n;]+", text):
        typed = " ".join(line.split())
        codes = [typed] if typed in tree else named.get(fold(typed), [])
        if typed and len(codes) == 1:
            found += codes
        elif typed:
            unknown.append(typed)
    if unknown:
        raise UnknownUnitNames(names=", ".join(unknown))
    return found


def _options(text: str, before: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Options with their codes: one that was there keeps its own, since answers are kept by it."""
    codes = {one["text"]: one["code"] for one in before}
    used = {*codes.values()}
    found = []
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words:
            code = codes.get(words) or _free(used)
            used.add(code)
            found.append({"code": code, "text": words})
    return found


def _free(used: Iterable[str]) -> str:
    taken = {*used}
    return next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)


_READERS: Mapping[BoxType, Callable[[str], Any]] = {
    BoxType.NUMBER: _number,
    BoxType.BOUND: _number,
    BoxType.WHOLE: _whole,
    BoxType.INDICATORS: _indicators,
    BoxType.FLAG: lambda text: text == "true",
    BoxType.CODES: lambda text: [one for one in re.split(r"[,;\s]+", text) if one],
    BoxType.FORMULA: lambda text: workspace().content.formula(text),
    BoxType.PERIOD: lambda text: typed_period_code(text) or text,
    BoxType.UNITS: _units,
}


# -- and back --------------------------------------------------------------------------------------


def written(box: ContentBox, value: Any) -> str | list[str]:
    """What the definition says, as it is typed into the box."""
    if box.type is BoxType.TICKS:
        return [str(one) for one in value or ()]
    if value is None or (value == "none" and box.type is BoxType.BOUND):
        return ""
    if isinstance(value, date):
        return write_date(value)
    if box.type is BoxType.FLAG:
        return "true" if value else "false"
    if box.type in (BoxType.NUMBER, BoxType.BOUND):
        return write_for_box(Decimal(str(value)), 6)
    if box.type is BoxType.UNITS:
        names = [value] if isinstance(value, str) else value
        units = workspace().units
        return "\n".join(units[one].name if one in units else one for one in names)
    if box.type is BoxType.OPTIONS:
        return "\n".join(one["text"] for one in value)
    if box.type is BoxType.INDICATORS:
        return ", ".join(map(label_of, value))
    if box.type is BoxType.CODES:
        return ", ".join(value)
    return str(value)


def label_of(code: str) -> str:
    """The label of an indicator where no other has it; else its code."""
    catalogue = workspace().catalogue
    try:
        label = catalogue.indicators[code].label
        return label if catalogue.indicator(label).code == code else code
    except (KeyError, UnknownName):
        return code


def inside(table: Mapping[str, Any], key: str) -> Any:
    """What a table says at a key, which may be one inside another ("asks.kinds")."""
    found: Any = table
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def put_inside(table: dict[str, Any], key: str, value: Any) -> None:
    """Let a table say the value at such a key; None: it says nothing there."""
    *way, last = key.split(".")
    for part in way:
        if value is None and part not in table:
            return
        table[part] = {**table.get(part, {})}
        table = table[part]
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value
