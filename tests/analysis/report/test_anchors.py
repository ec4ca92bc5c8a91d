"""Names for the numbers of a report: short, never twice, and always the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.anchors import address_of, block_anchors, named
from nqcore.model.findings import Text, TiedNumber, UnitCount, UnitNames
from nqcore.model.reports import Heading, Paragraph

BOOKMARK = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
"""What Word takes as the name of a bookmark: at most 40 characters."""
COUNTS = st.builds(
    lambda codes: UnitCount(tuple(codes)), st.lists(st.sampled_from("abc"), max_size=3)
)
PIECES = st.one_of(st.builds(Text, st.text(max_size=5)), COUNTS)


@given(
    st.lists(st.tuples(st.text(max_size=8), st.lists(PIECES, max_size=5)), max_size=6),
    st.sampled_from(["", "1", "4711", "999999"]),
)
def test_every_number_of_any_report_has_a_name_of_its_own_that_word_takes(blocks, edition) -> None:
    every = named((Paragraph(tuple(pieces), block=name) for name, pieces in blocks), "text")
    anchors = [one for block in every for one in block_anchors(block, edition)]
    numbers = [piece for _, pieces in blocks for piece in pieces if not isinstance(piece, Text)]
    assert [one.piece for one in anchors] == numbers
    assert len({one.name for one in anchors}) == len(anchors)
    assert all(BOOKMARK.fullmatch(one.name) for one in anchors)


def test_a_name_stays_when_other_words_and_numbers_of_the_document_change() -> None:
    count = UnitCount(("a",), ("a", "b"), id="count:s.x|2018|top|0|reported")
    first = Paragraph((Text("Có "), count), block="finding:s.x")
    later = Paragraph(
        (Text("Hiện có "), UnitCount(("b",)), Text(" và "), count), block="finding:s.x"
    )
    assert {one.name for one in block_anchors(first, "3")} <= {
        one.name for one in block_anchors(later, "3")
    }
    assert block_anchors(first, "3")[0].name != block_anchors(first, "4")[0].name


def test_an_address_says_of_what_a_number_is_made() -> None:
    assert address_of(Text("năm 2018")) == ""
    assert address_of(TiedNumber("69,3", "ratio", ("a", "b"))) == "ratio:a,b"
    assert address_of(UnitNames(("xa-a", "xa-b"), ("Xã A", "Xã B"))) == "names:xa-a,xa-b"


def test_a_heading_has_no_number_and_blocks_without_a_name_are_counted() -> None:
    blocks = named(
        (Heading("Kết quả"), Heading("Kết quả", block="x"), Heading("", block="x")), "text"
    )
    assert [block.block for block in blocks] == ["text:1", "x", "x#2"]
    assert block_anchors(blocks[0], "1") == ()
