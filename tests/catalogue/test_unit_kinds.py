"""Kinds of units as definitions: bundled, of plugins, of the office, and those that nobody defines."""

from __future__ import annotations

import pytest

from nqcore.catalogue import Catalogue, Plugins, ask_plugins, merge_definitions, put_clashing_aside
from nqcore.catalogue.bundled import bundled
from nqcore.catalogue.definitions import Definitions, parse_definitions
from nqcore.errors import DefinitionError
from nqcore.model.units import BUILT_IN_KINDS, Sector, UnitKind

CRAFT = """
[[unit_kind]]
code = "craft-village"
name = "Làng nghề"
plural = "Các làng nghề"
like = "cooperative"
sector = "non_state"
[[unit]]
code = "xa"
name = "Xã A"
kind = "commune"
[[unit]]
code = "lang"
name = "Làng nghề A"
kind = "craft-village"
parent = "xa"
"""


PACK = '[pack]\nid = "t"\nsince = 2025-01-01\nbasis = "Kế hoạch"\n'


def merged(*texts: str, workspace: str = "") -> Catalogue:
    modules = [
        (f"p{n}", parse_definitions(f"p{n}.toml", PACK + text)) for n, text in enumerate(texts)
    ]
    contributions = ask_plugins(Plugins([], modules))
    own = parse_definitions("workspace.toml", PACK + workspace) if workspace else Definitions()
    return merge_definitions(put_clashing_aside(contributions, own), own)


def test_the_bundled_kinds_are_like_built_in_ones_and_no_word_means_two_of_them() -> None:
    from nqcore.workspace.unit_list.kind_words import words_of

    kinds = bundled().unit_kinds
    assert [one.code for one in kinds][: len(BUILT_IN_KINDS)] == [*BUILT_IN_KINDS]
    words: dict[str, str] = {}
    for one in kinds:
        for word in {words_of(text) for text in (one.name, one.plural, *one.also) if text}:
            assert words.setdefault(word, one.code) == one.code, word
    assert {one.like for one in kinds} == {*BUILT_IN_KINDS}


def test_a_unit_of_a_kind_that_is_data_behaves_like_the_built_in_one() -> None:
    catalogue = merged(CRAFT)
    unit = catalogue.units["lang"]
    assert (unit.kind, unit.kind.like) == ("craft-village", UnitKind.COOPERATIVE)
    assert unit.sector is Sector.NON_STATE
    assert catalogue.owner("unit_kind", "craft-village") == "p0"
    assert catalogue.owner("unit_kind", "school") == "nqcore"
    assert catalogue.unresolved == ()


def test_a_kind_of_another_plugin_may_be_used_and_one_that_nobody_defines_is_told() -> None:
    user = """
[[unit]]
code = "b"
name = "B"
kind = "craft-village"
[[unit]]
code = "c"
name = "C"
kind = "guild"
"""
    found = merged(CRAFT, user)
    assert found.units["b"].kind.like == "cooperative"
    told = [(one.what, one.kind, one.missing) for one in found.unresolved]
    assert told == [("unit c", "kind of units", "guild")]
    assert found.units["c"].kind.like == "agency"


def test_the_office_may_call_a_bundled_kind_otherwise_and_two_plugins_may_not() -> None:
    own = '[[unit_kind]]\ncode = "school"\nname = "Nhà trường"\nlike = "agency"\n'
    assert merged(workspace=own).unit_kinds["school"].name == "Nhà trường"
    two = merged(own, own.replace("Nhà trường", "Trường"))
    assert two.unit_kinds["school"].name == "Nhà trường"
    assert [fault.plugin for fault in two.faults] == ["p1"]


KIND = '[[unit_kind]]\ncode = "{code}"\nname = "X"\nlike = "{like}"\n{more}'
UNIT = '[[unit]]\ncode = "a"\nname = "A"\nkind = "{kind}"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (KIND.format(code="x", like="school", more=""), "like: is “school”; give one of committee"),
        (KIND.format(code="commune", like="agency", more=""), "“commune” is built in"),
        (KIND.format(code="x", like="enterprise", more=""), "sector: is missing"),
        (KIND.format(code="x", like="agency", more='sector = "state"\n'), "take it out"),
        (KIND.format(code="Xã", like="commune", more=""), "code: is “Xã”"),
        (UNIT.format(kind="comune"), "did you mean “commune”?"),
        (UNIT.format(kind="Xã"), "kind: is “Xã”; give one of committee"),
        (UNIT.format(kind="enterprise"), "sector: is missing"),
    ],
)
def test_a_mistake_of_a_kind_is_told_at_its_line(text: str, says: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("a.toml", PACK + text)
    assert says in str(wrong.value)


def test_a_file_may_use_a_kind_whose_name_is_near_to_a_built_in_one_if_it_defines_it() -> None:
    text = KIND.format(code="communes", like="commune", more="") + UNIT.format(kind="communes")
    assert parse_definitions("a.toml", PACK + text).units[0].kind == "communes"


def test_a_scope_of_a_kind_that_nobody_defines_is_told() -> None:
    text = """
[[directive]]
type = "Kế hoạch"
number = "1-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về việc làm"
date = 2025-01-02
[[form]]
id = "f"
title = "F"
directive = "1-KH/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["guild"] }
[[form.section]]
key = "A"
title = "A"
"""
    found = merged(text)
    told = [(one.what, one.kind, one.missing) for one in found.unresolved]
    assert told == [("form f", "kind of units", "guild")]
