"""Rules of every type in words as short as can be, and what they say of the small district."""

from __future__ import annotations

from pathlib import Path

from nqcore.analysis.findings import Verdict
from nqcore.analysis.report.sentences import sentence_text
from tests.support.small import Now, plugin, reopen

PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'


YEAR = "2017"


def rule(
    type: str, sentences: dict[str, str], *, kind: str = "shortcoming", **params: object
) -> str:
    """A rule in TOML."""

    def written(value: object) -> str:
        if isinstance(value, list):
            return "[" + ", ".join(f'"{item}"' for item in value) + "]"
        return str(value) if isinstance(value, int) or str(value).startswith("{") else f'"{value}"'

    lines = [f"{key} = {written(value)}" for key, value in params.items()]
    cases = [f'{case} = "{text}"' for case, text in sentences.items()]
    return "\n".join(
        [
            f'[[rule]]\nid = "r"\nkind = "{kind}"\ndirective = "1-NQ/HU"\ntitle = "t"\ntype = "{type}"',
            *lines,
            "[rule.sentences]",
            *cases,
            "",
        ]
    )


def target(value: str, *, aim: str = "at_least", id: str = "m", indicator: str = "A1") -> str:
    return (
        f'[[target]]\nid = "{id}"\ndirective = "1-NQ/HU"\nindicator = "{indicator}"\nvalue = "{value}"\n'
        f'period = "2017"\naim = "{aim}"\n'
    )


def judged(
    folder: Path, toml: str, period: str = YEAR, unit: str = "top", *, day: str = "2018-04-20"
) -> Verdict:
    now = Now()
    now.on(day)
    with reopen(folder, now, plugin("nq_rules", PACK + toml)) as ws:
        assert ws.faults == ()
        return ws.reviews.verdict(directive="1-NQ/HU", period=period, unit=unit)


def said(verdict: Verdict) -> str | None:
    """The one sentence, None when the rule does not hold."""
    assert verdict.not_evaluated == ()
    assert len(verdict.findings) <= 1
    return sentence_text(verdict.findings[0].sentence) if verdict.findings else None


STILL_ZERO = {
    "zero": "{value} of {units} since {since} to {until}",
    "below": "{value} by {having} not {target}",
}


COMMUNES = '{ kinds = ["commune"] }'


STATE = '{ sectors = ["state"] }'


GAPS = {"some": "{gap_units} for {gap}: {names}; {value}, {since}-{until}"}


COMPLAINT = {"some": "{units}"}


TOTAL = {"some": "{A1} and {B1} of {units}, {since}-{until}"}


TARGET = {"some": "{indicator}: {value} of {target}"}


ANSWERS = {"some": "{units} ({names}); {missing} ({missing_names})"}


DAYS = {"some": "{given}: {list}; {missing} ({missing_names})"}


PLANS = {"some": "{issued} | {missing} | {missing_names}"}


# A1 in 2017: xa-a 2 0 0 0, xa-b 0 0 4 0, dn-2 1 1 1 1, dn-3 0 0 0 –; in all 10, 15 of 16 reports.
HOLDS: dict[str, tuple[str, str | None]] = {
    "still-zero: zero in what is there, and one report that is due is missing": (
        rule("still-zero", STILL_ZERO, indicators=["A1"], scope=STATE, coverage=1),
        None,
    ),
    "still-zero: above zero and no target": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]),
        None,
    ),
    "still-zero: below the target": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]) + target("11"),
        "10 by 3 trong 4 not 11",
    ),
    "still-zero: the target is reached": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]) + target("10"),
        None,
    ),
    "still-zero: no sentence for the case": (
        rule("still-zero", {"below": "x"}, indicators=["A1"], scope=STATE),
        None,
    ),
    "gaps: three quarters running": (
        rule("gaps", GAPS, indicators=["A1"], gap=3, coverage=75),
        "2 trong 4 for 3: Xã A, Công ty Ba; 10, 2017-2017",
    ),
    "gaps: only up to the last quarter with enough reports": (
        rule("gaps", GAPS, indicators=["A1"], gap=3),
        "1 trong 4 for 3: Công ty Ba; 9, 2017-2017",
    ),
    "gaps: a missing report is no gap": (rule("gaps", GAPS, indicators=["A1"], gap=4), None),
    "gaps: two of the communes": (
        rule("gaps", GAPS, indicators=["A1"], gap=2, scope=COMMUNES),
        "2 trong 2 for 2: Xã A, Xã B; 6, 2017-2017",
    ),
    "gaps: the longest and then the newest gap first, and how many of the units did": (
        rule(
            "gaps", {"some": "{names}; {value} by {having}"}, indicators=["A1"], gap=2, coverage=75
        ),
        "Xã A, Công ty Ba, Xã B; 10 by 3 trong 4",
    ),
    "same-complaint: two units at any time": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=2),
        "2 trong 4",
    ),
    "same-complaint: one unit lately": (
        rule(
            "same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, last=1, coverage=75
        ),
        "1 trong 3",
    ),
    "same-complaint: one unit in the last quarter of which enough have reported": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, last=1),
        "1 trong 4",
    ),
    "same-complaint: too few": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=3),
        None,
    ),
    "same-complaint: either of two codes": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["tien"], at_least=1),
        "1 trong 4",
    ),
    "same-complaint: in its scope": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, scope=COMMUNES),
        "1 trong 2",
    ),
    "answers: the last report of each unit counts": (
        rule("answers", ANSWERS, field="K1", codes=["chu", "tien"]),
        "1 trong 4 (Công ty Hai); 0 trong 4 ()",
    ),
    "answers: too few": (rule("answers", ANSWERS, field="K1", codes=["chu"], at_least=2), None),
    "answers: the status of a task, of the one unit that has it": (
        rule("answers", {**ANSWERS, "one": "{names}; {over}"}, field="NV-t1", codes=["doing"]),
        "Xã A; trong 9 tháng đầu năm 2017",
    ),
    "answers: one of one is not a share": (
        rule("answers", ANSWERS, field="NV-t1", codes=["doing"]),
        None,
    ),
    "answers: another status": (rule("answers", ANSWERS, field="NV-t1", codes=["done"]), None),
    "total: above zero": (
        rule("total", TOTAL, kind="result", indicators=["A1", "B1"], coverage=50),
        "10 and 200 of 4, 2017-2017",
    ),
    "total: only up to the last quarter with enough reports": (
        rule("total", TOTAL, kind="result", indicators=["A1", "B1"]),
        "9 and 200 of 4, 2017-2017",
    ),
    "total: of too few reports": (
        rule("total", TOTAL, indicators=["A1", "B1"], scope=STATE, coverage=100),
        None,
    ),
    "total: zero": (rule("total", TOTAL, indicators=["A1", "B1"], scope=STATE), None),
    "target: reached, as a result": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"]) + target("10"),
        "Hội nghị: 10 of 10",
    ),
    "target: reached, as a shortcoming": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("10"),
        None,
    ),
    "target: missed, as a shortcoming": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("10.5"),
        "Hội nghị: 10 of 10,5",
    ),
    "target: missed, as a result": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"]) + target("11"),
        None,
    ),
    "target: none is set": (rule("target", TARGET, coverage=75, indicators=["A1"]), None),
    "target: at most, reached": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"])
        + target("10", aim="at_most"),
        "Hội nghị: 10 of 10",
    ),
    "target: at most, missed": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("9", aim="at_most"),
        "Hội nghị: 10 of 9",
    ),
    "target: the strictest of two": (
        rule("target", TARGET, coverage=75, indicators=["A1"])
        + target("5", id="m1")
        + target("12", id="m2"),
        "Hội nghị: 10 of 12",
    ),
    "target: the strictest of two that are at most": (
        rule("target", TARGET, coverage=75, indicators=["A1"])
        + target("20", aim="at_most", id="m1")
        + target("8", aim="at_most", id="m2"),
        "Hội nghị: 10 of 8",
    ),
    "target: the one that is named": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"], target="m1")
        + target("5", id="m1")
        + target("12", id="m2"),
        "Hội nghị: 10 of 5",
    ),
    "plans: some have one, as a result": (
        rule("plans", PLANS, kind="result", field="VB1"),
        "1 trong 2 | 1 trong 2 | Xã B",
    ),
    "plans: some have none, as a shortcoming": (
        rule("plans", PLANS, field="VB1"),
        "1 trong 2 | 1 trong 2 | Xã B",
    ),
    "plans: nobody of the scope is asked": (rule("plans", PLANS, field="VB1", scope=STATE), None),
}


NEVER = {
    "answers: a field without codes": (
        rule("answers", ANSWERS, field="VB1", codes=["yes"]),
        "names “VB1”, whose answers have no codes",
    ),
    "answers: no such field": (
        rule("answers", ANSWERS, field="X", codes=["yes"]),
        "names “X”, which no form asks for",
    ),
    "answers: no such code": (
        rule("answers", ANSWERS, field="K1", codes=["chu", "yes"]),
        "has “yes”; K1 has chu, tien",
    ),
    "same-complaint: no such code": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["tien", "x"], at_least=1),
        "has “x”; K1 has chu, tien",
    ),
    "days: a field without days": (
        rule("days", DAYS, field="N1"),
        "names “N1”, a field of another type",
    ),
    "plans: a field without documents": (
        rule("plans", PLANS, field="K1"),
        "names “K1”, a field of another type",
    ),
}
