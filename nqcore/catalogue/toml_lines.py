"""Where each table and key of a TOML text is: the line numbers that `tomllib` does not give.

    find_lines(text)             the line of every table, key and item of a list
    parse_without_broken(text)   the tables of a text that is no TOML; all mistakes of syntax at once

This module is imported only for a file with a mistake. Its scanner knows where a statement, a string and a
list end, and never what they mean.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from nqcore.catalogue.toml_text import ParsedToml, Place, TomlSyntaxMistake

MAX_REPAIRS = 20
"""How many statements that are right alone but wrong together (a table twice) are looked for."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]}#\"'\[{=]+(?: [0-9:.+-]+)?")  # a number, true, a day with a time
_BEGINS = re.compile(r"[ \t]*(?:\[|#|\r?$|(?:[A-Za-z0-9_.\- \t]+|\"[^\"\n]*\"|'[^'\n]*')=)")
_LINE = re.compile(r"\(at line (\d+), column \d+\)$|\(at end of document\)$")


class _Unreadable(Exception):
    """The scanner does not understand the statement."""


@dataclass(slots=True)
class _Statement:
    """One header ``[a.b]`` or one ``key = value``; `end` is where the next one may begin."""

    start: int
    end: int
    header: bool
    place: Place
    readable: bool
    lines: dict[Place, int] = field(default_factory=dict)


def find_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every place in a text that `tomllib` reads."""
    found: dict[Place, int] = {}
    for statement in _Scanner(text).statements():
        for place, line in statement.lines.items():
            found.setdefault(place, line)
    return found


def parse_without_broken(text: str, first: ValueError) -> ParsedToml:
    """The tables of a text that `tomllib` refuses with `first`, without the statements that are no TOML."""
    repair = _Repair(text)
    repair.leave_out_broken()
    for _ in range(MAX_REPAIRS):
        rest = repair.rest()
        try:
            table = tomllib.loads(rest)
        except ValueError as wrong:
            if not repair.leave_out_line(wrong):
                break
        else:
            return ParsedToml(rest, table, tuple(repair.mistakes), frozenset(repair.unread))
    line = _line_of(first) or text.count("\n") + 1
    mistakes = repair.mistakes or [TomlSyntaxMistake(line, str(first))]
    return ParsedToml("", {}, tuple(mistakes), frozenset(repair.unread))


class _Repair:
    """A text from which statements with a mistake are left out, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scanner = _Scanner(text)
        self._statements = list(self._scanner.statements())
        self._left_out: set[int] = set()
        self.mistakes: list[TomlSyntaxMistake] = []
        self.unread: set[Place] = set()

    def leave_out_broken(self) -> None:
        """Leave every statement out that is no TOML when it is read alone."""
        for nth, each in enumerate(self._statements):
            wrong = _broken(self._text[each.start : each.end])
            if wrong is not None:
                start = self._scanner.line(each.start)
                self.mistakes.append(_mistake(wrong, start, each.readable))
                self._leave_out(nth)

    def leave_out_line(self, wrong: ValueError) -> bool:
        """Leave the statement out at whose line `tomllib` found `wrong`: one that is right alone, but
        contradicts another one. False if there is none."""
        line = _line_of(wrong)
        for nth, each in enumerate(self._statements):
            first, last = self._scanner.line(each.start), self._scanner.line(each.end - 1)
            if line is not None and first <= line <= last and nth not in self._left_out:
                self.mistakes.append(TomlSyntaxMistake(first, str(wrong)))
                self._leave_out(nth)
                return True
        return False

    def _leave_out(self, nth: int) -> None:
        self._left_out.add(nth)
        self.unread.add(self._statements[nth].place)
        if self._statements[nth].header:
            # Its keys would belong to the table before it.
            for after in range(nth + 1, len(self._statements)):
                if self._statements[after].header:
                    break
                self._left_out.add(after)

    def rest(self) -> str:
        """The text with only the line ends of the statements that are left out."""
        pieces, at = [], 0
        for nth in sorted(self._left_out):
            each = self._statements[nth]
            pieces.append(self._text[at : each.start])
            pieces.append("\n" * self._text.count("\n", each.start, each.end))
            at = each.end
        return "".join(pieces) + self._text[at:]


def _broken(statement: str) -> ValueError | None:
    """What is wrong with one statement alone."""
    try:
        tomllib.loads(statement)
    except ValueError as wrong:
        return wrong
    return None


def _mistake(wrong: ValueError, start: int, readable: bool) -> TomlSyntaxMistake:
    """The mistake of a statement that begins in line `start`; the message counts from there."""
    # In an open string or list the end of the statement says nothing: its first line is named.
    inside = (_line_of(wrong) or 1) if readable else 1
    line = start + inside - 1
    return TomlSyntaxMistake(line, _LINE.sub(f"(line {line})", str(wrong)))


def _line_of(wrong: ValueError) -> int | None:
    found = _LINE.search(str(wrong))
    return int(found[1]) if found and found[1] else None


class _Scanner:
    """Walks over a text statement by statement."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._at = 0
        self._table: Place = ()
        self._counts: dict[Place, int] = {}
        self._lines: dict[Place, int] = {}

    def line(self, at: int) -> int:
        """The line of a position."""
        return bisect_right(self._ends, at - 1) + 1

    def statements(self) -> Iterator[_Statement]:
        """Every statement. One that the scanner does not understand ends before the next line that looks
        like the begin of a statement."""
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return
            start = self._at
            header = self._text[start] == "["
            self._lines = {}
            counts = dict(self._counts) if header else self._counts
            if header:
                self._table = ()
            place = self._table
            readable = True
            try:
                place = self._header() if header else self._pair()
                if not _REST_OF_LINE.match(self._text, self._at):
                    raise _Unreadable
            except _Unreadable:
                readable = False
                place = self._table
                # A table whose header is left out is not counted.
                self._counts = counts
                if not header and (key := _KEY.match(self._text, start)):
                    place = (*self._table, key[0].strip("\"'"))
                self._next_statement(start)
            self._skip(_REST_OF_LINE)
            yield _Statement(start, self._at, header, place, readable, self._lines)

    def _next_statement(self, start: int) -> None:
        """Go to the next line after `start` that looks like the begin of a statement."""
        self._at = start
        while self._at < len(self._text):
            end = self._text.find("\n", self._at)
            if end < 0:
                self._at = len(self._text)
                return
            self._at = end + 1
            until = self._text.find("\n", self._at)
            if _BEGINS.match(self._text[self._at : until if until >= 0 else None]):
                return

    def _skip(self, what: re.Pattern[str]) -> str:
        found = what.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _take(self, mark: str) -> bool:
        """Whether `mark` is next; then it is passed."""
        found = self._text.startswith(mark, self._at)
        if found:
            self._at += len(mark)
        return found

    def _want(self, mark: str) -> None:
        if not self._take(mark):
            raise _Unreadable

    def _note(self, place: Place, start: int) -> None:
        self._lines.setdefault(place, self.line(start))

    def _keys(self) -> list[str]:
        """A key with its dots, as its parts."""
        parts = []
        while True:
            self._skip(_SPACE)
            part = self._skip(_KEY)
            if not part:
                raise _Unreadable
            parts.append(_name(part))
            self._skip(_SPACE)
            if not self._take("."):
                return parts

    def _header(self) -> Place:
        start = self._at
        self._want("[")
        many = self._take("[")
        parts = self._keys()
        place: Place = ()
        for nth, part in enumerate(parts):
            place = (*place, part)
            self._note(place, start)
            last = nth == len(parts) - 1
            if last and many:
                self._counts[place] = self._counts.get(place, 0) + 1
            if place in self._counts and (many or not last):
                place = (*place, self._counts[place] - 1)
                self._note(place, start)
        self._table = place
        self._want("]")
        if many:
            self._want("]")
        return place

    def _pair(self, table: Place | None = None) -> Place:
        start = self._at
        place = self._table if table is None else table
        for part in self._keys():
            place = (*place, part)
            self._note(place, start)
        self._want("=")
        self._skip(_SPACE)
        self._value(place)
        return place

    def _value(self, place: Place) -> None:
        if self._take("["):
            self._list(place)
        elif self._take("{"):
            self._inline_table(place)
        elif not self._skip(_STRING) and not self._skip(_BARE):
            raise _Unreadable

    def _list(self, place: Place) -> None:
        nth = 0
        while True:
            self._skip(_BLANK)
            if self._take("]"):
                return
            self._note((*place, nth), self._at)
            self._value((*place, nth))
            nth += 1
            self._skip(_BLANK)
            if not self._take(","):
                self._want("]")
                return

    def _inline_table(self, place: Place) -> None:
        self._skip(_SPACE)
        if self._take("}"):
            return
        while True:
            self._skip(_SPACE)
            self._pair(place)
            self._skip(_SPACE)
            if not self._take(","):
                self._want("}")
                return


def _name(key: str) -> str:
    """A part of a key without its quotes."""
    if key[:1] == "'":
        return key[1:-1]
    if key[:1] != '"':
        return key
    (name,) = tomllib.loads(f"{key} = 0")
    return name
