"""The symbol of a document number (all after the figure): which part is the type, which the issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from nqcore.text.citations import lexer
from nqcore.text.citations.document_types import NOT_TYPES, canonical, is_type
from nqcore.text.citations.issuers import known_issuer, sure_issuer
from nqcore.text.citations.numbers import Style

LETTER_TYPE: Final = "CV"  # of a công văn, whose type the State does not print


_TYPED: Final = {
    "-/": Style.PARTY,
    "/-": Style.STATE,
    "//": Style.SLASHES,
    "--": Style.HYPHENS,
}
_TYPE_LAST: Final = {
    "/-": Style.TYPE_LAST,
    "-/": Style.TYPE_LAST_PARTY,
    "//": Style.TYPE_LAST_SLASHES,
    "--": Style.TYPE_LAST_HYPHENS,
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol. `known`: its issuer looks like an issuing body; `length`: its characters in the
    text."""

    year: str | None
    type: str | None
    issuer: str | None
    style: Style
    known: bool
    length: int

    @property
    def letter(self) -> bool:
        """Whether it has the form of a công văn: issuer and unit, no type."""
        return self.style in (Style.LETTER, Style.LETTER_HYPHEN)


class _Part(NamedTuple):
    mark: str  # before it: "-" or "/"
    group: str
    spaced: bool  # a space before the mark
    end: int


@lru_cache(maxsize=8192)
def read_symbol(raw: str, word_types: tuple[str, ...] | None) -> Symbol | None:
    """Type and issuer of `raw`, the text after the number (" - KL/TW", "/2020/NĐ-CP"); or None.

    `word_types` are the possible symbols of the type word before the number, if there is one. They
    distinguish a type at the end (747/TTg-QĐ) from a unit that looks like one (12/UBND-TH).
    """
    year, parts = _parts(raw)
    if not 0 < len(parts) < 10:
        return None
    if parts[0].group in NOT_TYPES and parts[0].group not in (word_types or ()):
        return None
    first = "/" if year is not None else parts[0].mark
    groups = [part.group for part in parts]
    if groups == ["CT"] and word_types and "CT" not in word_types:  # the Chairman: 327-CT
        return Symbol(year, None, "CT", _untyped_style(first), True, parts[0].end)
    named = word_types is not None and groups[0] in word_types
    if named or (is_type(groups[0]) and not _is_swapped(groups, word_types)):
        return _typed(parts, year, first)
    at = _late_type(groups, word_types)
    if at is not None:
        return _type_last(parts, at, year, first)
    if len(groups) > 1 and not known_issuer(groups[0]) and _body_follows(parts, first):
        return replace(_typed(parts, year, first), known=False)  # a type no list has: 15-ĐC/TU
    glued = _split_glued(groups[0])
    if glued is not None:
        rest = _joined(parts[1:])
        style = Style.STATE if first == "/" else Style.PARTY
        return Symbol(year, glued[0], glued[1] + rest, style, True, parts[-1].end)
    return _untyped(parts, year, first)


def _parts(raw: str) -> tuple[str | None, list[_Part]]:
    year: str | None = None
    parts: list[_Part] = []
    for m in lexer.PART.finditer(raw):
        mark = "/" if m[2] and m[2] in lexer.SLASHES else "-"
        group = m[3]
        head, _, tail = group.partition(".")
        if group.isdigit():
            year = group
        elif tail and not parts and head in ("QĐ", "NQ", "CT", "KH", "TB", "BC"):  # 45/QĐ.UB
            parts.append(_Part(mark, head, bool(m[1]), m.start(3) + len(head)))
            parts.append(_Part("-", canonical(tail), False, m.end()))
        else:
            parts.append(_Part(mark, canonical(group), bool(m[1]), m.end()))
    return year, parts


def _is_swapped(groups: list[str], word_types: tuple[str, ...] | None) -> bool:
    """Whether the first group is the issuer and the second the type named by the word before."""
    return bool(
        word_types
        and len(groups) > 1
        and groups[0] not in word_types
        and groups[1] in word_types
        and known_issuer(groups[0])
    )


def _late_type(groups: list[str], word_types: tuple[str, ...] | None) -> int | None:
    for at in (len(groups) - 1, 1):
        if not 1 <= at < len(groups) or not is_type(groups[at]):
            continue
        if groups[at] in (word_types or ("QĐ", "NQ", "NĐ", "TTLT")):
            return at
    return None


def _typed(parts: list[_Part], year: str | None, first: str) -> Symbol:
    type_, rest = parts[0].group, parts[1:]
    if not rest:
        style = Style.TYPE_ONLY if first == "/" else Style.TYPE_ONLY_HYPHEN
        return Symbol(year, type_, None, style, type_ == "SL", parts[0].end)
    kept = _kept(rest, joint=type_[-2:] in ("LT", "LB", "LN", "PH"))
    issuer = kept[0].group + _joined(kept[1:])
    style = _TYPED[first + kept[0].mark]
    return Symbol(year, type_, issuer, style, known_issuer(kept[0].group), kept[-1].end)


def _kept(rest: list[_Part], *, joint: bool) -> list[_Part]:
    """The groups of the issuer; a space before a dash ends the symbol (… 20-NQ/TW - BCH …)."""
    for at, part in enumerate(rest):
        if at and part.spaced and not (joint and known_issuer(part.group)):
            return rest[:at]
    return rest


def _joined(rest: list[_Part]) -> str:
    return "".join(part.mark + part.group for part in rest)


def _type_last(parts: list[_Part], at: int, year: str | None, first: str) -> Symbol:
    others = [part for index, part in enumerate(parts) if index != at]
    issuer = others[0].group + _joined(others[1:])
    style = _TYPE_LAST[first + parts[at].mark]
    known = known_issuer(others[0].group)
    return Symbol(year, parts[at].group, issuer, style, known, parts[-1].end)


def _body_follows(parts: list[_Part], first: str) -> bool:
    """Whether the second group is certainly an issuer."""
    second = parts[1]
    party = first == "-" and second.mark == "/" and known_issuer(second.group)
    return party or sure_issuer(second.group)


# Bodies whose abbreviation looks like a type followed by an issuer.
_NOT_GLUED: Final = frozenset(
    ["TTCP", "CTUBND", "TTUBND", "TTHĐND", "CTHĐND", "CTCP", "TTTU", "TTHU"]
)


def _split_glued(group: str) -> tuple[str, str] | None:
    """Type and issuer of "QĐUBND" or "NĐCP", whose hyphen was lost; or None."""
    if group in _NOT_GLUED:
        return None
    for cut in (4, 3, 2):
        type_, issuer = canonical(group[:cut]), canonical(group[cut:])
        if is_type(type_) and sure_issuer(issuer):
            return type_, issuer
    return None


def _untyped_style(first: str) -> Style:
    return Style.UNTYPED if first == "/" else Style.UNTYPED_HYPHEN


# Bodies whose decrees, decisions or laws have no type in their number.
_NUMBERED: Final = re.compile(r"CP|TTg|HĐBT|HĐCP|QH\d{0,2}|UBTVQH\d{0,2}|CT|CTN|LB|LN|TW|TU|HU")


def _untyped(parts: list[_Part], year: str | None, first: str) -> Symbol | None:
    kept = _kept(parts, joint=False)
    if len(kept[0].group) < 2:
        return None
    issuer = kept[0].group + _joined(kept[1:])
    known = known_issuer(kept[0].group)
    if len(kept) == 1 and _NUMBERED.fullmatch(issuer):
        return Symbol(year, None, issuer, _untyped_style(first), known, kept[-1].end)
    style = Style.LETTER if first == "/" else Style.LETTER_HYPHEN
    return Symbol(year, LETTER_TYPE, issuer, style, known, kept[-1].end)
