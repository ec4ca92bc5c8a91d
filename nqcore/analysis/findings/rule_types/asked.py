"""One rule asked of one review, and how its answer is made: a finding, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings.changes import change_over_the_span, recent_change, worsened
from nqcore.analysis.findings.phrases import by, name_with_end, over, up_to_now
from nqcore.analysis.findings.reporting import Covered
from nqcore.analysis.findings.review import Review
from nqcore.analysis.findings.sentence_templates import Part, fill_template
from nqcore.errors import N_, DefinitionError, Mistake
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Relation, ReportsOfClaim
from nqcore.model.findings import (
    Evidence,
    FigureRef,
    Finding,
    FindingKind,
    Judgement,
    Sentence,
    Silence,
    SilentState,
    Text,
    UnitCount,
    UnitNames,
)
from nqcore.model.indicators import Direction
from nqcore.model.periods import Period
from nqcore.model.rules import RULE_TYPES, Parameter, RuleDefinition
from nqcore.model.units import Unit, name_in_text

Answer = Finding | Silence

OF_SEVERAL = ("some", "zero", "part")
"""The cases that a rule may have another sentence for, where they are said of a single unit."""
NO_UNITS = N_("No unit of this review is asked for it.")
NO_SENTENCE = N_("The rule has no sentence for the case, or for a single unit.")
NOT_SO = N_("The figures do not show it: {shown}.")


def too_few_reports(reports: ReportsOfClaim, least: int) -> Reason:
    """Chưa đủ số liệu: of those reports fewer than `least` per cent are accepted."""
    return Reason(
        N_("Not enough reports: {accepted} of {due} are accepted, {least}% are needed."),
        (
            ("accepted", str(reports.accepted)),
            ("due", str(reports.due)),
            ("least", str(least)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The rule `rule` of plugin `owner`, asked of `review`."""

    rule: RuleDefinition
    owner: str
    review: Review

    # -- its options -------------------------------------------------------------------------------

    def option(self, name: str) -> Parameter | None:
        """The value of an option, or else its default."""
        rule = self.rule
        return rule.params.get(name, RULE_TYPES[rule.type].options[name].default)

    def whole(self, name: str) -> int:
        """An option that is a whole number."""
        value = self.option(name)
        assert isinstance(value, int)
        return value

    def text(self, name: str) -> str:
        """An option that is a text."""
        value = self.option(name)
        assert isinstance(value, str)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """An option that is a list of texts."""
        value = self.option(name)
        assert isinstance(value, tuple)
        return value

    # -- what it reads -----------------------------------------------------------------------------

    def covered(self, indicator: str) -> Covered | None:
        """The periods of the review with enough reports of the indicator over the rule's scope."""
        return self.review.reporting.covered(indicator, self.rule.scope, self.rule.coverage)

    def owing_units(self, indicator: str, periods: Iterable[Period]) -> tuple[Unit, ...]:
        """The units in scope that owed a report with the indicator for one of the periods, also those that
        ended since (within boundaries: those of their day); each as it was last."""
        review, found = self.review, dict[str, Unit]()
        for period in periods:
            due = review.reporting.due(indicator, self.rule.scope, period)
            found |= {unit.code: unit for unit in due.units}
        if review.boundaries is not None:
            there = {*codes(review.units(self.rule.scope))}
            found = {code: unit for code, unit in found.items() if code in there}
        return self.in_order(found.values())

    def in_order(self, units: Iterable[Unit]) -> tuple[Unit, ...]:
        """The units in the order of the tree."""
        place = {code: nth for nth, code in enumerate(self.review.catalogue.units)}
        return tuple(sorted(units, key=lambda unit: place[unit.code]))

    def names(self, units: Sequence[Unit]) -> UnitNames:
        """The names of the units as a list in a sentence; of one that has ended by the day of the review also
        what became of it: "Xã Hòa Lợi nay thuộc xã Vĩnh Thuận"."""
        told = (
            name_with_end(unit, self.review.catalogue.units, self.review.as_of) for unit in units
        )
        return UnitNames(codes(units), tuple(told))

    def says_none(self, unknown: Sequence[Unit]) -> bool:
        """Whether it may say that no unit did: it has a sentence for that, and of every unit something is
        known."""
        return "none" in self.rule.sentences and not unknown

    # -- its answer --------------------------------------------------------------------------------

    def finding(
        self,
        case: str,
        parts: Mapping[str, Part],
        claims: Sequence[Claim],
        evidence: Evidence,
        periods: Sequence[Period],
        ends: Reason | None = None,
    ) -> Iterator[Answer]:
        """The finding with the sentence of that case, about `periods`; of a single unit with that of the case
        ``one``: there is no "1 trong 1". Where it is not the unit of the review, the sentence names it.
        Silent without a sentence for it, and
        where a figure of it has no value: the sentence would have a hole."""
        rule = self.rule
        alone, own = self._alone(claims, periods), self.review.unit
        if alone and case in OF_SEVERAL and "one" in rule.sentences:
            case = "one"
        template = rule.sentences.get(case)
        if template is None:
            yield self.silent(SilentState.DOES_NOT_HOLD, NO_SENTENCE)
            return
        judgement, population = self._judgement(), self._population(periods)
        known: dict[str, Part] = {
            "judgement": (Text(f"{judgement.text}; "),) if judgement and judgement.stands else (),
            "by": self._by(periods),
            "over": over(self.review, periods),
            "population": population,
            "unit": f" {name_in_text(own.name)}" if alone == own.code else "",
            "area": " trên địa bàn" if _is_of_all(population) else "",
            **parts,
        }
        sentence = fill_template(template, known, rule.id, self.owner)
        if case == "one" and alone != self.review.unit.code and not _has_names(sentence):
            sentence = (
                Text("tại "),
                self.names((self.review.catalogue.units[alone],)),
                Text(", "),
                *sentence,
            )
        if any(isinstance(p, FigureRef) and p.figure.value is None for p in sentence):
            yield self.silent(SilentState.NO_DATA, N_("A figure of its sentence has no value."))
            return
        if any(isinstance(p, UnitCount) and p.share and len(p.among) < 2 for p in sentence):
            yield self.silent(SilentState.DOES_NOT_HOLD, NO_SENTENCE)
            return
        yield Finding(
            rule=rule.id,
            owner=self.owner,
            kind=rule.kind,
            title=rule.title,
            sentence=sentence,
            evidence=evidence,
            claims=tuple(claims),
            judgement=judgement,
            tasks=rule.tasks,
            order=rule.order,
            row=rule.row,
            joins=rule.joins,
            ends=ends if rule.kind is FindingKind.SHORTCOMING else None,
        )

    def silent(self, state: SilentState, template: str, **details: object) -> Silence:
        """Why the rule gives no finding."""
        rule = self.rule
        return Silence(
            rule=rule.id,
            owner=self.owner,
            kind=rule.kind,
            title=rule.title,
            state=state,
            why=Reason(template, tuple((name, str(each)) for name, each in details.items())),
        )

    def too_few(self, reports: ReportsOfClaim | None, least: int | None = None) -> Silence:
        """Chưa đủ số liệu: those reports are too few."""
        reports = reports or ReportsOfClaim()
        if not reports.due:
            return self.silent(SilentState.NO_DATA, NO_UNITS)
        why = too_few_reports(reports, self.rule.coverage if least is None else least)
        return self.silent(SilentState.TOO_FEW_REPORTS, why.template, **dict(why.details))

    def too_few_of(self, indicator: str) -> Silence:
        """The same of all reports of the span with the indicator."""
        review, scope = self.review, self.rule.scope
        periods = review.periods(indicator)
        if not periods:
            return self.silent(SilentState.NO_DATA, NO_UNITS)
        reporting = review.reporting
        return self.too_few(reporting.over(indicator, scope, self.rule.coverage, periods).reports)

    def not_so(self, shown: str) -> Silence:
        """The figures are there, and they say `shown`."""
        return self.silent(SilentState.DOES_NOT_HOLD, NOT_SO, shown=shown)

    def _by(self, periods: Sequence[Period]) -> str:
        """{by}: of the first indicator; of answers and plans as of what stands."""
        if self.rule.indicators:
            return up_to_now(self.review, self.rule.indicators[0], periods)
        return by(self.review, periods[-1])

    def _alone(self, claims: Sequence[Claim], periods: Sequence[Period]) -> str:
        """The one unit of which the claims speak; "" where there are several. Of a total that is only the
        unit of the review itself: that of a unit under it is the total of the review's."""
        among = {unit for claim in claims for unit in claim.among if len(claim.among) == 1}
        if among:
            return min(among)
        if not self.rule.indicators or any(claim.among for claim in claims):
            return ""
        code, scope = self.rule.indicators[0], self.rule.scope
        due = (self.review.reporting.due(code, scope, period) for period in periods)
        own = self.review.unit.code
        return own if {unit.code for one in due for unit in one.units} == {own} else ""

    def _population(self, periods: Sequence[Period]) -> Sentence:
        """The number of units that have reported on the last of the periods: "11 trong 103", where the first
        indicator names the one that counts all there are."""
        if not self.rule.indicators:
            return ()
        review, code = self.review, self.rule.indicators[0]
        due = review.reporting.due(code, self.rule.scope, periods[-1])
        count = UnitCount(codes(unit for unit in due.units if unit.code in due.reported))
        of = review.indicator(code).population
        if of is None:
            return (count,)
        # Over the whole time: where the last report of a unit is missing, its number of before stands.
        every = review.figure(of, period=f"{periods[0].start}..{periods[-1].end}")
        if not every.value or every.coverage.missing:
            return (count,)
        return (count, Text(" trong "), FigureRef(every))

    def _judgement(self) -> Judgement | None:
        rule = self.rule
        if not rule.judgement:
            return None
        carried, contradicted = [], []
        for code in rule.judged_by or rule.indicators:
            if self.review.indicator(code).direction is Direction.NEUTRAL:
                continue
            indicator = self.review.indicator(code)
            long = change_over_the_span(self.review, code, rule.scope, rule.coverage)
            recent = recent_change(self.review, code, rule.scope, rule.coverage)
            if recent is not None and worsened(indicator, *recent.values):
                contradicted.append(recent)
            elif long is not None and is_worse(self.review, long):
                contradicted.append(long)
            elif long is not None and is_better(self.review, long):
                carried.append(long)
        return Judgement(
            text=rule.judgement, carried=tuple(carried), contradicted=tuple(contradicted)
        )


def _is_of_all(population: Sentence) -> bool:
    """Whether it says of how many units there are: without that, "8 doanh nghiệp trên địa bàn" would say that
    there are only 8."""
    return len(population) > 1


def _has_names(sentence: Sentence) -> bool:
    return any(isinstance(piece, UnitNames) for piece in sentence)


def is_better(review: Review, claim: Claim) -> bool:
    """Whether what a claim on a change speaks of has moved the good way."""
    before, now = (figure.value for figure in claim.values)
    assert before is not None
    assert now is not None
    falls = review.indicator(claim.subject).direction is Direction.DOWN
    return now < before if falls else now > before


def is_worse(review: Review, claim: Claim) -> bool:
    """Whether it has moved the bad way."""
    return claim.relation is not Relation.UNCHANGED and not is_better(review, claim)


RuleType = Callable[[Asked], Iterator[Answer]]


def codes(units: Iterable[Unit]) -> tuple[str, ...]:
    """The codes of the units."""
    return tuple(unit.code for unit in units)


def names(units: Sequence[Unit]) -> UnitNames:
    """The names of the units, as a list in a sentence."""
    return UnitNames(codes(units), tuple(unit.name for unit in units))


def years(periods: Sequence[Period]) -> dict[str, Part]:
    """{since} and {until}: the first and the last year of the periods."""
    return {"since": str(periods[0].start.year), "until": str(periods[-1].end.year)}


def mistake(rule: RuleDefinition, key: str, detail: str) -> DefinitionError:
    """A rule that names what is not there: it could never speak, and must not pass for one that finds
    nothing."""
    remedy = (
        "name a field of the directive's forms" if "field" in key else "name codes of its options"
    )
    return DefinitionError.of(
        [
            Mistake(
                file=rule.directive, table=f"rule[{rule.id}]", key=key, detail=detail, remedy=remedy
            )
        ]
    )
