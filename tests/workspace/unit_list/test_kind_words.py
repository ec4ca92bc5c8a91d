"""The words for kinds of units that lists may have."""

from __future__ import annotations

import pytest

from nqcore.model.kind_words import KIND_LABELS
from nqcore.model.units import UnitKind
from nqcore.text.messages import translations
from nqcore.workspace.facade import Workspace
from nqcore.workspace.unit_list.kind_words import KindWords


@pytest.mark.parametrize("kind", KIND_LABELS)
def test_what_the_pages_call_a_kind_is_understood(demo: Workspace, kind: UnitKind) -> None:
    words = translations("vi").gettext(KIND_LABELS[kind])
    found = KindWords(demo.catalogue.unit_kinds).find(words)
    assert found is not None, words
    assert found.code == kind.value
