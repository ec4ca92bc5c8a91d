"""One document number: `parse_number("20-NQ/TW")` and its inverse `str(...)`.

The Party writes number, hyphen, type, slash, issuer (``20-NQ/TW``); the State number, slash, type,
hyphen, issuer (``12/CT-TTg``, ``30/2020/NĐ-CP``); real texts mix both and older ones leave the type
out (``25/CP``) or put it last (``747/TTg-QĐ``). The style remembers which, so that a number prints
as it was written, cleaned of noise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from nqcore.errors import N_, InputError
from nqcore.text.citations import lexer
from nqcore.text.citations.kinds import NOT_TYPES, canonical, is_type, known_issuer


class DocumentNumberError(InputError):
    """A text that is not the number of one document."""

    code = "document-number"
    template = N_(
        "“{text}” is not a document number. "
        "Write number, type and issuer, for example 20-NQ/TW, 12/CT-TTg or 30/2020/NĐ-CP."
    )

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text)


class Style(StrEnum):
    """How the parts of a number are put together; the value shows the marks between them."""

    PARTY = "n-t/i"  # 20-NQ/TW
    STATE = "n/t-i"  # 12/CT-TTg, 30/2020/NĐ-CP
    SLASHES = "n/t/i"  # 01/2022/TTLT/BTC-BNV
    HYPHENS = "n-t-i"  # 20-NQ-TW
    TYPE_LAST = "n/i-t"  # 747/TTg-QĐ
    TYPE_LAST_PARTY = "n-i/t"  # 05-LĐTBXH/TT
    TYPE_LAST_SLASHES = "n/i/t"
    TYPE_LAST_HYPHENS = "n-i-t"
    LETTER = "n/i"  # 1518/BNG-NVVH: a công văn, whose type the State does not print
    LETTER_HYPHEN = "n-i"
    UNTYPED = "n/i "  # 25/CP, 45/2019/QH14
    UNTYPED_HYPHEN = "n-i "  # 206-CP
    TYPE_ONLY = "n/t"  # 15/SL
    TYPE_ONLY_HYPHEN = "n-t"


LETTER_TYPE: Final = "CV"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The parts of a document's number. `issuer` is everything beside the type (`BNG-NVVH`)."""

    number: str
    year: str | None
    type: str | None
    issuer: str | None
    style: Style

    @property
    def body(self) -> str | None:
        """The issuing body alone: the issuer's first group (`BNG` of `BNG-NVVH`)."""
        return self.issuer and re.split("[-/]", self.issuer)[0]

    def __str__(self) -> str:
        first = self.style.value[1]
        head = self.number if self.year is None else f"{self.number}{first}{self.year}"
        rest = self.style.value[1:].rstrip()
        parts = {"t": self.type or "", "i": self.issuer or ""}
        return head + "".join(parts.get(mark, mark) for mark in rest)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol read: what stands after the number. `length`: how much of the raw text it took."""

    year: str | None
    type: str | None
    issuer: str | None
    style: Style
    known: bool  # the issuer looks like one
    length: int


def parse_number(text: str) -> DocumentNumber:
    """Read one document number, however it is spaced; raises `DocumentNumberError`."""
    given = normalize("NFC", text).strip()
    given = re.sub(r"^(?:số|SỐ|Số)\s{0,9}:?\s{0,9}", "", given)
    head = lexer.NUMBER.match(given)
    tail = head and lexer.SYMBOL.match(given, head.end())
    if head is None or tail is None or tail.end() != len(given):
        raise DocumentNumberError(text=text)
    symbol = read_symbol(tail[0], None)
    if symbol is None or symbol.length != len(tail[0]):
        raise DocumentNumberError(text=text)
    return DocumentNumber(
        number=head[0],
        year=symbol.year,
        type=symbol.type,
        issuer=symbol.issuer,
        style=symbol.style,
    )


@lru_cache(maxsize=8192)
def read_symbol(raw: str, word_types: tuple[str, ...] | None) -> Symbol | None:
    """Type and issuer of `raw`, what follows the number (" - KL/TW", "/2020/NĐ-CP").

    `word_types` are the symbols that the type word before the number may carry, if there is one:
    they tell a type at the end (747/TTg-QĐ) from a unit that looks like one (12/UBND-TH).
    """
    year: str | None = None
    parts: list[tuple[str, str, bool, int]] = []  # separator, group, spaced before it, end
    for m in lexer.PART.finditer(raw):
        separator = "/" if m[2] and m[2] in lexer.SLASHES else "-"
        if m[3].isdigit():
            year = m[3]
        else:
            parts.append((separator, canonical(m[3]), bool(m[1]), m.end()))
    if not parts or parts[0][1] in NOT_TYPES:
        return None
    if year is not None:  # the separator that counts is the one after the year
        first = "/"
    else:
        first = parts[0][0]
    groups = [group for _, group, _, _ in parts]
    if groups == ["CT"] and word_types and "CT" not in word_types:  # the Chairman: 327-CT
        return Symbol(year, None, "CT", _untyped_style(first), True, parts[0][3])
    named = word_types is not None and groups[0] in word_types
    if (named or is_type(groups[0])) and not _is_swapped(groups, word_types):
        return _typed(parts, year, first)
    at = _late_type(groups, word_types)
    if at is not None:
        return _type_last(parts, at, year, first)
    if len(groups) > 1 and not known_issuer(groups[0]) and _is_body(parts, first):
        symbol = _typed(parts, year, first)  # a type that no list has: 15-ĐC/TU
        return replace(symbol, known=False)
    glued = _split_glued(groups[0])
    if glued is not None:
        type_, issuer = glued
        style = Style.STATE if first == "/" else Style.PARTY
        rest = _joined(parts[1:]) if len(parts) > 1 else ""
        return Symbol(year, type_, issuer + rest, style, True, parts[-1][3])
    return _untyped(parts, year, first)


_CAN_BE_UNITS: Final = frozenset({"TT", "KH", "CT", "TB", "KL", "HD", "BC", "QC", "CĐ", "DA", "L"})


def _is_swapped(groups: list[str], word_types: tuple[str, ...] | None) -> bool:
    """ "20-TC/TCT" cannot be told from a type; "05-CT/QĐ" with a word that wants QĐ can."""
    return bool(
        word_types
        and len(groups) > 1
        and groups[0] not in word_types
        and groups[1] in word_types
        and known_issuer(groups[0])
    )


def _late_type(groups: list[str], word_types: tuple[str, ...] | None) -> int | None:
    for at in (1, len(groups) - 1):
        if at < 1 or at >= len(groups) or not is_type(groups[at]):
            continue
        if word_types and groups[at] in word_types:
            return at
        if not word_types and groups[at] in ("QĐ", "NQ", "NĐ", "TTLT"):
            return at
    return None


def _typed(parts: list[tuple[str, str, bool, int]], year: str | None, first: str) -> Symbol:
    type_ = parts[0][1]
    rest = parts[1:]
    if not rest:
        style = Style.TYPE_ONLY if first == "/" else Style.TYPE_ONLY_HYPHEN
        return Symbol(year, type_, None, style, type_ == "SL", parts[0][3])
    joint = "LT" in type_ or "LB" in type_ or "LN" in type_ or "PH" in type_
    kept = _kept(rest, joint=joint)
    second = kept[0][0]
    style = {
        "-/": Style.PARTY,
        "/-": Style.STATE,
        "//": Style.SLASHES,
        "--": Style.HYPHENS,
    }[first + second]
    issuer = kept[0][1] + _joined(kept[1:])
    return Symbol(year, type_, issuer, style, known_issuer(kept[0][1]), kept[-1][3])


def _kept(
    rest: list[tuple[str, str, bool, int]], *, joint: bool
) -> list[tuple[str, str, bool, int]]:
    """The issuer's groups; a dash with a space before it ends a symbol (… 20-NQ/TW - BCH …)."""
    for at, (_, group, spaced, _) in enumerate(rest):
        if at and spaced and not (joint and known_issuer(group)):
            return rest[:at]
    return rest


def _joined(rest: list[tuple[str, str, bool, int]]) -> str:
    return "".join(separator + group for separator, group, _, _ in rest)


def _type_last(
    parts: list[tuple[str, str, bool, int]], at: int, year: str | None, first: str
) -> Symbol:
    others = [part for index, part in enumerate(parts) if index != at]
    issuer = others[0][1] + _joined(others[1:])
    style = {
        "/-": Style.TYPE_LAST,
        "-/": Style.TYPE_LAST_PARTY,
        "//": Style.TYPE_LAST_SLASHES,
        "--": Style.TYPE_LAST_HYPHENS,
    }[first + parts[at][0]]
    return Symbol(year, parts[at][1], issuer, style, known_issuer(others[0][1]), parts[-1][3])


def _is_body(parts: list[tuple[str, str, bool, int]], first: str) -> bool:
    """Is the second group surely an issuer?"""
    second = parts[1]
    party = first == "-" and second[0] == "/" and known_issuer(second[1])
    return party or _SURE.fullmatch(second[1]) is not None


def _untyped_style(first: str) -> Style:
    return Style.UNTYPED if first == "/" else Style.UNTYPED_HYPHEN


# Bodies whose abbreviation looks like a type and an issuer.
_NOT_GLUED: Final = frozenset("TTCP CTUBND TTUBND TTHĐND CTHĐND CTCP TTTU TTHU".split())


def _split_glued(group: str) -> tuple[str, str] | None:
    """ "QĐUBND" and "NĐCP": a hyphen that was lost."""
    if group in _NOT_GLUED:
        return None
    for cut in (4, 3, 2):
        type_, issuer = canonical(group[:cut]), canonical(group[cut:])
        if len(issuer) > 1 and is_type(type_) and _SURE.fullmatch(issuer.partition("-")[0]):
            return type_, issuer
    return None


_SURE: Final = re.compile(
    r"TW|TU|HU|ĐU|CP|TTg|VPCP|UBND|HĐND|CTUBND|UBTVQH\d*|TLĐ|LĐLĐ|TWĐTN|BCĐ[A-ZĐ]*"
    r"|B(?:LĐTBXH|GDĐT|KHĐT|VHTTDL|NNPTNT|TNMT|TTTT|KHCN|NNMT|GTVT|CT|XD|YT|NV|TP|TC|NG|QP|CA)"
)


def _untyped(
    parts: list[tuple[str, str, bool, int]], year: str | None, first: str
) -> Symbol | None:
    kept = _kept(parts, joint=False)
    issuer = kept[0][1] + _joined(kept[1:])
    known = known_issuer(kept[0][1])
    if len(kept[0][1]) < 2:
        return None
    letter = len(kept) > 1 or not _NUMBERED.fullmatch(kept[0][1])
    if letter:
        style = Style.LETTER if first == "/" else Style.LETTER_HYPHEN
    else:
        style = _untyped_style(first)
    return Symbol(year, LETTER_TYPE if letter else None, issuer, style, known, kept[-1][3])


# Bodies whose decrees, decisions and laws carried no type in the number.
_NUMBERED: Final = re.compile(r"CP|TTg|HĐBT|HĐCP|QH\d{0,2}|UBTVQH\d{0,2}|CT|CTN|LB|LN|TW|TU|HU")
