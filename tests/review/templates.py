"""A sentence of a rule against the template that its author wrote: each name in braces, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from string import Formatter
from typing import TYPE_CHECKING

from nqcore.model.claims import CHANGES, Claim, Relation
from nqcore.model.findings import Finding
from tests.review.claims import scope_of_rule
from tests.review.clauses import standing
from tests.review.faults import Fault
from tests.review.reading import number, read, shown, written
from tests.review.times import read_span
from tests.review.values import Rule

if TYPE_CHECKING:
    from tests.review.sentences import SentenceJudge


def template_faults(judge: SentenceJudge, finding: Finding, text: str) -> Iterator[Fault]:
    """What stands in the place of each name, and should not stand there."""
    rule = judge.facts.world.rules.get(finding.rule)
    if rule is None or not finding.claims:
        return
    case = "one" if len(finding.claims[0].among) == 1 and "one" in rule.sentences else "some"
    relation = finding.claims[0].relation
    if relation is Relation.NONE_DID:
        case = "none"
    if rule.type == "target" and relation in (Relation.AHEAD, Relation.BEHIND):
        case = relation.value
    if rule.type == "still-zero":
        none = relation is Relation.NONE_SINCE
        case = "below" if not none else "one" if case == "one" else "zero"
    if rule.type == "gaps" and case == "some" and "zero" in rule.sentences:
        case = "some" if any(value.value for value in finding.claims[0].values) else "zero"
    case = _finer_case(judge, finding, rule, case)
    if case not in rule.sentences:
        yield Fault("text", rule.id, f"the rule has no sentence for {case}")
        return
    template, names, pattern = rule.sentences[case], [], ""
    if rule.type == "total":
        ps = judge.facts.cut_off(rule.indicators, scope_of_rule(rule), rule.coverage)
        template = standing(judge.facts, rule, ps, template)
    other = {*finding.claims[0].among} - {judge.facts.unit}
    if case == "one" and other and "names}" not in template and "{list}" not in template:
        pattern = f"tại {re.escape(judge.facts.world.units[min(other)].name)}, "
    for words, name, _, _ in Formatter().parse(template):
        pattern += re.escape(words)
        if name is not None:
            names.append(name)
            # A row begins with these words, and a time before it never has them.
            pattern += {"judgement": "(.*?)", "row": "(c(?:ả|ó) .+?)"}.get(name, "(.+?)")
    found = re.fullmatch(pattern, text.replace("\u00a0", " "), re.IGNORECASE)
    if found is None:
        yield Fault("text", rule.id, f"“{text}” is not made from “{template}”")
        return
    yield from _judgement(judge, finding, rule, text, "judgement" in names)
    for name, part in zip(names, found.groups(), strict=True):
        if not _is_right(judge, name, part, finding.claims, rule.indicators):
            yield Fault("text", rule.id, f"{{{name}}} is “{part}” in “{text}”")


def _finer_case(judge: SentenceJudge, finding: Finding, rule: Rule, case: str) -> str:
    """Of totals and changes: "one" of a unit that reports for itself alone. Of none: "part" where the time of
    its target only overlaps the span. Of a target: "zero" of nothing (laws 5, 12 and 16)."""
    first, facts = finding.claims[0], judge.facts
    if rule.type in ("total", "grown") and "one" in rule.sentences:
        scope, code = scope_of_rule(rule), rule.indicators[0]
        ps = facts.cut_off((code,), scope, rule.coverage)
        owing = {unit for p in ps for unit in facts.due(code, p, scope)}
        return "one" if owing == {facts.unit} else case
    if case == "zero" and "part" in rule.sentences and first.target:
        time, span = read_span(facts.world.targets[first.target].period), facts.span
        return case if span.start <= time.start and time.end <= span.end else "part"
    good = (Relation.REACHED, Relation.AHEAD)
    nothing = rule.type == "target" and not first.values[0].value and first.relation not in good
    return "zero" if nothing and "zero" in rule.sentences else case


def _is_having(judge: SentenceJudge, name: str, part: str, claim: Claim) -> bool:
    """Of a rule that tells how many units have more than 0: that number, alone or of those with reports."""
    if name != "having":
        return False
    have, asked = judge.having(claim)
    return part in (str(len(have)), f"{len(have)}/{len(asked)}", f"{len(have)} trong {len(asked)}")


def _judgement(
    judge: SentenceJudge, finding: Finding, rule: Rule, text: str, asked: bool
) -> Iterator[Fault]:
    """Words of judgement stand only where no figure that they rest on has moved the bad way."""
    if not rule.judgement:
        return
    stands, scope = rule.judgement in text, scope_of_rule(rule)
    ways = [judge.moved(code, rule.coverage, scope) for code in rule.judged_by or rule.indicators]
    if stands is not (asked and 1 in ways and -1 not in ways):
        yield Fault("text", rule.id, f"“{rule.judgement}”, and its indicators have moved {ways}")
    known = finding.judgement
    if known is None or (asked and stands) is not (
        asked and bool(known.carried) and not known.contradicted
    ):
        yield Fault("text", rule.id, f"“{rule.judgement}” is not what its claims allow")


def row_of(judge: SentenceJudge, claim: Claim) -> str:
    """Law 16: how a row of periods is called; of as many as there are in the time, it is the whole time."""
    form = judge.facts.indicator(claim.subject).form
    word = {3: "quý", 6: "kỳ 6 tháng", 12: "năm"}[judge.facts.world.forms[form].months]
    ps = [p for p in judge.facts.counting(form) if claim.start <= p.start and p.end <= claim.end]
    if len(ps) == claim.least:
        return f"cả {claim.least} {word} đều" if claim.least > 1 else f"cả {word}"
    return f"có từ {claim.least} {word} liên tiếp trở lên" if claim.least > 1 else f"có {word}"


def _tells_same_units(claim: Claim) -> bool:
    """The same units are told where their values are printed otherwise than those of all (law 10)."""
    return bool(claim.like_for_like) and [*map(shown, claim.like_for_like)] != [
        *map(shown, claim.values)
    ]


def _is_right(
    judge: SentenceJudge, name: str, part: str, claims: Sequence[Claim], indicators: Sequence[str]
) -> bool:
    said = read(part, judge.names)
    first = claims[0]
    if name == "judgement":
        return True  # see _judgement
    if name in ("over", "by"):
        return bool(said.times) and not said.numbers
    if name in ("then", "now"):
        changes = [claim for claim in claims if claim.relation in CHANGES]
        at = 0 if name == "then" else 1
        ends = {judge.claims.periods_of(c.values[at])[-1].end for c in changes}
        return len(said.times) == 1 and bool(said.times[0].end) and said.times[0].end[1] in ends  # type: ignore[index]
    if name.startswith("move"):
        nth = int(name.partition("_")[2] or 1) - 1
        mine = [claim for claim in claims if claim.subject == indicators[nth]]
        own = [move for move in said.moves if move.units is None]
        beside = [move for move in said.moves if move.units is not None]
        right = all(any(judge._is_said(m, c) for c in mine) for m in said.moves)
        return right and len(own) == 1 and bool(beside) is any(map(_tells_same_units, mine))
    if name in ("names", "missing_names", "list"):
        return len(said.units) > 0
    if name == "some":
        return part.lower() in ("một", "một số", "tất cả")
    if name in ("gap_units", "units", "issued", "missing", "given", "having"):
        counted = len(first.units), len(first.among)
        one = str(len(first.among) if first.relation is Relation.NONE_SINCE else len(first.units))
        return (
            (name != "having" and said.counts == [counted])
            or (name != "having" and part == one)
            or _is_having(judge, name, part, first)
        )
    if name == "path":
        known = judge.facts.indicator(first.subject).decimals
        return first.path is not None and part == written(Fraction(first.path), known)
    if name == "period":
        return len(said.times) == 1 and not said.numbers
    if name == "row":
        return part == row_of(judge, first)
    if name == "gap":
        return part == str(first.least)
    if name == "indicator":
        return part.lower() == judge.facts.indicator(first.subject).name.lower()
    if re.fullmatch(r"-?[\d.]+(,\d+)?", part) is None:
        return False
    wanted = name if name in ("value", "target") else "value"
    code = next((c for c in indicators if c.removeprefix("w.") == name), first.subject)
    mine = [claim for claim in claims if claim.subject == code]
    if wanted == "target":
        aims = judge.facts.world.targets
        return bool(mine) and number(part) == judge.aims.value(aims[mine[0].target])
    return any(number(part) == Fraction(v.value or 0) for c in mine for v in c.values[:1])
