"""Lies: each takes a true finding and makes it false, in its claim or its text. The judge catches all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from nqcore.model.claims import Claim, Relation, ReportsOfClaim
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding
from nqcore.model.units import Scope, UnitKind
from tests.review.claims import WORSENED
from tests.review.reckoning import Facts, Ledger
from tests.review.times import read_span
from tests.review.true_cases import Case

Told = tuple[Finding, str]
Lie = Callable[[Case], Told | None]
"""The finding and its text made false; None where this lie cannot be told of it."""


# -- lies of claims --------------------------------------------------------------------------------


def _claim(made: Callable[[Claim, Case], Claim | None], *relations: Relation) -> Lie:
    """A lie that changes the first claim of a finding with one of `relations` (none: with any)."""

    def lie(case: Case) -> Told | None:
        if relations and case.claim.relation not in relations:
            return None
        false = made(case.claim, case)
        if false is None or false == case.claim:
            return None
        return replace(case.finding, claims=(false, *case.finding.claims[1:])), case.text

    return lie


def _relation(now: Relation, **more: object) -> Callable[[Claim, Case], Claim]:
    return lambda claim, case: replace(claim, relation=now, **more)  # type: ignore[arg-type]


def _more(figure: Figure) -> Figure:
    return replace(figure, value=(figure.value or Decimal(0)) + 1)


def _value(nth: int) -> Callable[[Claim, Case], Claim | None]:
    def made(claim: Claim, case: Case) -> Claim | None:
        if len(claim.values) <= nth:
            return None
        values = list(claim.values)
        values[nth] = _more(values[nth])
        return replace(claim, values=tuple(values))

    return made


def _period(claim: Claim, case: Case) -> Claim | None:
    """The same figure, of the year before."""
    if not claim.values or not claim.values[0].period[:4].isdigit():
        return None
    figure = claim.values[0]
    year = str(int(figure.period[:4]) - 1)
    return replace(claim, values=(replace(figure, period=year), *claim.values[1:]))


def _another_unit(claim: Claim, case: Case) -> Claim | None:
    return replace(claim, unit=next(code for code in case.world.units if code != claim.unit))


def _accuse(claim: Claim, case: Case) -> Claim | None:
    innocent = [code for code in claim.among if code not in claim.units]
    return replace(claim, units=(*claim.units, innocent[0])) if innocent else None


def _known(claim: Claim, case: Case) -> Claim | None:
    """A unit without a report is counted among those that are known."""
    if not claim.unknown:
        return None
    return replace(claim, among=(*claim.among, claim.unknown[0]), unknown=claim.unknown[1:])


def _unheard(claim: Claim, case: Case) -> Claim | None:
    """One of those that did not is said not to have reported."""
    if len(claim.among) < 2:
        return None
    return replace(claim, among=claim.among[1:], unknown=(claim.among[0],))


def _same_units(claim: Claim, case: Case) -> Claim | None:
    if not claim.like_for_like:
        return None
    figures = tuple(
        replace(figure, scope=Scope(units=frozenset([*figure.scope.units, "u99"])))
        for figure in claim.like_for_like
    )
    return replace(claim, like_for_like=figures)


def _reports(**more: int) -> Callable[[Claim, Case], Claim | None]:
    def made(claim: Claim, case: Case) -> Claim | None:
        given = {key: getattr(claim.reports, key) + change for key, change in more.items()}
        if min(given.values()) < 0:
            return None
        return replace(claim, reports=replace(claim.reports, **given))

    return made


def _target(claim: Claim, case: Case) -> Claim | None:
    return (
        replace(claim, target="t.R2" if claim.target != "t.R2" else "t.S2")
        if claim.target
        else None
    )


CLAIMS: Mapping[str, Lie] = {
    "relation: is, of one more": _claim(_value(0), Relation.IS),
    "relation: rose is told as fell": _claim(_relation(Relation.FELL), Relation.ROSE),
    "relation: fell is told as rose": _claim(_relation(Relation.ROSE), Relation.FELL),
    "relation: unchanged is told as rose": _claim(_relation(Relation.ROSE), Relation.UNCHANGED),
    "relation: rose is told as unchanged": _claim(_relation(Relation.UNCHANGED), Relation.ROSE),
    "relation: some are told as none": _claim(_relation(Relation.NONE_SINCE, among=()), Relation.IS),
    "relation: none since, longer than is known": _claim(
        lambda c, case: replace(c, end=c.end + timedelta(days=92)), Relation.NONE_SINCE
    ),
    "relation: none since, and one unit less": _claim(
        lambda c, case: replace(c, among=c.among[1:]), Relation.NONE_SINCE
    ),
    "relation: reached is told as missed": _claim(_relation(Relation.MISSED), Relation.REACHED),
    "relation: missed is told as reached": _claim(_relation(Relation.REACHED), Relation.MISSED),
    "relation: behind is told as ahead": _claim(_relation(Relation.AHEAD), Relation.BEHIND),
    "relation: ahead is told as behind": _claim(_relation(Relation.BEHIND), Relation.AHEAD),
    "relation: behind is told as missed": _claim(_relation(Relation.MISSED), Relation.BEHIND),
    "relation: ahead is told as reached": _claim(_relation(Relation.REACHED), Relation.AHEAD),
    "relation: some did, told as none did": _claim(
        _relation(Relation.NONE_DID, units=()), Relation.SOME_DID
    ),
    "relation: none did, told as one did": _claim(
        lambda c, case: replace(c, relation=Relation.SOME_DID, units=c.among[:1]), Relation.NONE_DID
    ),
    "relation: none did, and one is not asked": _claim(
        lambda c, case: replace(c, among=c.among[1:]), Relation.NONE_DID
    ),
    "relation: none did, although of one nothing is known": _claim(_unheard, Relation.NONE_DID),
    "relation: unchanged is told as fell": _claim(_relation(Relation.FELL), Relation.UNCHANGED),
    "scope: of the communes only": _claim(
        lambda c, case: replace(c, scope=Scope(kinds=frozenset([UnitKind.COMMUNE]))), Relation.IS
    ),
    "scope: of units, of every kind": _claim(
        lambda c, case: replace(c, scope=Scope()) if c.scope != Scope() else None, Relation.SOME_DID
    ),
    "time: up to a later day": _claim(lambda c, case: replace(c, end=c.end + timedelta(days=91))),
    "time: up to an earlier day": _claim(
        lambda c, case: replace(c, end=c.start + timedelta(days=30)), Relation.IS
    ),
    "time: from an earlier day": _claim(
        lambda c, case: replace(c, start=c.start - timedelta(days=366)), Relation.IS
    ),
    "time: a change since an earlier year": _claim(
        lambda c, case: replace(c, start=c.start - timedelta(days=366)), Relation.ROSE, Relation.FELL
    ),
    "time: unchanged since an earlier year": _claim(
        lambda c, case: replace(c, start=c.start - timedelta(days=366)), Relation.UNCHANGED
    ),
    "time: unchanged in another year": _claim(_period, Relation.UNCHANGED),
    "time: none did, up to a later day": _claim(
        lambda c, case: replace(c, end=c.end + timedelta(days=91)), Relation.NONE_DID
    ),
    "time: the figure of another year": _claim(_period, Relation.IS),
    "time: a change from another year": _claim(_period, Relation.ROSE, Relation.FELL),
    "coverage: one report more is in": _claim(_reports(accepted=1, due=1)),
    "coverage: what is past due is said to wait": _claim(_reports(past=-1, waiting=1)),
    "coverage: what is not yet due is said to be late": _claim(_reports(early=-1, past=1)),
    "coverage: what was returned is said to be late": _claim(_reports(returned=-1, past=1)),
    "coverage: none is missing": _claim(
        lambda c, case: replace(
            c, reports=ReportsOfClaim(due=c.reports.accepted, accepted=c.reports.accepted)
        ),
        Relation.IS,
    ),
    "coverage: a unit without a report is counted": _claim(_known, Relation.SOME_DID),
    "unit: another one's review": _claim(_another_unit),
    "unit: one is accused that its reports do not convict": _claim(_accuse, Relation.SOME_DID),
    "unit: one is left out": _claim(lambda c, case: replace(c, units=c.units[1:]), Relation.SOME_DID),
    "unit: one is not among those asked": _claim(
        lambda c, case: replace(c, among=c.among[:-1]), Relation.SOME_DID
    ),
    "value: the first of a change": _claim(_value(0), Relation.ROSE, Relation.FELL),
    "value: the last of a change": _claim(_value(1), Relation.ROSE, Relation.FELL),
    "value: both of what is unchanged": _claim(
        lambda c, case: replace(c, values=tuple(map(_more, c.values))), Relation.UNCHANGED
    ),
    "value: the last of what is unchanged": _claim(_value(1), Relation.UNCHANGED),
    "value: of a target": _claim(_value(0), Relation.REACHED, Relation.MISSED, Relation.BEHIND),
    "value: the same units are not told": _claim(
        lambda c, case: replace(c, like_for_like=()), Relation.ROSE, Relation.FELL
    ),
    "value: the same units are other units": _claim(_same_units),
    "value: of the same units": _claim(
        lambda c, case: replace(c, like_for_like=tuple(map(_more, c.like_for_like)))
    ),
    "target: another one": _claim(_target),
    "target: of none, another one": _claim(_target, Relation.NONE_SINCE),
    "target: of none, not told": _claim(
        lambda c, case: replace(c, target="") if c.target else None, Relation.NONE_SINCE
    ),
    "target: another path": (
        _claim(lambda c, case: replace(c, path=c.path + 1) if c.path is not None else None)
    ),
    "what: fewer periods in a row": _claim(
        lambda c, case: replace(c, least=c.least + 9) if c.what == "idle" else None
    ),
    "what: other answers": _claim(lambda c, case: replace(c, codes=("no",)) if c.codes == ("yes",) else None),
}  # fmt: skip


# -- lies of texts ---------------------------------------------------------------------------------


def _text(pattern: str, to: str | Callable[[re.Match[str]], str], *relations: Relation) -> Lie:
    """A lie that changes the first place of the text that fits `pattern`."""

    def lie(case: Case) -> Told | None:
        if relations and case.claim.relation not in relations:
            return None
        text = re.sub(pattern, to, case.text, count=1)
        return None if text == case.text else (case.finding, text)

    return lie


def _plus(found: re.Match[str]) -> str:
    """The number with another last digit."""
    return found[0][:-1] + str((int(found[0][-1]) + 1) % 10)


def _other_name(case: Case) -> Told | None:
    for unit in case.world.units.values():
        if unit.name in case.text:
            other = next(u.name for u in case.world.units.values() if u.name not in case.text)
            return case.finding, case.text.replace(unit.name, other)
    return None


def _add_name(case: Case) -> Told | None:
    for unit in case.world.units.values():
        if f"({unit.name}" in case.text:
            other = next(u.name for u in case.world.units.values() if u.name not in case.text)
            return case.finding, case.text.replace(f"({unit.name}", f"({other}, {unit.name}")
    return None


def _anywhere(case: Case) -> Told | None:
    name = next(iter(case.world.units.values())).name
    return None if case.claim.units else (case.finding, f"{case.text} tại {name}")


def _drop_name(case: Case) -> Told | None:
    for unit in case.world.units.values():
        if f"{unit.name}, " in case.text:
            return case.finding, case.text.replace(f"{unit.name}, ", "", 1)
    return None


def _over(case: Case) -> bool:
    """Whether the span has ended before the day of the review: then nothing in it is up to now."""
    return read_span(case.span).end < case.day


def _alone(case: Case) -> bool:
    """Whether it is said of one unit."""
    return len(case.claim.among) == 1


def _of(holds: Callable[[Case], bool], lie: Lie) -> Lie:
    """The lie, told of cases that `holds` lets through."""
    return lambda case: lie(case) if holds(case) else None


def _closed(case: Case) -> bool:
    closed = case.world.units[case.unit].closed
    return not _over(case) and closed is not None and closed <= case.day


def _late(case: Case) -> bool:
    """Whether the claim ends long before the day, so that later reports were due."""
    return not _over(case) and (case.day - case.claim.end).days > 110


def _now(case: Case) -> Told | None:
    text = re.sub(r"đến hết (quý [IV]+ )?năm \d{4}", "đến nay", case.text, count=1)
    return None if text == case.text else (case.finding, text)


def _judged(case: Case) -> Told | None:
    rule = case.world.rules.get(case.finding.rule)
    if rule is None or not rule.judgement or rule.judgement in case.text:
        return None
    return case.finding, f"{rule.judgement}; {case.text}"


_N = r"\d[\d.]*(?:,\d+)?"
_FIGURE = rf"(?<![\d/.,]){_N}(?= (?:hội nghị|người|vụ|triệu|cuộc))"
TEXTS: Mapping[str, Lie] = {
    "number: another figure": _text(_FIGURE, _plus, Relation.IS),
    "number: ten times as much": _text(_FIGURE, lambda m: m[0] + "0", Relation.IS),
    "number: a figure of which nothing is claimed": _text(r"$", ", trong đó có 7.777 người"),
    "number: the two of a change in turn": (
        _text(rf"từ ({_N})(%?) (\w+) ({_N})", r"từ \4\2 \3 \1", Relation.ROSE, Relation.FELL)
    ),
    "number: another difference": _text(rf"(?<=\((?:tăng|giảm) ){_N}", _plus),
    "number: another percentage": _text(r"[\d.]+,\d(?=%\))", _plus, Relation.ROSE, Relation.FELL),
    "number: points are told as a part": _text(r"điểm phần trăm", "phần trăm"),
    "number: of a target": _text(rf"(?<=mục tiêu là ){_N}", _plus),
    "number: of what is unchanged": _text(rf"(?<=giữ nguyên ){_N}", _plus),
    "number: of the same units": _text(r"(?<=cùng phạm vi )\d+", _plus),
    "word of direction: tăng is told as giảm": _text("tăng từ", "giảm từ"),
    "word of direction: giảm is told as tăng": _text("giảm từ", "tăng từ"),
    "word of direction: lên is told as xuống": _text("lên", "xuống", Relation.ROSE),
    "word of direction: xuống is told as lên": _text("xuống", "lên", Relation.FELL),
    "word of direction: in the brackets": _text(
        r"\((tăng|giảm)(?= \d)",
        lambda m: "(giảm" if m[1] == "tăng" else "(tăng",
        *(Relation.ROSE, Relation.FELL),
    ),
    "word of direction: unchanged, told as a rise": _text("giữ nguyên", "tăng lên", Relation.UNCHANGED),
    "word of number: một số is told as tất cả": _text("^một số", "tất cả"),
    "word of number: tất cả is told as một số": _text("^tất cả", "một số"),
    "word of number: một is told as một số": _text("^một đơn vị", "một số đơn vị"),
    "word of number: none is told as some": (
        _text(r"^(đến .*? )?(chưa|không)( có)? đơn vị nào", "một số đơn vị", Relation.NONE_DID)
    ),
    "word of number: none is told as all": (
        _text(r"^(đến .*? )?(chưa|không)( có)? đơn vị nào", "tất cả đơn vị", Relation.NONE_DID)
    ),
    "word of number: some are told as none": (
        _text(r"^(một|một số|tất cả) đơn vị", "chưa đơn vị nào", Relation.SOME_DID)
    ),
    "word of number: one unit is told as 1 trong 1": _of(_alone, _text("$", ": 1 trong 1 đơn vị")),
    "word of number: one unit is told as several": _of(_alone, _text("^", "một số đơn vị ")),
    "word of number: nhiều": _text("^(một|một số|tất cả) đơn vị", "nhiều đơn vị"),
    "word of number: k of n, another k": _text(r"\d+(?=/\d+ đơn vị| trong \d+)", _plus),
    "word of number: how many units did, another k": (
        _text(r"(?<=, do )\d+(?= trong \d+ đơn vị tổ chức)", _plus, Relation.SOME_DID)
    ),
    "word of number: k of n, another n": _text(r"(?<=\d/)\d+(?= đơn vị)|(?<=\d trong )\d+", _plus),
    "word of time: another year": _text(r"20\d\d", lambda m: str(int(m[0]) + 1), Relation.IS),
    "word of time: an earlier first year": (
        _text(r"(?<=từ năm )20\d\d", lambda m: str(int(m[0]) - 1), Relation.IS)
    ),
    "word of time: another quarter": (
        _text(r"quý (I+|IV)(?= )", lambda m: "quý IV" if m[1] != "IV" else "quý I", Relation.IS)
    ),
    "word of time: up to now, of a span that is over": _of(_over, _now),
    "word of time: up to now, of a unit that has ended": _of(_closed, _now),
    "word of time: up to now, and later reports were due": _of(_late, _now),
    "word of time: of a target, up to now": _of(lambda c: _over(c) and bool(c.claim.target), _now),
    "word of time: none did, up to a later year": (
        _text(r"(?<=năm )20\d\d", lambda m: str(int(m[0]) + 1), Relation.NONE_DID)
    ),
    "word of time: a half-year is told as a year": _text(r"6 tháng (đầu|cuối) năm", "năm"),
    "word of time: a year is told as a half-year": _text(r"trong năm", "trong 6 tháng đầu năm"),
    "word of time: none, since a later day": (
        _text(r"đến hết năm (\d{4})", lambda m: f"đến hết năm {int(m[1]) + 1}", Relation.NONE_SINCE)
    ),
    "word of time: another day": _text(r"\d{1,2}(?=/\d{1,2}/20)", lambda m: "13" if m[0] != "13" else "14"),
    "name: another unit": _other_name,
    "name: one unit more": _add_name,
    "name: one unit less": _drop_name,
    "name: a unit where none is claimed": _anywhere,
    "judgement: words that the figures contradict": _judged,
    "a hole: a figure without a value": _text(_FIGURE, "–", Relation.IS),
}  # fmt: skip


def _blamed(case: Case) -> Told | None:
    """The numerator of a rate is a shortcoming by itself."""
    if Facts(Ledger(case.world, case.day), case.unit, case.span).rate_over(case.claim.subject):
        finding = replace(case.finding, rule=WORSENED + case.claim.subject, claims=(case.claim,))
        return finding, "số liệu"
    return None


PARTS: Mapping[str, Lie] = {
    "subject: a part is blamed, whose rate is judged": _blamed,
}

LIES: Mapping[str, Lie] = {**CLAIMS, **TEXTS, **PARTS}


def told(lie: Lie, cases: tuple[Case, ...]) -> Iterator[tuple[Case, Told]]:
    """The true findings of which the lie can be told, each with the lie."""
    for case in cases:
        false = lie(case)
        if false is not None:
            yield case, false
