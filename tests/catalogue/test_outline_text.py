"""An outline written as TOML reads back the same, whatever words it has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.catalogue import parse_definitions
from nqcore.catalogue.bundled_outlines import bundled_outlines
from nqcore.catalogue.outline_text import outline_lines
from nqcore.model.outlines import AnnexKind, Content, Lead, Outline, OutlinePart, Take
from nqcore.text.folding import nfc
from nqcore.text.old_encodings import find_misread


def read_again(outline: Outline) -> Outline:
    text = "\n".join(outline_lines(outline)) + "\n"
    (found,) = parse_definitions("f.toml", text).outlines
    return found


@pytest.mark.parametrize("outline", bundled_outlines(), ids=lambda one: one.id)
def test_a_bundled_outline_reads_back_the_same(outline: Outline) -> None:
    assert read_again(outline) == outline


WORDS = (
    st.text(
        st.one_of(
            st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")),
            st.sampled_from('"\\\n\t\x7f#[]='),
        ),
        min_size=1,
        max_size=30,
    )
    .map(nfc)
    .filter(lambda text: bool(text.strip()) and find_misread(text) is None)
)


@given(heading=WORDS, hint=WORDS, lead=WORDS, annexes=st.permutations(list(AnnexKind)))
def test_any_words_read_back_the_same(
    heading: str, hint: str, lead: str, annexes: list[AnnexKind]
) -> None:
    take = Take(
        what=Content.RESULTS,
        rules=("r",),
        leads=(Lead(text=lead.replace("{", "(").replace("}", ")"), carried_by=("a", "b")),),
    )
    table = Take(what=Content.TABLE, forms=("f",))
    part = OutlinePart(
        key="a", heading=heading, level=0, takes=(take, table), offers=("N1",), hint=hint
    )
    outline = Outline(id="o", title=heading, parts=(part,), annexes=tuple(annexes))
    whole = replace(outline, default_for=("1-NQ/HU",), basis="b")
    for one in (outline, whole):
        assert read_again(one) == one
