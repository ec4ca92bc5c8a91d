"""What a case expects beside what its review finds: each difference is one line, for who wrote the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.findings.own_rules import TARGET, WORSENED
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.catalogue.toml_text import Place
from nqcore.errors import N_, Mistake, NqError, Phrase, Translate, UnknownName, Words, say
from nqcore.model.figures import REPORTED, Figure, reason_text
from nqcore.model.findings import Finding
from nqcore.model.rules import RuleDefinition
from nqcore.testing.case_values import Case, ExpectedFinding, ExpectedSilence, ExpectedTotal
from nqcore.text.folding import nfc
from nqcore.text.numbers import read_figure
from nqcore.text.suggestions import did_you_mean
from nqcore.workspace.facade import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDifference:
    """One thing that came out otherwise: where the case expects it, what it expects, and what was found."""

    file: str
    line: int
    expected: Words
    found: Words

    def message(self, translate: Translate = str) -> str:
        """The line; `translate` maps an English msgid to the reader's language."""
        words = N_("{file}, line {line}: expected {expected}; found {found}")
        params = {
            "file": self.file,
            "line": self.line,
            "expected": self.expected,
            "found": self.found,
        }
        return say(words, params, translate)

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetFinding:
    """An expectation that is met: of `rule` by the `finding`, or by its silence (None)."""

    rule: str
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseComparison:
    """A case beside its review: what differs, what of [[expect]] is met, and what can never be met."""

    differences: tuple[CaseDifference, ...] = ()
    met: tuple[MetFinding, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def compare(case: Case, ws: Workspace, review: Review) -> CaseComparison:
    """The case beside what the review finds."""
    differences: list[CaseDifference] = []
    met: list[MetFinding] = []
    verdict = ws.reviews.verdict_of(review)
    mistakes = [*_unknown_rules(case, review), *_twice(case)]
    wrong = {mistake.line for mistake in mistakes}
    for nth, finding in enumerate(case.findings):
        place: Place = ("expect", nth)
        if case.line((*place, "rule")) in wrong:
            continue
        one = _of_finding(finding, verdict, review)
        if isinstance(one, MetFinding):
            met.append(one)
        else:
            differences.append(_difference(case, place, *one))
    for nth, total in enumerate(case.totals):
        place = ("total", nth)
        try:
            found = [*_of_total(total, ws, case)]
        except NqError as wrong_name:
            key = _key_of(wrong_name)
            mistakes.append(case.mistake((*place, key), Phrase("{why}", {"why": wrong_name})))
            continue
        differences += [_difference(case, place, *one) for one in found]
    return CaseComparison(differences=tuple(differences), met=tuple(met), mistakes=tuple(mistakes))


def _difference(case: Case, place: Place, expected: Words, found: Words) -> CaseDifference:
    return CaseDifference(file=case.file, line=case.line(place), expected=expected, found=found)


# -- findings --------------------------------------------------------------------------------------


def _unknown_rules(case: Case, review: Review) -> Iterator[Mistake]:
    """The rules that no plugin has; those of the library itself are known by how they begin."""
    rules = review.catalogue.rules
    for nth, one in enumerate(case.findings):
        if one.rule not in rules and not one.rule.startswith((TARGET, WORSENED)):
            words = Phrase(N_("there is no rule “{name}”"), {"name": one.rule})
            remedy = did_you_mean(one.rule, rules) or Phrase(
                N_("name the plugin that brings it in “plugins”")
            )
            yield case.mistake(("expect", nth, "rule"), words, remedy)


def _twice(case: Case) -> Iterator[Mistake]:
    """What is expected of one rule twice, or is at once a finding and silence."""
    seen: list[ExpectedFinding] = []
    for nth, one in enumerate(case.findings):
        place: Place = ("expect", nth, "rule")
        of_rule = [before for before in seen if before.rule == one.rule]
        if one in of_rule:
            words = Phrase(N_("the same is expected of the rule twice"))
            yield case.mistake(place, words, Phrase(N_("keep one")))
        elif any((before.silent is None) != (one.silent is None) for before in of_rule):
            words = Phrase(N_("the rule cannot be silent and give a finding"))
            yield case.mistake(place, words, Phrase(N_("keep one")))
        seen.append(one)


def _of_finding(
    expected: ExpectedFinding, verdict: Verdict, review: Review
) -> MetFinding | tuple[Words, Words]:
    """What meets the expectation; or else what is expected, and what was found."""
    of_rule = [one for one in verdict.findings if one.rule == expected.rule]
    if expected.silent is not None:
        state = _silence(expected.rule, verdict)
        if state == expected.silent and not of_rule:
            return MetFinding(rule=expected.rule, finding=None)
        wanted = Phrase(
            N_("{rule} silent ({state})"), {"rule": expected.rule, "state": expected.silent.value}
        )
        return wanted, _found(expected.rule, of_rule, verdict, review)
    for finding in of_rule:
        if _says(expected, sentence_text(finding.sentence)):
            return _cited(expected, finding, review)
    words = expected.sentence or " … ".join(expected.contains)
    wanted = Phrase("{rule}: “{sentence}”", {"rule": expected.rule, "sentence": words})
    return wanted, _found(expected.rule, of_rule, verdict, review)


def _says(expected: ExpectedFinding, sentence: str) -> bool:
    if expected.sentence:
        return _plain(expected.sentence) == _plain(sentence)
    said = _spaced(sentence)
    return all(_spaced(words) in said for words in expected.contains)


def _spaced(text: str) -> str:
    return " ".join(nfc(text).split())


def _plain(sentence: str) -> str:
    """The sentence whatever its place in a paragraph: with a small letter first, without its full stop."""
    text = _spaced(sentence).removesuffix(".")
    return text[:1].lower() + text[1:]


def _cited(
    expected: ExpectedFinding, finding: Finding, review: Review
) -> MetFinding | tuple[Words, Words]:
    """A finding has no basis of its own: what it cites is the basis of its rule."""
    basis = getattr(review.catalogue.rules.get(finding.rule), "basis", "")
    if _spaced(expected.cites).casefold() in _spaced(basis).casefold():
        return MetFinding(rule=finding.rule, finding=finding)
    words = N_("{rule} to cite “{basis}”")
    wanted = Phrase(words, {"rule": expected.rule, "basis": expected.cites})
    return wanted, Phrase("“{basis}”", {"basis": basis}) if basis else Phrase(N_("no basis"))


def _silence(rule: str, verdict: Verdict) -> str:
    """Why the rule gives no finding; "" where it was not asked."""
    if any(fault.where == f"rule {rule}" for fault in verdict.not_evaluated):
        return ExpectedSilence.NOT_EVALUATED
    return next((one.state.value for one in verdict.silent if one.rule == rule), "")


def _found(rule: str, findings: Sequence[Finding], verdict: Verdict, review: Review) -> Words:
    """What the rule says, or why it says nothing."""
    if findings:
        texts = tuple(f"“{sentence_text(one.sentence)}”" for one in findings)
        return Phrase("{sentences}", {"sentences": texts})
    for silence in verdict.silent:
        if silence.rule == rule:
            params = {"state": silence.state.value, "why": silence.why}
            return Phrase(N_("no finding ({state}): {why}"), params)
    for fault in verdict.not_evaluated:
        if fault.where == f"rule {rule}":
            return Phrase(N_("no finding (not_evaluated): {why}"), {"why": fault.detail})
    known = review.catalogue.rules.get(rule)
    if isinstance(known, RuleDefinition) and not known.holds(review.span.end):
        words = N_("that the rule holds only from {day} on")
        return Phrase(words, {"day": str(known.since)})
    return Phrase(N_("that the review does not ask the rule"))


# -- totals ----------------------------------------------------------------------------------------


def _of_total(expected: ExpectedTotal, ws: Workspace, case: Case) -> Iterator[tuple[Words, Words]]:
    """What differs between the total that is expected and the figure. Raises what `ws.totals.figure` raises,
    and FigureError where the value cannot be read."""
    boundaries = case.head.boundaries or REPORTED
    figure = ws.totals.figure(
        expected.indicator, expected.period, expected.unit, boundaries=boundaries
    )
    name = f"{expected.indicator} {expected.unit or ws.settings.root} {expected.period}"
    if expected.missing and figure.value is not None:
        yield Phrase(N_("{figure} to be missing"), {"figure": name}), _value(figure)
    wanted = _exact(expected, figure)
    if wanted is not None and wanted != figure.value:
        yield f"{name} = {expected.value}", _value(figure)
    coverage = figure.coverage
    counts = (
        (expected.reported, coverage.reported, N_("{figure}: {count} reported")),
        (expected.due, coverage.due, N_("{figure}: {count} due")),
    )
    for count, found, words in counts:
        if count is not None and count != found:
            yield Phrase(words, {"figure": name, "count": count}), str(found)


def _exact(expected: ExpectedTotal, figure: Figure) -> Decimal | None:
    if expected.value is None:
        return None
    return read_figure(expected.value, decimals=figure.decimals, measure=figure.measure).value


def _value(figure: Figure) -> Words:
    if figure.value is None:
        return f"– ({reason_text(figure.reason)})"
    return figure_text(figure)


def _key_of(wrong: NqError) -> str:
    """The key of [[total]] of which the error speaks."""
    if not isinstance(wrong, UnknownName):
        return "value"
    kind = str(wrong.params["kind"])
    return kind if kind in ("unit", "indicator", "period") else ""
