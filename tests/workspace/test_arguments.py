"""Arguments of the wrong kind get our own error, which says what to give."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import nqcore
from nqcore.collection.accounts.access import Role
from nqcore.errors import BoundariesError, InputError, WrongArgument
from nqcore.model.units import Unit
from nqcore.workspace.arguments import WANTED
from nqcore.workspace.asked_review import AskedReview, ReviewKeywords
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, PERIOD

SERVICES = (
    *("submissions", "entry", "monitoring", "organisation", "totals", "reviews", "archive"),
    *("editions", "drafting", "papers", "content", "outlines"),
)


def public_methods(ws: Workspace) -> Iterator[Callable[..., object]]:
    """Every public method of the workspace and of its services, bound to them."""
    for owner in (ws, *(getattr(ws, name) for name in SERVICES)):
        for name, function in vars(type(owner)).items():
            if inspect.isfunction(function) and not name.startswith("_"):
                yield getattr(owner, name)


def refusal(call: Callable[[], object]) -> WrongArgument:
    with pytest.raises(WrongArgument) as refused:
        call()
    return refused.value


def test_each_parameter_of_each_public_method_is_checked_before_anything_is_done(
    ws: Workspace,
) -> None:
    checked = 0
    seq = ws.store.head.seq
    for method in public_methods(ws):
        for parameter in inspect.signature(method).parameters.values():
            several = parameter.kind is inspect.Parameter.VAR_POSITIONAL
            args = (object(),) if several else ()
            kwargs = {} if several else {parameter.name: object()}
            wrong = refusal(lambda: method(*args, **kwargs))  # noqa: B023
            assert wrong.params["argument"] == f"{method.__name__}({parameter.name})"
            assert "typing" not in str(wrong)
            checked += 1
    assert checked > 150
    assert ws.store.head.seq == seq


DRAFT = ("xa-a", "s.q", PERIOD)
CODE = "the code of an indicator, such as “C3.3”"
WRONG: dict[str, tuple[Callable[[Workspace], object], str]] = {
    "a number for an indicator": (
        lambda ws: ws.figure(123, PERIOD),  # type: ignore[arg-type]
        f"figure(indicator): 123 – give {CODE}",
    ),
    "a year as a number": (
        lambda ws: ws.figure("B1", 2018),  # type: ignore[arg-type]
        f"figure(period): 2018 – give {WANTED['period']}",
    ),
    "no period": (
        lambda ws: ws.findings(directive="1-NQ/HU", period=None),  # type: ignore[arg-type]
        f"findings(period): None – give {WANTED['period']}",
    ),
    "a list of answers": (
        lambda ws: ws.save_draft(*DRAFT, ["1"], by="lan"),  # type: ignore[arg-type]
        f"save_draft(answers): ['1'] – give {WANTED['answers']}",
    ),
    "a fraction in binary as an answer": (
        lambda ws: ws.save_draft(*DRAFT, {"A1": 1.5}, by="lan"),  # type: ignore[dict-item]
        "A1: 1.5 – give text, a whole number or a Decimal",
    ),
    "a number for the key of a field": (
        lambda ws: ws.save_draft(*DRAFT, {1: "1"}, by="lan"),  # type: ignore[dict-item]
        f"save_draft(answers): {{1: '1'}} – give {WANTED['answers']}",
    ),
    "a number that explains": (
        lambda ws: ws.save_draft(*DRAFT, {}, by="lan", explanations={"A1": 1}),  # type: ignore[dict-item]
        "save_draft(explanations): {'A1': 1} – give a mapping or None",
    ),
    "nobody who writes": (
        lambda ws: ws.save_draft(*DRAFT, {}, by=None),  # type: ignore[arg-type]
        "save_draft(by): None – give an account or its login",
    ),
    "an account as a unit": (
        lambda ws: ws.figure("B1", PERIOD, ws.account("lan")),  # type: ignore[arg-type]
        "figure(unit): a value of the type Account – give the code of a unit",
    ),
    "a text for a list": (
        lambda ws: ws.save_draft(*DRAFT, {}, by="lan", copied="A1"),
        "save_draft(copied): 'A1' – give a list",
    ),
    "a moment for a day": (
        lambda ws: ws.return_(
            "2018-Q1_s.q_xa-a", by="duyet", reason="x", resend_by=datetime(2018, 4, 9)
        ),
        "return_(resend_by): datetime.datetime(2018, 4, 9, 0, 0) – "
        "give a day (datetime.date) or None",
    ),
    "yes for a number": (
        lambda ws: ws.send("2018-Q1_s.q_xa-a", by="lan", base=True),
        "send(base): True – give a whole number or None",
    ),
    "a code for a unit": (
        lambda ws: ws.organisation.add_units(["xa-c"], by="lan"),  # type: ignore[list-item]
        "add_units(units): ['xa-c'] – give a list",
    ),
    "a number for a file": (
        lambda ws: ws.archive.back_up(7, by="lan"),  # type: ignore[arg-type]  # the fault
        "back_up(file): 7 – give a text or a path (pathlib.Path)",
    ),
    "a text for a function": (
        lambda ws: ws.rollup(form="s.q", period=PERIOD, progress="bar"),  # type: ignore[arg-type]
        "rollup(progress): 'bar' – give a function",
    ),
    "a text for an obligation": (
        lambda ws: ws.entry.read("2018-Q1_s.q_xa-a", {}),  # type: ignore[arg-type]
        "read(obligation): '2018-Q1_s.q_xa-a' – "
        "give an obligation (ws.submissions.obligation gives it)",
    ),
    "a number for a folder": (
        lambda ws: nqcore.open(7),  # type: ignore[arg-type]
        "open_workspace(path): 7 – give a text or a path (pathlib.Path)",
    ),
    "one plugin's name for a list": (
        lambda ws: nqcore.create(ws.folder / "x", plugins="nq_res20"),
        "create(plugins): 'nq_res20' – give a list",
    ),
}


@pytest.mark.parametrize(("call", "says"), WRONG.values(), ids=WRONG)
def test_the_error_says_what_was_given_and_what_to_give(
    ws: Workspace, call: Callable[[Workspace], object], says: str
) -> None:
    wrong = refusal(lambda: call(ws))
    assert str(wrong) == says
    assert isinstance(wrong, InputError)


def test_a_text_that_is_no_day_is_refused_by_name(ws: Workspace) -> None:
    with pytest.raises(BoundariesError, match="yesterday"):
        ws.figure("B1", PERIOD, boundaries="yesterday")


def test_missing_and_unknown_arguments_stay_errors_of_python(ws: Workspace) -> None:
    with pytest.raises(TypeError, match="period"):
        ws.figure("B1")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="nit"):
        ws.figure("B1", PERIOD, nit="top")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        ws.figure("B1", PERIOD, "top", True)  # type: ignore[misc]


def test_what_the_annotations_allow_is_taken(ws: Workspace, tmp_path: Path) -> None:
    draft = ws.save_draft(*DRAFT, {"A1": 1, "K1": ("chu",)}, by=ws.account("lan"), copied={"A1"})
    assert ws.submissions.find(draft).submission == ws.submissions.find(draft.submission).submission
    assert ws.submissions.actor("lan", NOON).login == "lan"
    ws.accounts.add("quantri", "Q", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON)
    assert ws.archive.back_up(tmp_path / "b.zip", by="quantri")
    # An iterable that can be read once is not read before the method reads it.
    none: Iterator[Unit] = iter(())
    assert ws.organisation.lineage(none) == []
    assert ws.organisation.lineage(iter([ws.units["xa-a"]]))[0]["code"] == "xa-a"


def test_the_checked_methods_keep_their_names_signatures_and_docstrings() -> None:
    assert Workspace.figure.__name__ == "figure"
    assert list(inspect.signature(Workspace.figure).parameters)[:4] == [
        *("self", "indicator", "period", "unit")
    ]
    assert (Workspace.figure.__doc__ or "").startswith("One total with its coverage")


def test_the_words_for_parameters_are_used(ws: Workspace) -> None:
    names: set[Any] = set()
    for method in public_methods(ws):
        names |= inspect.signature(method).parameters.keys()
    assert names >= WANTED.keys() - {"indicators", "periods"}


def test_what_a_review_is_asked_for_is_shown_keyword_by_keyword(ws: Workspace) -> None:
    for method in (
        ws.findings,
        ws.report,
        ws.reviews.review,
        ws.reviews.decide,
        ws.editions.freeze,
    ):
        parameters = inspect.signature(method).parameters
        keywords = [name for name in AskedReview.__dataclass_fields__ if name in parameters]
        assert keywords == [*AskedReview.__dataclass_fields__] == [*get_type_hints(ReviewKeywords)]
        needed = {name for name in keywords if parameters[name].default is inspect.Parameter.empty}
        assert needed == {"directive", "period"}
    with pytest.raises(TypeError, match="period"):
        ws.findings(directive="1-NQ/HU")  # type: ignore[call-arg]  # the fault
    with pytest.raises(TypeError, match="unti"):
        ws.findings(directive="1-NQ/HU", period="2018", unti="top")  # type: ignore[call-arg]  # the fault
