"""Random pairs of states of a small office: what a review was made of, before and after.

The states are made without writing a journal, so thousands can be tried. Whatever may change between two
editions changes here: reports that come, are corrected, reopened or left out; units that are merged, moved,
renamed or end; targets, rules, indicators and settings; decisions on findings; the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.frozen.basis import Basis, OfficeBasis
from nqcore.analysis.frozen.difference import Side
from nqcore.catalogue import Definitions, Plugins, ask_plugins, parse_definitions
from nqcore.catalogue.bundled_outlines import bundled_outlines
from nqcore.catalogue.contributions import Contributions
from nqcore.clock import VIET_NAM
from nqcore.collection.reorganisation.codec import CHANGE, UNIT
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.tables import CHANGES, DECISIONS, REVISIONS, SUBMISSIONS, UNITS
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.days_off import VIET_NAM as HOLIDAYS
from nqcore.model.fields import Answer
from nqcore.model.outlines import Outline
from nqcore.model.submissions import Revision, Step, SubmissionState, submission_id
from nqcore.model.units import Sector, Unit, UnitKind
from nqcore.store import Store
from nqcore.store.past import PastStore
from tests.analysis.frozen.offices import RULES
from tests.support.small import DISTRICT

REPORTERS = ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3")
PERIODS = ("2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2")
DAYS = ("2018-04-12", "2018-05-02", "2018-07-15", "2018-10-20")
SPANS = ("2017..2018", "2018", "2018-Q1", "2018-Q2")
BASIS = "Nghị quyết số 5"


@dataclass(frozen=True)
class Drawn:
    """What hypothesis draws of one state; reports as (unit, period) -> a list of revisions."""

    day: str
    reports: dict[tuple[str, str], list[tuple[str, dict[str, int], bool]]]
    target: str
    coverage: int
    verb: str
    decimals: int
    since: date | None
    changes: tuple[ChangeEvent, ...]
    own_unit: bool
    decisions: dict[str, str]
    outline: Outline


revisions = st.tuples(
    st.sampled_from(["accepted", "accepted", "accepted", "sent", "draft", "returned", "excluded"]),
    st.fixed_dictionaries(
        {"A1": st.integers(0, 40), "B1": st.integers(1, 3000), "B2": st.integers(0, 900)}
    ),
    st.booleans(),
)

EVENTS = (
    ChangeEvent(
        id="v-merge",
        date=date(2018, 4, 1),
        kind=ChangeKind.MERGE,
        basis=BASIS,
        transfers=(
            Transfer(source="xa-a", target="xa-a"),
            Transfer(source="xa-b", target="xa-a"),
        ),
    ),
    ChangeEvent(
        id="v-name",
        date=date(2018, 1, 10),
        kind=ChangeKind.RENAME,
        basis=BASIS,
        unit="xa-a",
        name="Phường A",
    ),
    ChangeEvent(
        id="v-move",
        date=date(2018, 2, 1),
        kind=ChangeKind.MOVE,
        basis=BASIS,
        unit="dn-3",
        parent="xa-a",
    ),
    ChangeEvent(id="v-end", date=date(2018, 6, 1), kind=ChangeKind.CLOSE, basis=BASIS, unit="dn-1"),
)
OWN_UNIT = Unit(
    code="dn-4",
    name="Công ty Bốn",
    kind=UnitKind.ENTERPRISE,
    sector=Sector.NON_STATE,
    parent="xa-a",
)

SHORT, WHOLE = bundled_outlines()
TURNED = replace(SHORT, parts=(*SHORT.parts[:1], *reversed(SHORT.parts[1:])), annexes=())
"""The short outline, as an office may change it: the parts in another order, no annex."""

states = st.builds(
    Drawn,
    day=st.sampled_from(DAYS),
    reports=st.dictionaries(
        st.tuples(st.sampled_from(REPORTERS), st.sampled_from(PERIODS)),
        st.lists(revisions, min_size=1, max_size=2),
        min_size=7,
        max_size=16,
    ),
    target=st.sampled_from(["10", "25", "60"]),
    coverage=st.sampled_from([1, 1, 50]),
    verb=st.sampled_from(["đã tổ chức", "đã mở"]),
    decimals=st.sampled_from([1, 1, 0, 2]),
    since=st.sampled_from([None, None, date(2018, 1, 1)]),
    changes=st.lists(st.sampled_from(EVENTS), max_size=2, unique=True).map(tuple),
    own_unit=st.booleans(),
    decisions=st.dictionaries(
        st.sampled_from(["r.money", "r.sum", "r.grown", "r.plans"]),
        st.sampled_from(["chosen", "dismissed", "waiting"]),
        max_size=3,
    ),
    outline=st.sampled_from([SHORT, SHORT, WHOLE, TURNED]),
)


@st.composite
def state_pairs(draw: st.DrawFn) -> tuple[Drawn, Drawn]:
    """A state and a later one: most of the later one is as it was, and some of it is new."""
    old, new = draw(states), draw(states)
    kept: dict[str, Any] = {
        name: getattr(old, name)
        for name in Drawn.__dataclass_fields__
        if name != "reports" and draw(st.booleans())
    }
    reports = dict(old.reports)
    for key, several in new.reports.items():
        if draw(st.booleans()):  # chains of revisions only grow
            reports[key] = [*reports.get(key, []), *several]
    new = replace(new, **kept, reports=reports)
    return old, replace(new, day=max(old.day, new.day))


def basis_of_state(drawn: Drawn, store: Store) -> Basis:
    """The basis that a real office in that state would have."""
    moment = datetime.fromisoformat(f"{drawn.day}T12:00:00").replace(tzinfo=VIET_NAM)
    return Basis(
        store=PastStore(store, store.version, _tables(drawn)),
        contributions=_contributions(drawn),
        office=OfficeBasis(root="top", since=drawn.since, letterheads=(), days_off=HOLIDAYS),
        moment=moment,
        today=moment.date(),
        as_of=moment.date(),
    )


def side(drawn: Drawn, store: Store) -> Side:
    """The same as one side of a comparison, without a stored text."""
    return Side(basis=basis_of_state(drawn, store), outline=drawn.outline)


def address(span: str) -> ReviewAddress:
    """The review of the whole district over `span`."""
    return ReviewAddress(directive=DIRECTIVE, unit="top", span=span)


def _contributions(drawn: Drawn) -> Contributions:
    district = DISTRICT.replace("decimals = 1\nformula", f"decimals = {drawn.decimals}\nformula")
    rules = RULES.format(target=drawn.target, coverage=drawn.coverage, verb=drawn.verb)
    empty = ask_plugins(Plugins(()))
    return replace(
        empty, definitions=(("nq_rules", _parsed(rules)), ("nq_small", _parsed(district)))
    )


def _parsed(text: str) -> Definitions:
    if text not in _PARSED:
        _PARSED[text] = parse_definitions("all.toml", text)
    return _PARSED[text]


_PARSED: dict[str, Definitions] = {}
DIRECTIVE = _parsed(DISTRICT).directives[0].id


def _tables(drawn: Drawn) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {
        SUBMISSIONS: {},
        REVISIONS: {},
        DECISIONS: {},
        CHANGES: {each.id: CHANGE.to_doc(each) for each in drawn.changes},
        UNITS: {OWN_UNIT.code: UNIT.to_doc(OWN_UNIT)} if drawn.own_unit else {},
    }
    for (unit, period), several in drawn.reports.items():
        id = submission_id(period, "s.q", unit)
        for number, (state, figures, poor) in enumerate(several, 1):
            revision = _revision(id, unit, period, number, state, figures, poor)
            tables[REVISIONS][f"{id}#{number}"] = REVISION.to_doc(revision)
            tables[SUBMISSIONS][id] = {"revision": number, "state": state}
    for span in SPANS:
        for rule, choice in drawn.decisions.items():
            tables[DECISIONS][f"{span}|{DIRECTIVE}|top|{rule}"] = {
                "unit": "top",
                "choice": choice,
                "number": 1,
                "by": "duyet",
                "at": "2018-04-05T12:00:00+07:00",
                "parts": [],
                "fixed": [],
                "own": [],
                "said": {},
            }
    return tables


def _revision(
    id: str, unit: str, period: str, number: int, state: str, figures: dict[str, int], poor: bool
) -> Revision:
    answers: dict[str, Answer] = {"A1": Decimal(figures["A1"]), "K1": ("tien",) if poor else ()}
    if unit.startswith("dn"):
        answers |= {"B1": Decimal(figures["B1"]), "B2": Decimal(figures["B2"])}
    return Revision(
        submission=id,
        unit=unit,
        form="s.q",
        period=period,
        number=number,
        state=SubmissionState(state),
        step=Step.ACCEPT,
        answers=answers,
        by="duyet",
        at=datetime(2018, 4, 1 + number, 9, tzinfo=VIET_NAM),
    )
