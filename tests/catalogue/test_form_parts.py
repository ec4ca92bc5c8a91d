"""Sections and questions of several owners make one form; what is dated is asked in its time only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from nqcore.catalogue import Catalogue, Definitions, Plugins, build_catalogue, parse_definitions
from nqcore.errors import DefinitionError, DuplicateId

BASE = """
[pack]
id = "s"
since = 2010-01-01
basis = "Kế hoạch 1"

[[directive]]
number = "1-KH/HU"
type = "Kế hoạch"
issuer = "HU"
body = "Ban Thường vụ"
title = "Kế hoạch"

[[unit]]
code = "top"
name = "Huyện"
kind = "committee"

[[unit]]
code = "xa-a"
name = "Xã A"
kind = "commune"
parent = "top"

[[unit]]
code = "xa-b"
name = "Xã B"
kind = "commune"
parent = "top"

[[unit]]
code = "cq"
name = "Cơ quan"
kind = "agency"
parent = "top"

[[indicator]]
label = "B1"
name = "Số người"
measure = "người"

[[indicator]]
label = "B2"
name = "Số nữ"
measure = "người"

[[indicator]]
label = "B3"
name = "Số buổi"
measure = "buổi"

[[form]]
id = "s.q"
title = "Báo cáo quý"
directive = "1-KH/HU"
every = "quarter"
due = { day = 10, months_after = 1 }

[[form.section]]
key = "B"
title = "Số liệu"
figures = ["B1", "B3"]
"""
QUESTION = """
[[question]]
form = "s.q"
section = "B"
type = "figure"
indicator = "s.B2"
since = 2018-04-01
basis = "Công văn 5"
"""
Q1, Q2, Q3 = date(2018, 3, 31), date(2018, 6, 30), date(2018, 9, 30)


def catalogue_of(*texts: str) -> Catalogue:
    """The catalogue of one plugin for each text, called a, b …"""
    given = [
        (name, parse_definitions(name, text)) for name, text in zip("abcd", texts, strict=False)
    ]
    return build_catalogue(Plugins([], modules=given))


def asked(catalogue: Catalogue, key: str, on: date) -> set[str]:
    form = catalogue.form("s.q")
    field = form.field(key)
    return {u.code for u in catalogue.units.values() if catalogue.is_asked(form, field, u, on)}


EVERYBODY = {"top", "xa-a", "xa-b", "cq"}


def test_a_question_is_added_to_a_form_of_another_owner_and_keeps_its_own() -> None:
    catalogue = catalogue_of(BASE, QUESTION)
    assert [f.key for f in catalogue.form("s.q").fields] == ["B1", "B3", "B2"]
    assert catalogue.owner("question", "s.q/B2") == "b"
    assert catalogue.owner("question", "s.q/B1") == "a"


def test_a_place_among_the_own_fields_of_the_section_can_be_given() -> None:
    catalogue = catalogue_of(BASE, QUESTION + "order = 2\n")
    assert [f.key for f in catalogue.form("s.q").fields] == ["B1", "B2", "B3"]


@pytest.mark.parametrize(
    ("more", "first", "then", "later"),
    [
        ("", set(), EVERYBODY, EVERYBODY),
        ("until = 2018-07-01\n", set(), EVERYBODY, set()),
        ("until = 2018-06-30\n", set(), set(), set()),  # it ends before the quarter does
        ('asks = { kinds = ["commune"] }\n', set(), {"xa-a", "xa-b"}, {"xa-a", "xa-b"}),
    ],
)
def test_a_question_is_asked_from_the_period_of_its_first_day_until_its_end(
    more: str, first: set[str], then: set[str], later: set[str]
) -> None:
    catalogue = catalogue_of(BASE, QUESTION + more)
    assert [asked(catalogue, "B2", day) for day in (Q1, Q2, Q3)] == [first, then, later]
    for day in (Q1, Q2, Q3):  # totals are told the same
        units = catalogue.units.values()
        assert {u.code for u in units if catalogue.asks("s.B2", u, day)} == asked(
            catalogue, "B2", day
        )


def test_a_field_in_a_form_can_have_its_own_dates_and_units() -> None:
    dated = BASE.replace(
        'figures = ["B1", "B3"]',
        'figures = ["B1", { indicator = "B3", until = 2018-04-01, asks = { units = ["cq"] } }]',
    )
    catalogue = catalogue_of(dated)
    assert [asked(catalogue, "B3", day) for day in (Q1, Q2)] == [{"cq"}, set()]


def test_a_section_limits_its_fields() -> None:
    section = """
[[section]]
form = "s.q"
key = "N"
title = "Mục mới"
since = 2018-04-01
until = 2018-10-01
asks = { kinds = ["commune"] }
basis = "Công văn 5"
"""
    inside = (
        QUESTION.replace('section = "B"', 'section = "N"') + 'asks = { units = ["xa-a", "cq"] }\n'
    )
    catalogue = catalogue_of(BASE, section, inside)
    form = catalogue.form("s.q")
    assert [s.key for s in form.sections] == ["B", "N"]
    assert asked(catalogue, "B2", Q1) == set()
    assert asked(catalogue, "B2", Q2) == {"xa-a"}
    assert asked(catalogue, "B2", date(2018, 12, 31)) == set()


def test_overlays_that_leave_fields_out_add_up_and_need_no_deadline() -> None:
    overlays = "".join(
        f"""
[[overlay]]
id = "{id}"
form = "s.q"
within = "{unit}"
since = 2018-04-01
basis = "Công văn 6"
[overlay.set]
without = ["{key}"]
"""
        for id, unit, key in (("o1", "xa-a", "B1"), ("o2", "xa-b", "B1"), ("o3", "xa-a", "B3"))
    )
    catalogue = catalogue_of(BASE, overlays)
    assert asked(catalogue, "B1", Q1) == EVERYBODY
    assert asked(catalogue, "B1", Q2) == {"top", "cq"}
    assert asked(catalogue, "B3", Q2) == {"top", "cq", "xa-b"}
    form, _ = catalogue.overlaid("form", "s.q", catalogue.form("s.q"), "xa-a", Q2)
    assert form == catalogue.form("s.q")


@pytest.mark.parametrize(
    ("change", "kind", "id"),
    [
        (lambda text: text.replace("s.B2", "s.B1"), "question", "s.q/B1"),
        (lambda text: text + text, "question", "s.q/B2"),
    ],
)
def test_a_key_of_a_form_is_given_once(change: Callable[[str], str], kind: str, id: str) -> None:
    with pytest.raises(DuplicateId) as wrong:
        catalogue_of(BASE, change(QUESTION))
    assert (wrong.value.params["kind"], wrong.value.params["id"]) == (kind, id)


def test_two_inputs_of_one_name_are_refused() -> None:
    clash = QUESTION.replace(
        'type = "figure"\nindicator = "s.B2"', 'type = "narrative"\nkey = "V.number"\nlabel = "x"'
    )
    plan = QUESTION.replace(
        'type = "figure"\nindicator = "s.B2"',
        'type = "document"\nkey = "V"\nlabel = "x"\ndirective = "1-KH/HU"',
    )
    with pytest.raises(DuplicateId):
        catalogue_of(BASE, plan, clash)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda text: text.replace("s.q", "s.x"), {("form", "s.x"), ("section", "s.x/B")}),
        (lambda text: text.replace('"B"', '"Z"'), {("section", "s.q/Z")}),
        (lambda text: text + 'asks = { within = "no" }\n', {("unit", "no")}),
        (lambda text: text.replace("s.B2", "s.B9"), {("indicator", "s.B9")}),
    ],
)
def test_a_question_that_leads_nowhere_is_named_and_hides_nothing(
    change: Callable[[str], str], missing: set[tuple[str, str]]
) -> None:
    catalogue = catalogue_of(BASE, change(QUESTION))
    assert {(one.kind, one.missing) for one in catalogue.unresolved} == missing
    assert {one.owner for one in catalogue.unresolved} == {"b"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda text: text.replace("figure", "figures"), "type"),
        (lambda text: text.replace('type = "figure"\n', ""), "type"),
        (lambda text: text.replace('section = "B"\n', ""), "section"),
        (lambda text: text.replace("basis", "bases"), "bases"),
        (lambda text: text + "until = 2018-04-01\n", "until"),
        (lambda text: text + "order = 0\n", "order"),
        (lambda text: text + "max_length = 5\n", "max_length"),
        (lambda text: text.replace("figure", "narrative"), "indicator"),
        (lambda text: text.replace('indicator = "s.B2"\n', ""), "indicator"),
    ],
)
def test_a_wrong_question_is_refused_at_its_key(change: Callable[[str], str], key: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", change(QUESTION))
    assert key in {mistake.key for mistake in wrong.value.mistakes}


def test_who_loads_first_does_not_matter() -> None:
    more = QUESTION.replace("s.B2", "s.B10"), QUESTION.replace("s.B2", "s.B9")
    orders = [catalogue_of(BASE, *more), catalogue_of(BASE, *reversed(more))]
    keys = [[f.key for f in one.form("s.q").fields] for one in orders]
    assert keys == [["B1", "B3", "B9", "B10"]] * 2


def test_a_form_without_additions_is_as_its_file_says() -> None:
    text = parse_definitions("a", BASE)
    assert catalogue_of(BASE).form("s.q") == text.forms[0]
    assert replace(text, forms=()) != Definitions()
