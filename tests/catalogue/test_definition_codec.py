"""The definitions of a plugin come back from their document as they were."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from nqcore.catalogue import Definitions, Plugins, ask_plugins, parse_definitions
from nqcore.catalogue.definition_codec import DEFINITIONS
from nqcore.store.json_values import json_document
from nqcore.workspace.demo import PLUGINS
from tests.support.example import RULES
from tests.support.small import DISTRICT, modules

QUESTIONS = """
[[section]]
form = "s.q"
key = "C"
title = "Thêm"
since = 2018-04-01
until = 2019-01-01
asks = { kinds = ["commune"] }
order = 1
basis = "Công văn 5"
[[question]]
form = "s.q"
section = "C"
type = "figure"
indicator = "s.A9"
since = 2018-04-01
basis = "Công văn 5"
[[question]]
form = "s.q"
section = "C"
type = "choices"
key = "K9"
label = "Vướng mắc"
option = [{ code = "a", text = "A" }]
since = 2018-04-01
until = 2018-10-01
order = 2
basis = "Công văn 5"
[[overlay]]
id = "o.without"
form = "s.q"
within = "xa-a"
since = 2018-04-01
basis = "Công văn 5"
[overlay.set]
without = ["K1", "N1"]
"""
OVERLAYS = """
[pack]
id = "o"
since = 2017-01-01
basis = "Kế hoạch số 2"
[[overlay]]
id = "o.late"
form = "s.q"
within = "xa-a"
[overlay.set]
due = { day = 20, months_after = 1 }
[[overlay]]
id = "o.share"
indicator = "s.B2.1"
within = "xa-a"
until = 2019-01-01
[overlay.set]
formula = "s.B2 / s.B1 * 1000"
maximum = "99.5"
[[overlay]]
id = "o.more"
target = "s.m"
within = "xa-a"
[overlay.set]
value = "12"
[[overlay]]
id = "o.task"
task = "t1"
within = "xa-a"
[overlay.set]
deadline = 2018-12-31
responsible = "xa-b"
"""


def back(definitions: Definitions) -> Definitions:
    """Through the journal's own rules for values, and through text."""
    doc = json_document(DEFINITIONS.to_doc(definitions), "definitions")
    return DEFINITIONS.from_doc(json.loads(json.dumps(doc)))


@pytest.mark.parametrize("name", PLUGINS)
def test_those_of_a_bundled_plugin_come_back(name: str) -> None:
    found = ask_plugins(Plugins([name])).definitions
    for _, definitions in found:
        assert back(definitions) == definitions


def test_those_of_the_small_district_come_back_with_overlays_of_every_kind() -> None:
    kinds = set()
    given = [definitions for _, definitions in ask_plugins(Plugins((), modules(RULES))).definitions]
    for definitions in [
        *given,
        parse_definitions("o.toml", OVERLAYS),
        parse_definitions("d", DISTRICT),
    ]:
        assert back(definitions) == definitions
        kinds |= {overlay.kind for overlay in definitions.overlays}
    assert kinds == {"form", "indicator", "target", "task"}


def test_every_part_is_in_the_document() -> None:
    names = [one.name for one in fields(Definitions)]
    added = parse_definitions("q", QUESTIONS)
    assert [*DEFINITIONS.to_doc(added)] == names
    # What is not used leaves the document, and so its digest, as it was before there was such a part.
    assert [*DEFINITIONS.to_doc(Definitions())] == [
        name for name in names if name not in ("sections", "questions")
    ]


def test_dated_parts_of_forms_come_back_as_they_were() -> None:
    added = parse_definitions("q", QUESTIONS)
    doc = json_document(DEFINITIONS.to_doc(added), "x")
    assert DEFINITIONS.from_doc(json.loads(json.dumps(doc))) == added
