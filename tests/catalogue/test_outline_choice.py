"""Which outline a report has: a bundled one, one of a plugin, or the office's own, which goes before."""

from __future__ import annotations

import pytest

from nqcore.catalogue import (
    Catalogue,
    Plugins,
    ask_plugins,
    merge_definitions,
    parse_definitions,
    put_clashing_aside,
)
from nqcore.catalogue.bundled_outlines import SHORT, bundled_outlines
from nqcore.catalogue.outline_choice import chosen_outline, gone_outline
from nqcore.errors import DefinitionError, DuplicateId, UnknownName
from nqcore.model.outlines import OF_FINDINGS, Outline
from nqcore.model.periods import PeriodKind
from tests.support.small import plugin

DIRECTIVE = '[[directive]]\ntype = "Nghị quyết"\nnumber = "1-NQ/HU"\nissuer = "HU"\nbody = "b"\ntitle = "t"\n'


def outline(id: str, more: str = "") -> str:
    return f'[[outline]]\nid = "{id}"\ntitle = "t"\n{more}\n[[outline.part]]\nkey = "a"\nheading = "A"\n'


FOR = 'default_for = ["1-NQ/HU"]'


def catalogue(of_plugin: str = "", own: str = "", office: str = "") -> Catalogue:
    given = ask_plugins(Plugins((), [("nq_p", plugin("nq_p", DIRECTIVE + of_plugin))]))
    mine = parse_definitions("own", own) if own else None
    return merge_definitions(given, mine, report_outline=office)


def choice(known: Catalogue, asked: str | None = None, kind: PeriodKind = PeriodKind.YEAR) -> str:
    return chosen_outline(known, known.directives["1-NQ/HU"], kind, asked).id


@pytest.mark.parametrize(
    ("of_plugin", "own", "asked", "office", "id"),
    [
        ("", "", None, "", SHORT),
        ("", "", None, "tong-ket", "tong-ket"),
        ("", "", "tong-ket", "", "tong-ket"),
        (outline("p"), "", None, "", SHORT),
        (outline("p", FOR), "", None, "", "p"),
        (outline("p", FOR), "", None, "tong-ket", "tong-ket"),
        (outline("p", FOR), outline("o", FOR), None, "tong-ket", "o"),
        (outline("p", FOR), outline("o", FOR), None, "", "o"),
        (outline("p", FOR), outline("o", FOR), "p", "", "p"),
        (outline("p", FOR), outline("o"), None, "", "p"),
    ],
)
def test_what_is_asked_for_goes_before_the_office_and_the_office_before_plugins(
    of_plugin: str, own: str, asked: str | None, office: str, id: str
) -> None:
    assert choice(catalogue(of_plugin, own, office), asked) == id


QUARTER, YEAR, SPAN = PeriodKind.QUARTER, PeriodKind.YEAR, PeriodKind.SPAN


@pytest.mark.parametrize(
    ("own", "kind", "id"),
    [
        (outline("q", FOR + '\nperiods = ["quarter"]'), QUARTER, "q"),
        (outline("q", FOR + '\nperiods = ["quarter"]'), YEAR, SHORT),
        (outline("q", FOR + '\nperiods = ["quarter", "year"]'), YEAR, "q"),
        (outline("all", FOR) + outline("q", FOR + '\nperiods = ["quarter"]'), QUARTER, "q"),
        (outline("all", FOR) + outline("q", FOR + '\nperiods = ["quarter"]'), SPAN, "all"),
    ],
)
def test_an_outline_for_certain_kinds_of_period_goes_before_one_for_all(
    own: str, kind: PeriodKind, id: str
) -> None:
    assert choice(catalogue("", own), None, kind) == id


def test_periods_without_a_directive_are_a_mistake_that_is_named() -> None:
    with pytest.raises(DefinitionError, match="default_for"):
        catalogue("", outline("q", 'periods = ["quarter"]'))


def test_an_outline_that_is_asked_for_and_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UnknownName, match="none") as wrong:
        choice(catalogue(outline("p")), "none")
    assert "Known: ngan, p, tong-ket." in str(wrong.value)


@pytest.mark.parametrize(("of_plugin", "id"), [("", SHORT), (outline("p", FOR), "p")])
def test_where_the_office_s_settings_name_an_outline_that_is_gone_the_next_one_stands_in(
    of_plugin: str, id: str
) -> None:
    known = catalogue(of_plugin, office="none")
    assert (choice(known), gone_outline(known)) == (id, "none")
    assert gone_outline(catalogue(office="tong-ket")) == gone_outline(catalogue()) == ""


def test_each_outline_has_its_owner_and_the_office_s_own_holds_before_one_of_the_same_id() -> None:
    known = catalogue(outline("p"), outline(SHORT) + outline("p"))
    assert known.owner("outline", "tong-ket") == "nqcore"
    assert known.owner("outline", SHORT) == known.owner("outline", "p") == "workspace"
    assert [part.key for part in known.outlines[SHORT].parts] == ["a"]
    assert catalogue().owner("outline", SHORT) == "nqcore"
    assert ("outline", SHORT) not in catalogue().owners, "nothing of nqcore's own is listed"


def test_a_plugin_with_the_id_of_a_bundled_outline_is_put_aside() -> None:
    given = ask_plugins(Plugins((), [("nq_p", plugin("nq_p", outline(SHORT)))]))
    with pytest.raises(DuplicateId):
        merge_definitions(given)
    (fault,) = put_clashing_aside(given).faults
    assert fault.where == f"outline {SHORT}"


def test_what_an_outline_names_and_no_plugin_defines_is_unresolved() -> None:
    text = outline("o", 'default_for = ["9-NQ/HU"]') + (
        'takes = [{ what = "results", rules = ["gone", "nq.worsened"], '
        'leads = [{ text = "x", carried_by = ["lost"] }] }, { what = "table", forms = ["f"] }]\n'
    )
    found = {(u.what, u.kind, u.missing) for u in catalogue(text).unresolved}
    assert found == {
        ("outline o", "directive", "9-NQ/HU"),
        ("outline o", "rule", "gone"),
        ("outline o", "rule", "lost"),
        ("outline o", "form", "f"),
    }


@pytest.mark.parametrize("one", bundled_outlines(), ids=lambda one: one.id)
def test_a_bundled_outline_takes_in_all_findings_and_any_directive(one: Outline) -> None:
    known = catalogue().outlines[one.id]
    assert {take.what for _part, take in known.takes if take.is_rest} == OF_FINDINGS
    assert not known.default_for
    assert not list(known.mistakes())
