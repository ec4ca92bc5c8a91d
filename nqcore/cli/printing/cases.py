"""What `nq plugins test` prints: each case with what differs, and of which rules no case speaks."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Phrase, Spoken, Translate, Words
from nqcore.testing import CaseResult, CasesRun, RuleCoverage


def cases_data(run: CasesRun, translate: Translate = str) -> Data:
    """The run as JSON; what differs is in the language of `translate`."""

    def said(words: Words) -> str:
        return words.message(translate) if isinstance(words, Phrase) else words

    return {
        "plugin": run.name,
        "passed": run.passed,
        "cases": [
            {
                "file": one.file,
                "title": one.title,
                "passed": one.passed,
                "mistakes": [mistake.message(translate) for mistake in one.mistakes],
                "differences": [
                    {
                        "line": d.line,
                        "expected": said(d.expected),
                        "found": said(d.found),
                    }
                    for d in one.differences
                ],
            }
            for one in run.results
        ],
        "rules": [
            {
                "rule": rule.rule,
                "sentences": list(rule.cases),
                "expected": list(rule.expected),
                "silent": rule.silent,
            }
            for rule in run.coverage
        ],
    }


def case_lines(run: CasesRun) -> Iterator[Spoken]:
    """Each case: whether it passes, or line by line what differs; then the coverage of the rules."""
    for result in run.results:
        yield from _lines_of(result)
    if not run.results:
        words = N_("{name} has no cases. Write them into the folder cases of its package.")
        yield Phrase(words, {"name": run.name})
    if run.coverage:
        covered = sum(rule.is_covered for rule in run.coverage)
        words = N_("{covered} of {count} rules have a case.")
        yield Phrase(words, {"covered": covered, "count": len(run.coverage)})
    for rule in run.coverage:
        yield from _coverage_line(rule)


def _lines_of(result: CaseResult) -> Iterator[Spoken]:
    mark = Phrase(N_("passes")) if result.passed else Phrase(N_("differs"))
    if result.mistakes:
        mark = Phrase(N_("cannot be run"))
    title = f" – {result.title}" if result.title else ""
    yield Phrase("{file}{title}: {mark}", {"file": result.file, "title": title, "mark": mark})
    for line in (*result.mistakes, *result.differences):
        yield Phrase("  {line}", {"line": line})


def _coverage_line(rule: RuleCoverage) -> Iterator[Spoken]:
    """What no case expects of the rule; nothing where all is expected."""
    names = ", ".join(filter(None, rule.missing))
    params = {"rule": rule.rule, "names": names}
    if not rule.is_covered:
        words = N_("{rule}: no case ({names})") if names else N_("{rule}: no case")
        yield Phrase("  {line}", {"line": Phrase(words, params)})
    elif names:
        words = N_("{rule}: no case with the sentence {names}")
        yield Phrase("  {line}", {"line": Phrase(words, params)})
