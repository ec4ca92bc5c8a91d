"""How one value of a definition is written into a cell, and read from it.

Text stands as it is; lists have one item on a line. What a cell cannot show in this way (a text with blanks
at its end, an item with a line break) is written as a definition file writes it, behind the word `toml:`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nqcore.catalogue.toml_table import Wrong
from nqcore.errors import N_, NqError, Phrase, Translate, in_a_row
from nqcore.files.spreadsheets import CellKind, SheetCell
from nqcore.text.characters import find_unstorable
from nqcore.text.dates import read_date, write_date
from nqcore.text.folding import fold, nfc
from nqcore.text.numbers import canonical, read_figure
from nqcore.workspace.content_files.columns import ContentColumn, Shape
from nqcore.workspace.content_files.languages import languages

AS_TOML = "toml:"
_ESCAPE_OF_XML = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DECIMALS = 12
YES, NO = "có", "không"
"""How a yes and a no are written, whatever the language."""
_YES = frozenset({"co", "yes", "true", "x"})
_NO = frozenset({"khong", "no", "false"})
_NONE = "none"
UNBOUND = N_("without a bound")
"""What a column of numbers has for a bound that there is not."""
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""A code that an office or a plugin may have given."""

Given = str | Decimal
"""What is written into a cell: a text, or a number."""


# -- writing ---------------------------------------------------------------------------------------


def cell_of(column: ContentColumn, value: Any, translate: Translate) -> Given:
    """What the cell of a column holds for a value as a definition file has it; what can be chosen
    stands there in the words of `translate`."""
    if isinstance(value, int) and not isinstance(value, bool) and column.shape in _NUMBERS:
        figure = Decimal(value)
        return figure if _fits(figure) else _escaped(value)
    if column.shape is Shape.NUMBER and value != _NONE:
        figure = Decimal(value)
        return figure if _fits(figure) and canonical(figure) == value else _escaped(value)
    text = _shown(column, value, translate)
    return text if text and _is_plain(text) and _reads_as(column, text, value) else _escaped(value)


def _reads_as(column: ContentColumn, text: str, value: Any) -> bool:
    """Whether the text is read as that value."""
    try:
        return bool(_read(column, text) == value)
    except Wrong:
        return False


_NUMBERS = (Shape.WHOLE, Shape.NUMBER)


def _fits(figure: Decimal) -> bool:
    """Whether a cell holds it exactly."""
    return len(figure.as_tuple().digits) <= 15 and Decimal(repr(float(figure))) == figure


def _is_plain(text: str) -> bool:
    """Whether a cell keeps the text as it is."""
    odd = find_unstorable(text) or "\r" in text or "\t" in text or _ESCAPE_OF_XML.search(text)
    return not odd and not text.startswith(AS_TOML)


def _shown(column: ContentColumn, value: Any, translate: Translate) -> str | None:
    """The value as people read it; None where it has no such form."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return write_date(value)
    if column.shape is Shape.TABLES:
        return ",\n".join(map(inline, value))
    if column.shape is Shape.NUMBER:
        return translate(UNBOUND)
    if isinstance(value, str):
        return column.shown(value, translate)
    if column.shape is Shape.SENTENCES and isinstance(value, Mapping):
        return "\n".join(
            f"{column.shown(case, translate)}: {words}" for case, words in value.items()
        )
    if column.shape is Shape.PAIRS:
        return "\n".join(" | ".join(_part(column, name, one) for name in one) for one in value)
    if not isinstance(value, list):
        return None
    return "\n".join(column.shown(str(one), translate) for one in value)


def _part(column: ContentColumn, name: str, pair: Mapping[str, Any]) -> str:
    value = pair[name]
    if isinstance(value, date):
        return write_date(value)
    return str(value).replace(".", ",") if dict(column.parts)[name] is Shape.NUMBER else str(value)


def _escaped(value: Any) -> str:
    return f"{AS_TOML} {inline(value)}"


def inline(value: Any) -> str:
    """A value as a definition file writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        marks = {found.start() for found in _ESCAPE_OF_XML.finditer(value)}
        letters = (_letter(each, nth in marks) for nth, each in enumerate(value))
        return f'"{"".join(letters)}"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {inline(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return value.isoformat() if isinstance(value, date) else str(value)


def _letter(letter: str, begins_escape: bool) -> str:
    """A letter of a text; one that a cell does not keep, or takes for the begin of an escape, as its code."""
    odd = letter in '"\\' or ord(letter) < 32 or ord(letter) == 127 or find_unstorable(letter)
    return f"\\U{ord(letter):08X}" if odd or begins_escape else letter


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else inline(key)


# -- reading ---------------------------------------------------------------------------------------


def value_of(column: ContentColumn, cell: SheetCell) -> Any:
    """The value in a cell that is not blank, as a definition file would have it. Raises Wrong."""
    if cell.kind is CellKind.ERROR:
        raise Wrong(
            Phrase(N_("is the error {error}"), {"error": cell.text}), Phrase(N_("type it again"))
        )
    if cell.shows_otherwise or cell.raised:
        shown = Phrase(N_("holds {text}, but shows something else"), {"text": cell.display.strip()})
        raise Wrong(shown, Phrase(N_("type there as text what is meant")))
    if cell.kind is CellKind.DATE and column.shape is not Shape.DAY:
        is_day = Phrase(N_("is the day {text}"), {"text": cell.text})
        raise Wrong(is_day, Phrase(N_("make the column text, and type it again")))
    if cell.kind in (CellKind.NUMBER, CellKind.PERCENT) and column.shape is Shape.NUMBER:
        return _exact(Decimal(cell.text))
    return _read(column, nfc(cell.text if cell.kind is CellKind.BOOLEAN else cell.display))


def _read(column: ContentColumn, text: str) -> Any:
    stripped = text.strip()
    if stripped.startswith(AS_TOML):
        return _toml(stripped.removeprefix(AS_TOML))
    if column.shape is Shape.TABLES:
        return _toml(f"[{stripped}]")
    if column.shape is Shape.LINES:
        return _lines(column, text)
    if column.shape is Shape.PAIRS:
        return [_pair(column, line) for line in text.splitlines() if line.strip()]
    if column.shape is Shape.SENTENCES:
        return dict(_sentence(column, line) for line in text.splitlines() if line.strip())
    return _chosen(column, stripped) if column.words else _one(column.shape, stripped)


def _lines(column: ContentColumn, text: str) -> list[str]:
    """One item a line; where something is chosen, also between semicolons, as the hint lists it."""
    mark = r"[\n;]" if column.words else r"\n"
    items = [item.strip() for item in re.split(mark, "\n".join(text.splitlines()))]
    return [_line(column, item) for item in items if item]


def _line(column: ContentColumn, text: str) -> str:
    found = column.code_of(text, languages())
    if found is None and column.words and not _CODE.fullmatch(text):
        raise _not_among(column, text)
    return found or text


def _chosen(column: ContentColumn, text: str) -> str:
    found = column.code_of(text, languages())
    if found is None:
        raise _not_among(column, text)
    return found


def _not_among(column: ContentColumn, text: str) -> Wrong:
    words = in_a_row(*map(Phrase, column.words.values()))
    known = Phrase(N_("choose one of: {words}"), {"words": words})
    return Wrong(Phrase(N_("is “{text}”"), {"text": text}), known)


def _one(shape: Shape, text: str) -> Any:
    if shape is Shape.DAY:
        return _day(text)
    if shape is Shape.FLAG:
        return _flag(text)
    if shape is Shape.WHOLE:
        return _whole(text)
    return _number(text) if shape is Shape.NUMBER else text


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(f"v = {text.strip()}\n")["v"]
    except (ValueError, RecursionError) as wrong:
        detail = Phrase(N_("cannot be read ({why})"), {"why": str(wrong)})
        raise Wrong(detail, Phrase(N_("write it as in a definition file"))) from wrong


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        day = read_date(text, today=date(2000, 1, 1))
    except NqError as wrong:
        raise Wrong(Phrase("{why}", {"why": wrong})) from wrong
    if str(day.year) not in text:
        raise Wrong(
            Phrase(N_("is “{text}”"), {"text": text}), Phrase(N_("write the year in four digits"))
        )
    return day


def _flag(text: str) -> bool:
    word = fold(text)
    if word not in _YES | _NO:
        raise Wrong(Phrase(N_("is “{text}”"), {"text": text}), Phrase(N_("write yes or no")))
    return word in _YES


def _whole(text: str) -> int:
    number = _number(text)
    if not isinstance(number, int):
        raise Wrong(Phrase(N_("is “{text}”"), {"text": text}), Phrase(N_("write a whole number")))
    return number


def _number(text: str) -> int | str:
    if fold(text) in {_NONE, *(fold(each(UNBOUND)) for each in languages())}:
        return _NONE
    try:
        found = read_figure(text, decimals=_DECIMALS).value
    except NqError as wrong:
        raise Wrong(Phrase("{why}", {"why": wrong})) from wrong
    return _exact(found) if found is not None else text


def _exact(figure: Decimal) -> int | str:
    whole = figure == figure.to_integral_value()
    return int(figure) if whole else canonical(figure)


def _pair(column: ContentColumn, line: str) -> dict[str, Any]:
    first, mark, second = line.partition("|")
    if not mark:
        raise Wrong(
            Phrase(N_("has the line “{line}” without “|”"), {"line": line.strip()}),
            Phrase(N_("write both parts with | between them")),
        )
    (one, shape), (other, its) = column.parts
    return {one: _one(shape, first.strip()), other: _one(its, second.strip())}


def _sentence(column: ContentColumn, line: str) -> tuple[str, str]:
    case, mark, words = line.partition(":")
    if not mark:
        raise Wrong(
            Phrase(N_("has the line “{line}” without a case"), {"line": line.strip()}),
            Phrase(N_("write the case, a colon and the sentence")),
        )
    return _chosen(column, case.strip()), words.strip()
