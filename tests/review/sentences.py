"""Whether a printed sentence says what its claims say, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from nqcore.model.claims import CHANGES, Claim, Deed, Relation
from nqcore.model.figures import Figure
from tests.review.aims import Aims
from tests.review.claims import ClaimJudge
from tests.review.faults import Fault
from tests.review.reading import MoveRead, Reading, TimeRead, read, shortest, shown, written
from tests.review.reckoning import Facts, Scope, is_worse, rounded
from tests.review.times import Time, read_span

NAMED = 5
"""How many units a sentence names; of more it names as many, and "và n đơn vị khác"."""
_WORDS = {
    Relation.ROSE: {"tăng", "lên"},
    Relation.FELL: {"giảm", "xuống", "còn"},
    Relation.UNCHANGED: {"giữ nguyên", "đến"},
}
Times = Callable[[str, Sequence[Time], Scope, int], tuple[list[Time], list[Time]] | None]
"""The law that says which two times are compared."""


def value_of(figure: Figure) -> Fraction:
    return Fraction(figure.value or 0)


def one_of_few(figure: Figure) -> bool:
    """Law 9: whether it is a count of fewer than ten."""
    return figure.decimals == 0 and abs(value_of(figure)) < 10


class SentenceJudge:
    """Rules on the sentences of one review."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.names = {unit.name: code for code, unit in facts.world.units.items()}
        self.aims = Aims(facts)
        self.claims = ClaimJudge(facts)

    def faults(self, id: str, text: str, claims: Sequence[Claim]) -> Iterator[Fault]:
        """What stands in the text and not in the claims of the finding of rule `id`."""
        said = read(text, self.names)
        checks = (
            self._units(said, claims),
            self._times(said, claims),
            self._same_period(said, claims),
            self._moves(said, claims),
            self._counts(id, said, claims),
            self._numbers(id, said, claims),
        )
        for wrong in (why for check in checks for why in check):
            yield Fault("text", id, f"{wrong} in “{text}”")
        if "–" in text or "None" in text or "{" in text:
            yield Fault("text", id, f"there is a hole in “{text}”")

    # -- units ------------------------------------------------------------------------------------

    def _units(self, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        if not said.units:
            return
        named = [self.names[name] for name in said.units]
        for claim in claims:
            # "Tại …, chưa có …": the one unit that is asked, of a review of a unit above it.
            one = claim.among if len(claim.among) == 1 and claim.among != (claim.unit,) else ()
            for several in (claim.units, claim.unknown, one):
                if set(named) == set(several) and len(named) == len(several):
                    break
                cut = len(several) > NAMED + 1 and "đơn vị khác" in said.rest
                if set(named) < set(several) and len(named) == NAMED and cut:
                    break
            else:
                yield f"it names {named}, the claim {claim.units}"
        for name, day in said.dated:
            if day != self._day(self.names[name], claims):
                yield f"{name} did not say {day}"
        days = {name for name, _ in said.dated}
        if any(c.what is Deed.DATED for c in claims) and days != set(said.units):
            yield f"{sorted(set(said.units) - days)} have no day"

    def _day(self, unit: str, claims: Sequence[Claim]) -> date | None:
        """The day in the last accepted report of the unit up to the cut-off, which its claim ends with."""
        key, end = claims[0].subject, claims[0].end
        form = self.claims.deeds.form(key)
        for period in reversed([p for p in self.facts.counting(form) if p.end <= end]):
            found = self.facts.answers.get((form, period.code, unit))
            if found is not None and unit in self.facts.under(self.facts.unit, period.end):
                day = found.get(key)
                return day if isinstance(day, date) else None
        return None

    # -- times ------------------------------------------------------------------------------------

    def now(self, claim: Claim) -> bool:
        """Law 4: whether "đến nay" may stand."""
        facts, cut_off = self.facts, self.facts.review_cut_off()
        if cut_off is None or claim.end < cut_off or facts.span.end < facts.day:
            return False
        closed = facts.world.units[facts.unit].closed
        if closed is not None and closed <= facts.day:
            return False
        later = (p for p, due in facts.periods_read() if due and p.end > cut_off)
        return all(facts.is_early(period) for period in later)

    def _times(self, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        for time in said.times:
            if not any(self._fits(time, claim) for claim in claims):
                covered = sorted({f"{c.start}..{c.end}" for c in claims})
                yield f"“{time.text}” is not {covered}"

    def _same_period(self, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        """ "So với cùng kỳ năm trước" stands only where a period is compared with that of the year before."""
        right = 0
        for claim in claims:
            if claim.relation in CHANGES and len(claim.values) == 2:
                before, now = (self.claims.periods_of(value) for value in claim.values)
                ends = [ps[-1].end if ps else date.min for ps in (before, now)]
                right += ends[1].year == ends[0].year + 1 and ends[0].month == ends[1].month
        if said.rest.count("cùng kỳ năm trước") > right:
            yield "it is not compared with the same period of the year before"

    def _fits(self, time: TimeRead, claim: Claim) -> bool:
        if (target := self.facts.world.targets.get(claim.target)) is not None:
            whole = read_span(target.period)  # the time of the target may stand too
            if time.start and time.end and (time.start[0], time.end[1]) == (whole.start, whole.end):
                return True
        if time.how == "named":
            assert time.start is not None
            return self._one_of_two(time.start, claim)
        if time.start is None and self._belongs_to_a_time(claim):
            return False
        if time.now:
            ends = self.now(claim)
        elif time.how == "within":
            return time.start == (claim.start, claim.end)
        else:
            assert time.end is not None
            ends = time.end[1] == claim.end
        return ends and (time.start is None or time.start[0] <= claim.start <= time.start[1])

    def _belongs_to_a_time(self, claim: Claim) -> bool:
        """Law 4: a rate of what happened, or what was counted over a part of the span; "đến nay" alone says
        nothing of it."""
        one, facts = self.facts.world.indicators.get(claim.subject), self.facts
        if one is None or facts.is_stock(claim.subject) or claim.relation in CHANGES:
            return False
        first = facts.counting(one.form)[0].start
        return bool(claim.values) and (one.over is not None or claim.start > first)

    def _one_of_two(self, days: tuple[date, date], claim: Claim) -> bool:
        """Whether the days are one of the two times of a change; of a stock, whether they end with it."""
        target = self.facts.world.targets.get(claim.target)
        if target is not None:
            time = read_span(target.period)
            return days == (time.start, time.end)
        if claim.relation not in CHANGES:
            return days == (claim.start, claim.end)
        stock = not self.facts.is_flow(claim.subject)
        for figure in claim.values:
            ps = self.claims.periods_of(figure)
            if ps and (days == (ps[0].start, ps[-1].end) or (stock and days[1] == ps[-1].end)):
                return True
        return False

    # -- changes ----------------------------------------------------------------------------------

    def _moves(self, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        changes = [claim for claim in claims if claim.relation in CHANGES]
        for move in said.moves:
            if not any(self._is_said(move, claim) for claim in changes):
                yield f"“{move.text}” is not what changed"
        for word in said.directions:
            if not any(word in _WORDS[claim.relation] for claim in changes):
                yield f"nothing goes the way of “{word}”"

    def _is_said(self, move: MoveRead, claim: Claim) -> bool:
        figures = claim.like_for_like if move.units is not None else claim.values
        if len(figures) != 2:
            return False
        a, b = map(value_of, figures)
        relation = Relation.UNCHANGED if a == b else Relation.ROSE if b > a else Relation.FELL
        if (move.a, move.b) != tuple(map(shown, figures)) or not set(move.words) <= _WORDS[
            relation
        ]:
            return False
        if move.units is not None and move.units != len(figures[0].scope.units):
            return False
        if move.units is not None and [*map(shown, figures)] == [*map(shown, claim.values)]:
            return False  # law 10: these stand there already
        if move.by is not None and move.by != abs(b - a):
            return False
        if move.by is not None and move.points is not (
            self.facts.indicator(claim.subject).measure == "%"
        ):
            return False
        if move.share is not None and one_of_few(figures[0]):
            return False  # law 9
        share = None if not a else _tenth(abs(b - a) * 100 / abs(a))
        return move.share is None or move.share == share

    # -- counts and numbers -----------------------------------------------------------------------

    def _counts(self, id: str, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        shares = {pair for claim in claims for pair in _shares(claim)}
        shares |= {pair for claim in claims for pair in self._having(id, claim)}
        for k, n in said.counts:
            if (k, n) not in shares:
                yield f"“{k} trong {n}” is not what was counted ({sorted(shares)})"
            elif n < 2:
                yield f"“{k} trong {n}” says nothing"
        none = {Relation.NONE_DID, Relation.NONE_SINCE}
        if said.none and not any(claim.relation in none for claim in claims):
            yield f"“{said.none[0]}”, and some did"
        for word in said.some:
            right = {_word(len(c.units), len(c.among)) for c in claims if c.units}
            if word not in right:
                yield f"“{word}” should be {sorted(right)}"

    def _having(self, id: str, claim: Claim) -> Iterator[tuple[int, int]]:
        """Of a rule that tells it: how many of the units with reports have more than 0."""
        rule = self.facts.world.rules.get(id)
        if rule is None or rule.type not in ("still-zero", "gaps") or not claim.values:
            return
        have, asked = self.having(claim)
        yield len(have), len(asked)

    def having(self, claim: Claim) -> tuple[set[str], set[str]]:
        """The units with more than 0 in the time of the claim, and all with reports in it."""
        facts, one = self.facts, self.facts.indicator(claim.subject)
        rule = self._scope(claim)
        ps = [p for p in facts.counting(one.form) if claim.start <= p.start and p.end <= claim.end]
        have, asked = set[str](), set[str]()
        for period in ps:
            for unit in facts.due(claim.subject, period, rule):
                if facts.reported(claim.subject, period, unit):
                    asked.add(unit)
                    if one.over is None and facts.value(one.code[2:], one.form, period, unit):
                        have.add(unit)
        return have, asked

    @staticmethod
    def _scope(claim: Claim) -> Scope:
        from tests.review.claims import scope_of

        return scope_of(claim.scope)

    def moved(self, code: str, least: int, scope: Scope) -> int:
        """1: the indicator is better in the last year than in the first; -1: it is worse, by however little,
        or so much worse than a year before that this is a shortcoming; 0: neither (law 14)."""
        facts, one = self.facts, self.facts.indicator(code)
        long, short = (
            self._values(code, times, least, scope) for times in (facts.whole_years, facts.recent)
        )
        if one.better == "neutral":
            return 0
        way = (long[1] > long[0]) - (long[1] < long[0]) if long else 0
        way = -way if one.better == "down" else way
        return -1 if short and is_worse(one, *short) else way

    def _values(self, code: str, times: Times, least: int, scope: Scope) -> tuple[Fraction, ...]:
        facts, decimals = self.facts, self.facts.indicator(code).decimals
        pair = times(code, facts.cut_off((code,), scope, least), scope, least)
        values = [facts.total(code, time, scope) for time in pair or ()]
        return (
            () if None in values else tuple(rounded(v, decimals) for v in values if v is not None)
        )

    def _numbers(self, id: str, said: Reading, claims: Sequence[Claim]) -> Iterator[str]:
        known = {n for claim in claims for n in self._known(claim)}
        known |= {written(Fraction(n), 0) for c in claims for p in self._having(id, c) for n in p}
        aims = {self._aim(claim) for claim in claims}
        for aim in said.aims:
            if aim not in aims:
                yield f"the target is not {aim}"
        for odd in said.odd:
            yield f"“{odd}” is not how a number is written"
        others = [str(len(claim.units) - NAMED) for claim in claims]
        for number in said.numbers:
            if number not in known and not (number in others and "đơn vị khác" in said.rest):
                yield f"the number {number} is not in the claims ({', '.join(sorted(known))})"
        for day in said.days:
            yield f"the day {day} is not in the claims"

    def _known(self, claim: Claim) -> Iterator[str]:
        for figure in (*claim.values, *claim.like_for_like):
            yield shown(figure)
        if claim.what is not None:
            yield str(len(claim.units))
        if claim.what is Deed.IDLE:
            yield str(claim.least)
        if claim.relation is Relation.NONE_SINCE:
            yield str(len(claim.among))
        if claim.path is not None:
            yield from (written(Fraction(claim.path), decimals) for decimals in (0, 1))
        yield self._aim(claim)

    def _aim(self, claim: Claim) -> str:
        target = self.facts.world.targets.get(claim.target)
        return shortest(self.aims.value(target)) if target else "–"


def _shares(claim: Claim) -> Iterator[tuple[int, int]]:
    if claim.what is not None:
        asked = len(claim.among) + len(claim.unknown)
        yield len(claim.units), len(claim.among)
        if claim.unknown:
            yield len(claim.unknown), asked


def _word(k: int, n: int) -> str:
    """Law 13."""
    if k == 1:
        return "một"
    return "tất cả" if k == n else "một số"


def _tenth(value: Fraction) -> Fraction:
    return Fraction((2 * value.numerator * 10 + value.denominator) // (2 * value.denominator), 10)
