"""The directive pack of Resolution 02-NQ/TW: what it defines, and that nothing in it is asked for nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import nq_res02
import nq_res20
from nqcore.catalogue import Catalogue, Plugins, build_catalogue
from nqcore.model.indicators import Direction
from nqcore.model.rules import RULE_TYPES
from nqcore.testing import check_plugin
from tests.support.content import (
    parts_asked_without_their_whole,
    rules_of,
    typed_once,
    untrue_sentences,
    used_by_nothing,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return build_catalogue(Plugins([], modules=[("nq_res02", nq_res02)]))


def test_it_conforms_and_alone_has_no_loose_end(catalogue: Catalogue) -> None:
    assert check_plugin("nq_res02") == []
    assert (catalogue.faults, catalogue.unresolved) == ((), ())


def test_beside_the_pack_of_the_older_resolution_each_has_its_own_reviews() -> None:
    both = build_catalogue(Plugins([], modules=[("nq_res20", nq_res20), ("nq_res02", nq_res02)]))
    assert (both.faults, both.unresolved) == ((), ())
    for number in ("20-NQ/TW", "02-NQ/TW"):
        family = both.directives.family(both.directives[number].id)
        others = {"20-NQ/TW", "02-NQ/TW"} - {number}
        assert not others & {directive.number for directive in family}


def test_the_resolution_has_its_body_and_date(catalogue: Catalogue) -> None:
    (found,) = catalogue.directives
    assert (found.type, found.number, found.body, found.date, found.term) == (
        "Nghị quyết",
        "02-NQ/TW",
        "Bộ Chính trị",
        date(2021, 6, 12),
        "XIII",
    )


def test_the_targets_are_those_that_the_resolution_gives_with_a_number_and_a_date(
    catalogue: Catalogue,
) -> None:
    assert [
        (t.period, t.value, [(one.day, one.value) for one in t.path])
        for t in catalogue.targets.values()
    ] == [
        ("2021..2025", Decimal(80), [(date(2023, 12, 31), Decimal(70))]),
        ("2026..2030", Decimal(85), []),
        ("2031..2045", Decimal(99), []),
    ]
    assert {t.indicator for t in catalogue.targets.values()} == {"res02.C2"}


def test_every_indicator_is_typed_in_one_form_or_computed(catalogue: Catalogue) -> None:
    assert typed_once(catalogue)
    assert [*parts_asked_without_their_whole(catalogue)] == []


def test_every_indicator_feeds_a_formula_a_rule_or_a_target(catalogue: Catalogue) -> None:
    assert used_by_nothing(catalogue) == set()


def test_what_falls_because_unions_of_offices_ended_is_never_a_shortcoming(
    catalogue: Catalogue,
) -> None:
    for label in ("B5", "B6", "B7", "B8"):
        assert catalogue.indicators[f"res02.{label}"].direction is Direction.NEUTRAL


def test_everything_is_dated_and_has_its_legal_basis(catalogue: Catalogue) -> None:
    for item in (*catalogue.indicators.values(), *catalogue.forms.values()):
        assert item.since is not None
        assert item.basis
    assert all(target.basis for target in catalogue.targets.values())


def test_sentences_name_what_their_type_knows_and_fix_no_word_that_claims_give(
    catalogue: Catalogue,
) -> None:
    assert [*untrue_sentences(catalogue)] == []


def test_every_rule_has_a_sentence_for_each_case_in_which_it_may_speak(
    catalogue: Catalogue,
) -> None:
    for rule in rules_of(catalogue):
        cases = set(RULE_TYPES[rule.type].cases)
        if rule.type == "target":
            # Each of the two says the half of it that is its own kind.
            cases = {"some", "ahead"} if rule.kind == "result" else {"some", "zero", "behind"}
        # One unit is spoken of as several are where the words fit both; and what some did is never said as
        # what none did: another rule has that.
        assert cases - set(rule.sentences) <= {"one", "none"}, rule.id


def test_the_outline_takes_every_result(catalogue: Catalogue) -> None:
    outline = catalogue.outlines["res02.bao-cao"]
    taken = [take for part in outline.parts for take in part.takes if take.what == "results"]
    rows = {row for take in taken for row in take.rows}
    rules = {id for take in taken for id in take.rules}
    results = [rule for rule in rules_of(catalogue) if rule.kind == "result"]
    assert {r.id for r in results if r.row not in rows} == rules
    assert rows == {r.row for r in results if r.row}
