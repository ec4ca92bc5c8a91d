"""Which things have the words that were typed. Accents and the order of words make no difference.

Each word that was typed begins a word of the thing. The best answer comes first: the code itself, then names
that begin so, then the same words in this order, then in another, then beginnings of words; of equal ones
those with the accents that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nqcore.collection.obligations import Obligations
from nqcore.collection.search.entries import Entry, Found, entry, spaced, words_of
from nqcore.errors import Translate
from nqcore.model.forms import Form
from nqcore.model.period_names import period_name
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.submissions import submission_id

_PERIODS = 60
"""So many of the newest periods of a form can be named."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as words."""

    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """The words without accents."""
        return words_of(self.text)

    @property
    def spelled(self) -> tuple[str, ...]:
        """The words as they were typed."""
        return tuple(self.text.casefold().split())


def find(query: Query, things: Iterable[Entry]) -> tuple[Entry, ...]:
    """The things that have every word, the best first."""
    words, spelled = query.words, query.spelled
    if not words:
        return ()
    starts = [f" {word}" for word in words]
    found = [one for one in things if all(start in one.folded for start in starts)]
    ranks = {id(one): _rank(one, words, spelled) for one in found}
    return tuple(sorted(found, key=lambda one: ranks[id(one)]))


def _rank(one: Entry, words: Sequence[str], spelled: Sequence[str]) -> tuple[int, int, int]:
    """A smaller one is a better answer; of equal ones the shorter name."""
    other = sum(word not in one.spelled for word in spelled)
    return _nearness(one, words), other, len(one.folded)


def _nearness(one: Entry, words: Sequence[str]) -> int:
    if tuple(words) == words_of(one.id):
        return 0
    if one.folded.startswith(spaced(words)):
        return 1
    if f"{spaced(words)} " in f"{one.folded} ":
        return 2
    parts = set(one.folded.split())
    return 3 if all(word in parts for word in words) else 4


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period of a form, its name for people, and the words that mean it: "quy", "iii", "2018", "q3"."""

    form: Form
    period: Period
    name: str

    @property
    def words(self) -> frozenset[str]:
        """Its words without accents."""
        numbered = f"q{(self.period.end.month + 2) // 3} {(self.period.end.month + 2) // 3}"
        short = numbered if self.period.kind is PeriodKind.QUARTER else ""
        return frozenset(words_of(f"{self.name} {self.period.code} {short}"))


def named_periods(
    forms: Iterable[Form], obligations: Obligations, today: date, translate: Translate
) -> tuple[NamedPeriod, ...]:
    """The newest periods of the forms, the newest first."""
    found = [
        NamedPeriod(form, period, period_name(period, translate))
        for form in forms
        for period in obligations.current_periods(form, today, _PERIODS)
    ]
    return tuple(sorted(found, key=lambda one: one.period.end, reverse=True))


def find_reports(
    query: Query,
    periods: Iterable[NamedPeriod],
    units: Sequence[Entry],
    obligations: Obligations,
    most: int,
) -> tuple[Entry, ...]:
    """Reports: some of the words name a period, all others a unit that owes the form then. The newest first,
    at most `most`."""
    words = query.words
    known: dict[tuple[str, ...], tuple[Entry, ...]] = {}
    found: list[Entry] = []
    for one in periods:
        meant = one.words
        rest = tuple(word for word in words if word not in meant)
        if not rest or not any(_is_number(word) for word in words if word in meant):
            continue
        if rest not in known:
            known[rest] = find(Query(" ".join(rest)), units)
        owing = obligations.owing_codes(one.form, one.period)
        for unit in known[rest]:
            if unit.id in owing:
                found.append(_report(one, unit))
                if len(found) == most:
                    return tuple(found)
    return tuple(found)


def _report(of: NamedPeriod, unit: Entry) -> Entry:
    id = submission_id(of.period.code, of.form.id, unit.id)
    name = f"{unit.name}, {of.name}"
    return entry(Found.REPORT, id, name, detail=of.form.title, unit=unit.id)


def _is_number(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
