"""A world as nqcore has it: its definitions as a plugin's TOML, its reports as revisions in a store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

from nqcore.analysis.findings import Review, Verdict, evaluate
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.catalogue import Catalogue, Plugins, build_catalogue, parse_definitions
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.as_of import RepositoryAsOf
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.errors import InputError, NqError
from nqcore.model.fields import Answer, OwnDocument
from nqcore.model.findings import Finding
from nqcore.model.submissions import Revision, SubmissionState, submission_id
from nqcore.model.submissions import Step as Workflow
from nqcore.plugin import hook
from nqcore.store import Store
from tests.review.values import (
    DIRECTIVE,
    HANOI,
    OTHER,
    REPORTERS,
    Indicator,
    Rule,
    Target,
    Unit,
    Value,
)
from tests.review.worlds import World

_STEPS = {
    "draft": Workflow.SAVE,
    "sent": Workflow.SEND,
    "withdrawn": Workflow.WITHDRAW,
    "returned": Workflow.RETURN,
    "accepted": Workflow.ACCEPT,
    "reopened": Workflow.REOPEN,
}


# -- definitions -----------------------------------------------------------------------------------


def _table(name: str, values: Mapping[str, object]) -> str:
    return f"\n[[{name}]]\n" + "".join(
        f"{key} = {_toml(value)}\n"
        for key, value in values.items()
        if value not in (None, "", (), {})
    )


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case dict():
            inner = (f"{k} = {_toml(v)}" for k, v in value.items() if v not in (None, "", ()))
            return "{ " + ", ".join(inner) + " }"
    return f'"{value}"'


def _unit(unit: Unit) -> str:
    closed = unit.closed if len(unit.parents) == 1 else None  # a merge closes its unit itself
    return _table(
        "unit",
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "sector": unit.sector,
            "parent": unit.parents[0][1],
            "opened": unit.opened,
            "closed": closed,
            "order": int("0" + unit.code[1:]) if unit.code[1:].isdigit() else 0,
        },
    )


def _indicator(one: Indicator) -> str:
    formula = f"{one.over[0][2:]} / {one.over[1][2:]} * 100" if one.over else ""
    return _table(
        "indicator",
        {
            "label": one.code.removeprefix("w."),
            "name": one.name,
            "measure": one.measure,
            "decimals": one.decimals,
            "time": "last" if one.kind == "stock" else "",
            "direction": one.better,
            "worsens_floor": one.floor,
            "formula": formula,
            "asks": {"kinds": one.asks} if set(one.asks) != set(REPORTERS) else {},
        },
    )


def _forms(world: World) -> Iterator[str]:
    for form in world.forms.values():
        every = {3: "quarter", 6: "half", 12: "year"}[form.months]
        yield _table(
            "form",
            {
                "id": f"w.{form.id}",
                "title": "Báo cáo",
                "directive": DIRECTIVE if form.own else OTHER,
                "every": every,
                "due": {"day": 10, "months_after": 1, "on_holiday": "keep", "on_weekend": "keep"},
                "owed_by": {"kinds": form.owed_by},
            },
        )
        labels = tuple(
            i.code[2:] for i in world.indicators.values() if i.form == form.id and i.over is None
        )
        yield _table("form.section", {"key": "A", "title": "Số liệu", "figures": labels})
        if form.id == "q":
            options = tuple({"code": c, "text": f"Khó khăn {c}"} for c in ("chu", "tien", "nguoi"))
            yield _table(
                "form.section.choices", {"key": "K1", "label": "Khó khăn", "option": options}
            )
            yield _table("form.section.yes_no", {"key": "QC1", "label": "Có quy chế"})
            yield _table("form.section.day", {"key": "D1", "label": "Ngày họp", "required": False})
            yield _table("form.section.narrative", {"key": "N1", "label": "Nhận xét"})
        if form.id == "y":
            asks = {"kinds": ("commune", "agency")}
            yield _table(
                "form.section.document",
                {"key": "VB1", "label": "Kế hoạch", "directive": DIRECTIVE, "asks": asks},
            )


def _target(one: Target) -> str:
    text = _table(
        "target",
        {
            "id": one.id,
            "directive": DIRECTIVE,
            "indicator": one.indicator,
            "value": one.value,
            "period": one.period,
            "aim": one.aim,
            "scope": {"kinds": one.kinds, "within": one.within} if one.kinds or one.within else {},
            "each": one.each or "",
            "path": tuple({"day": day, "value": value} for day, value in one.path),
        },
    )
    if one.overlay is None:
        return text
    text += _table(
        "overlay",
        {
            "id": f"o.{one.id}",
            "target": one.id,
            "within": one.overlay.within,
            "since": one.overlay.since,
            "basis": "Quyết định của cấp ủy",
        },
    )
    return text + f'[overlay.set]\nvalue = "{one.overlay.value}"\n'


def _rule(rule: Rule) -> str:
    sectors = (rule.sector,) if rule.sector else ()
    scope = {"kinds": rule.kinds, "sectors": sectors, "within": rule.within}
    text = _table(
        "rule",
        {
            "id": rule.id,
            "kind": rule.kind,
            "directive": DIRECTIVE,
            "title": rule.id,
            "type": rule.type,
            "indicators": tuple(code[2:] for code in rule.indicators),
            "scope": scope if any(scope.values()) else {},
            "coverage": rule.coverage,
            "judgement": rule.judgement,
            "judged_by": tuple(code[2:] for code in rule.judged_by),
            **({"since": rule.since} if rule.since else {}),
            **rule.options,
        },
    )
    return (
        text + "[rule.sentences]\n" + "".join(f'{k} = "{v}"\n' for k, v in rule.sentences.items())
    )


def definitions(world: World) -> str:
    """The TOML of the world's plugin."""
    head = '[pack]\nid = "w"\nsince = 2016-01-01\nbasis = "Kế hoạch của cấp ủy"\n'
    directive = {
        "type": "Nghị quyết",
        "number": DIRECTIVE,
        "issuer": "HU",
        "body": "Huyện ủy",
        "title": "về một việc",
        "date": world.issued,
    }
    changes = []
    for nth, change in enumerate(world.changes):
        given: dict[str, object] = {"id": f"c{nth}", "date": change.day, "kind": change.kind}
        if change.kind == "move":
            given |= {"unit": change.unit, "parent": change.to}
        else:
            ends = ({"source": c, "target": change.to} for c in (change.unit, change.to))
            given["transfers"] = tuple(ends)
        changes.append(_table("change", given))
    return "".join(
        (
            head,
            _table("directive", directive),
            _table("directive", {**directive, "type": "Kế hoạch", "number": OTHER, "date": None}),
            *map(_unit, world.units.values()),
            *changes,
            *(_indicator(one) for one in world.indicators.values()),
            *_forms(world),
            *(_target(one) for one in world.targets.values()),
            *(_rule(one) for one in world.rules.values()),
        )
    )


def catalogue(world: World) -> Catalogue:
    """The catalogue of the world's plugin. Raises where the plugin has a fault."""
    module, text = ModuleType("world"), definitions(world)
    made = parse_definitions("world/all.toml", text)
    module.definitions = hook(lambda: made)  # type: ignore[attr-defined]
    module.definitions.__name__ = "definitions"
    known = build_catalogue(Plugins((), [("world", module)]))
    assert not known.faults, known.faults
    return known


# -- reports ---------------------------------------------------------------------------------------


def _answer(key: str, value: Value) -> Answer:
    return OwnDocument(str(value), date(2016, 3, 1)) if key.startswith("VB") else value  # type: ignore[return-value]


def revisions(world: World) -> Iterator[list[Revision]]:
    """The revisions of each submission."""
    for (form, period, unit), steps in world.reports.items():
        found, first = list[Revision](), None
        for nth, step in enumerate(steps, 1):
            first = first or (step.at if step.state == "sent" else None)
            found.append(
                Revision(
                    submission=submission_id(period, f"w.{form}", unit),
                    unit=unit,
                    form=f"w.{form}",
                    period=period,
                    number=nth,
                    state=SubmissionState(step.state),
                    step=_STEPS[step.state],
                    answers={k: _answer(k, v) for k, v in step.answers.items()},
                    by="duyet",
                    at=step.at,
                    first_sent=first,
                )
            )
        yield found


class Stage:
    """The reviews of one world as nqcore makes them: all reports are in one store, and each review knows what
    had been accepted by its day."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.catalogue = catalogue(world)
        self.obligations = Obligations(self.catalogue)
        self.now = datetime(world.years[-1] + 2, 1, 1, tzinfo=HANOI)
        self.store = Store.create(folder / "store", None, datetime(2016, 1, 1, tzinfo=UTC), "world")
        with self.store.change(by="duyet", do="accept", at=self.now) as change:
            change.put("settings", "world", {"seed": str(world.seed)})
            for several in revisions(world):
                for one in several:
                    change.put(REVISIONS, f"{one.submission}#{one.number}", REVISION.to_doc(one))
                head = {"revision": len(several), "state": several[-1].state.value}
                change.put(SUBMISSIONS, several[0].submission, head)
        index = SubmissionIndex(self.store)
        self.repository = SubmissionRepository(
            self.store, self.obligations, lambda: self.now, index
        )
        self._days: dict[tuple[date, date], tuple[Totals, SubmissionRepository]] = {}

    def _as_of(self, day: date, today: date) -> tuple[Totals, SubmissionRepository]:
        """Totals and repository as they were at the end of that day, by the clock of `today`."""
        self.now = datetime.combine(today, time(23, 59, 59), HANOI)
        found = self._days.get((day, today))
        if found is None:
            repository, values = (
                RepositoryAsOf(self.repository, day),
                AcceptedValues(self.catalogue),
            )
            for revision in repository.newest_revisions():
                values.put(revision)
            totals = Totals(self.obligations, values, today)
            found = self._days[day, today] = totals, repository
        return found

    def review(
        self,
        unit: str,
        span: str,
        day: date,
        today: date | None = None,
        boundaries: date | None = None,
    ) -> Review | None:
        """None where nqcore refuses the span."""
        totals, repository = self._as_of(day, today or day)
        directive = self.catalogue.directives[DIRECTIVE]
        try:
            return Review(totals, repository, directive, unit, span, boundaries, as_of=day)
        except InputError:
            return None

    def verdict(
        self,
        unit: str,
        span: str,
        day: date,
        today: date | None = None,
        boundaries: date | None = None,
    ) -> Verdict | None:
        """All findings of a review; None where nqcore refuses the span."""
        review = self.review(unit, span, day, today, boundaries)
        return None if review is None else evaluate(review)

    def close(self) -> None:
        self.store.close()


@contextmanager
def staged(world: World, folder: Path | None = None) -> Iterator[Stage]:
    """A stage in a folder of its own, which is removed at the end."""
    place = Path(mkdtemp(prefix="nq-review-", dir=folder))
    stage = Stage(world, place)
    try:
        yield stage
    finally:
        stage.close()
        shutil.rmtree(place)


def printed(finding: Finding) -> str:
    """The finding as it is printed."""
    return sentence_text(finding.sentence)


__all__ = ["NqError", "Stage", "catalogue", "definitions", "printed", "staged"]
