"""Names in tables beside the names that the office knows: units, also under a former or another kind of
name, and indicators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from nqcore.model.indicators import Indicator
from nqcore.model.units import Unit, UnitTree
from nqcore.text.folding import fold, nfc

_WORDS = re.compile(r"[a-z0-9%]+")
_SHORT: Mapping[str, str] = {
    "cty": "cong ty", "cp": "co phan", "cb": "che bien", "dntn": "doanh nghiep tu nhan",
    "dn": "doanh nghiep", "htx": "hop tac xa", "tt": "thi tran", "tx": "thi xa", "tp": "thanh pho",
    "bhxh": "bao hiem xa hoi", "bhyt": "bao hiem y te", "bhtn": "bao hiem that nghiep",
    "ldld": "lien doan lao dong", "cnld": "cong nhan lao dong", "nld": "nguoi lao dong",
    "cdcs": "cong doan co so", "cd": "cong doan", "dv": "doan vien", "ld": "lao dong",
}  # fmt: skip
"""Short forms of offices, without accents, in full."""
_BODIES = re.compile(
    r"^(?:ubnd|uy ban nhan dan|hdnd(?: ubnd)?|hoi dong nhan dan|dang uy|dang bo|uy ban mttq|ban chap hanh)\s+"
)
"""A body of a place: the figures of *UBND xã An Phú* are those of *Xã An Phú*."""
_KINDS = re.compile(
    r"^(?:xa|phuong|thi tran|thi xa|dac khu|huyen|quan|thanh pho|tinh|x|p|h"
    r"|cong ty (?:trach nhiem huu han|tnhh|co phan)(?: mot thanh vien| mtv)?|cong ty|doanh nghiep tu nhan"
    r"|hop tac xa)\s+"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NUMBER = re.compile(r"^\s*(?:[-+•*●]\s+|\(?(?:[0-9]{1,3}|[ivxIVX]{1,5}|[a-zA-ZđĐ])[.)]\s*)(?=\w)")
"""What numbers a name in a list: "1. An Phú", "a) An Phú"."""
_NOTES = re.compile(r"\((?:cu|moi|nay|truoc)[^)]*\)")
LIGHT = frozenset({
    "so", "nguoi", "luot", "trong", "ky", "tong", "cac", "va", "cua", "ty", "le", "do", "co", "duoc", "den",
    "cuoi", "tu", "theo", "nam", "quy", "tai", "o", "cho", "%",
})  # fmt: skip
"""Words that tell little of an indicator."""
_LIGHT_WEIGHT = 0.25
LIKELY = 0.55
"""How like an indicator must be to the words above a column, from 0 to 1, to be proposed."""
ALIKE = 0.6
"""How much of the name of a row, from 0 to 1, an indicator must have to be the one that is meant."""
MUCH_MORE = 0.4
"""By how much more another indicator must have of that name to stop a paste."""
_PROPOSED, _SIMILAR, _SIMILAR_INDICATOR = 4, 0.6, 0.3


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name without accents, short forms in full."""
    return tuple(
        word
        for one in _WORDS.findall(_NOTES.sub(" ", fold(text)))
        for word in _SHORT.get(one, one).split()
    )


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit that a name means: its `code`, or "" with `proposals`. `former`: the name is one that it had
    before."""

    code: str
    proposals: tuple[str, ...] = ()
    former: bool = False


class UnitNameIndex:
    """The units that a table may name, on the day `on`."""

    def __init__(self, tree: UnitTree, units: Iterable[Unit], on: date) -> None:
        self._tree = tree
        self._names: dict[tuple[str, ...], dict[str, bool]] = {}
        self._cores: dict[tuple[str, ...], dict[str, bool]] = {}
        self._spelled: dict[str, dict[str, set[str]]] = {}
        self._codes: dict[str, str] = {}
        self._successors: dict[tuple[str, ...], set[str]] = {}
        self._rivals: dict[tuple[str, ...], set[str]] = {}
        for unit in units:
            self._add(unit, on)
        for unit in tree.values():
            if unit.exists(on) and unit.code not in self._spelled:
                self._rivals.setdefault(_core(words_of(unit.name)), set()).add(unit.name)

    def _add(self, unit: Unit, on: date) -> None:
        self._codes[unit.code] = unit.code
        self._codes |= {f"{number}": unit.code for _scheme, number in unit.ids}
        now = self._tree.state(unit.code, on).name
        names = {state.name: state.name != now for state in self._tree.states(unit.code)}
        spelled = self._spelled.setdefault(unit.code, {})
        for name, former in ({now: False} | names).items():
            words = words_of(name)
            for word in _LETTERS.findall(nfc(name).casefold()):
                spelled.setdefault(fold(word), set()).add(_sound(word))
            if unit.exists(on):
                self._names.setdefault(words, {})[unit.code] = former
                self._cores.setdefault(_core(words), {})[unit.code] = former
            else:
                heir = self._tree.successor(unit.code)
                heirs = {unit.code} if heir is None else {heir, unit.code}
                self._successors.setdefault(words, set()).update(heirs)

    def match(self, text: str) -> UnitMatch:
        """The unit of that name or code. The same name of two units, and one that is only similar, is not
        decided here but proposed. So is one with other accents: "Tân Phù" may be no *Tân Phú*, also of a unit
        for which the account does not enter."""
        given = text.strip()
        if (code := self._codes.get(given.lower())) is not None:
            return UnitMatch(code)
        found = self._named(given)
        bare = _NUMBER.sub("", given)
        return self._named(bare) if bare != given and not found.code else found

    def _named(self, given: str) -> UnitMatch:
        words = words_of(given)
        bare = _without_body(words)
        for known, name in ((self._names, words), (self._names, bare), (self._cores, _core(bare))):
            alike = known.get(name, {}) if name else {}
            found = {code: it for code, it in alike.items() if not self._is_other(given, code)}
            if alike and not found:
                return UnitMatch("", tuple(alike))
            if len(found) == 1:
                ((code, former),) = found.items()
                if known is self._cores and _kind(bare) and _kind(bare) != self._kind_of(code):
                    return UnitMatch("", (code,))  # “Thị trấn An Phú” is not Xã An Phú
                if self._may_be_a_rival(given, code, _core(bare)):
                    return UnitMatch("", (code,))
                return UnitMatch(code, former=former)
            if found:
                return UnitMatch("", tuple(found))
        ended = self._successors.get(words) or self._successors.get(bare) or set()
        return UnitMatch("", tuple(dict.fromkeys([*sorted(ended), *self._similar(bare)])))

    def _is_other(self, text: str, code: str) -> bool:
        """Whether a word of the text has other accents than in every name of the unit. A word without any
        is the same: it was typed without accents."""
        spelled = self._spelled[code]
        words = _LETTERS.findall(nfc(text).casefold())
        return any(
            bare in spelled and word != bare and _sound(word) not in spelled[bare]
            for word, bare in ((word, fold(word)) for word in words)
        )

    def _may_be_a_rival(self, text: str, code: str, core: tuple[str, ...]) -> bool:
        """Whether a unit for which the account does not enter has the same name without accents, and the
        text does not say by its accents that it is not that."""
        own = {_sound(word) for words in self._spelled[code].values() for word in words}
        said = {_sound(word) for word in _LETTERS.findall(nfc(text).casefold())}
        for name in self._rivals.get(core, ()):
            theirs = {_sound(word) for word in _LETTERS.findall(nfc(name).casefold())}
            if theirs - own and not (own - theirs) & said:
                return True
        return False

    def _kind_of(self, code: str) -> str:
        return _kind(words_of(self._tree[code].name))

    def _similar(self, words: tuple[str, ...]) -> list[str]:
        """The units whose names are most like it, the most like first."""
        core = " ".join(_core(words))
        if not core or len(core) > 200:
            return []
        ranked = sorted(
            (
                (SequenceMatcher(None, core, " ".join(known)).ratio(), code)
                for known, codes in self._cores.items()
                for code in codes
            ),
            reverse=True,
        )
        return list(dict.fromkeys(code for like, code in ranked if like >= _SIMILAR))[:_PROPOSED]


class NamedUnit:
    """Whether words above figures name the unit of a report, or another one of its office."""

    def __init__(self, tree: UnitTree, own: str) -> None:
        above = {unit.code for unit in tree.ancestors(own)}
        self._names: dict[tuple[str, ...], set[str]] = {}
        for unit in tree.values():
            kind = "own" if unit.code == own else "above" if unit.code in above else "other"
            for name in {unit.name, *(state.name for state in tree.states(unit.code))}:
                self._names.setdefault(_without_body(words_of(name)), set()).add(kind)

    def head(self, text: str) -> int:
        """1: the head of a column names the unit, -1: another one, 0: none."""
        found = self._kinds(text)
        return 1 if "own" in found else -1 if found else 0

    def title(self, text: str) -> int:
        """The same of a line above a table, that may name the units above its own."""
        found = self._kinds(text)
        return 1 if "own" in found else -1 if "other" in found else 0

    def _kinds(self, text: str) -> set[str]:
        """The kinds of the units that a text names: in full, or by the name without its kind alone."""
        words = _without_body(words_of(text))
        line, core = f" {' '.join(words)} ", _core(words)
        found = [
            name
            for name in self._names
            if name
            and (
                (len(name) > 1 and f" {' '.join(name)} " in line)
                or core == _core(name)
                or words == name
            )
        ]
        # "Xã An Phú Đông" does not name Xã An Phú.
        longest = [
            one
            for one in found
            if not any(
                one != other and f" {' '.join(one)} " in f" {' '.join(other)} " for other in found
            )
        ]
        return {kind for name in longest for kind in self._names[name]}


def _sound(word: str) -> str:
    """A syllable with its tone at the end: "hoà" and "hòa" are one."""
    letters = unicodedata.normalize("NFD", word)
    tones = [mark for mark in letters if mark in _TONES]
    return nfc("".join(mark for mark in letters if mark not in _TONES)) + "".join(tones)


def _without_body(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_BODIES.sub("", " ".join(words)).split())


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the kind of the unit."""
    rest = _KINDS.sub("", " ".join(words))
    return tuple(rest.split()) or words


def _kind(words: tuple[str, ...]) -> str:
    found = _KINDS.match(" ".join(words) + " ")
    return found[0].strip() if found else ""


def likeness(text: str, indicator: Indicator) -> float:
    """How like the words of a table are to the indicator, from 0 to 1: all of the words above a column, or
    those right above it ("Kết quả thực hiện – Diện tích")."""
    return max(_likeness(part, indicator) for part in {text, text.rpartition(" – ")[2]})


def _likeness(text: str, indicator: Indicator) -> float:
    label = re.escape(indicator.label.lower())
    given = fold(text)
    if re.match(rf"{label}(?:[.):\s–-]|$)", given) or given == indicator.code.lower():
        return 1.0
    words = set(words_of(re.sub(r"\([^)]*\)", " ", text)))
    names = {indicator.name, indicator.short, indicator.name_in_text} - {""}
    return max((_overlap(words, set(words_of(name))) for name in names), default=0.0)


def named_share(text: str, indicator: Indicator) -> float:
    """How much of a text, from 0 to 1, the names and the measure of the indicator say, too: a row of a table
    often has the first words of a name only."""
    words = all_words(re.sub(r"\([^)]*\)", " ", text))
    names = (indicator.name, indicator.short, indicator.name_in_text, indicator.measure)
    own = all_words(" ".join(names))
    return _weight(words & own) / _weight(words) if words else 0.0


@lru_cache(maxsize=4096)
def all_words(text: str) -> frozenset[str]:
    """The words of a name, in any order."""
    return frozenset(words_of(text))


def _overlap(one: set[str], other: set[str]) -> float:
    total = _weight(one) + _weight(other)
    return 2 * _weight(one & other) / total if total else 0.0


def _weight(words: AbstractSet[str]) -> float:
    return sum(_LIGHT_WEIGHT if word in LIGHT else 1.0 for word in words)


def similar(text: str, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The indicators that are most like a text, to be proposed."""
    ranked = sorted(((likeness(text, one), one.code) for one in indicators), reverse=True)
    return tuple(code for like, code in ranked if like >= _SIMILAR_INDICATOR)[:_PROPOSED]
