"""The annex with all units of the lists that a sentence names in part only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from nqcore.analysis.report.sentences import is_cut
from nqcore.model.findings import UnitNames
from nqcore.model.reports import Block, Paragraph, Table

CAPTION = "Danh sách đơn vị kèm theo"


def unit_lists(
    blocks: Iterable[Block],
    titles: Mapping[str, str],
    lists: Mapping[str, Collection[UnitNames]],
) -> Iterator[Table]:
    """A table for each list that was cut in `blocks`; `titles` are those of the findings by their rule,
    `lists` the lists in their sentences. A list in a note is that of the units whose reports are past due."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        for piece in block.sentence:
            if isinstance(piece, UnitNames) and is_cut(piece):
                rules = (block.finding, *block.beside)
                rule = next((r for r in rules if piece in lists.get(r, ())), block.finding)
                about = titles.get(rule, "Quá hạn chưa có báo cáo")
                yield Table(
                    block=f"list:{rule or block.block}",
                    caption=f"{CAPTION}: {about}",
                    columns=("TT", "Đơn vị"),
                    rows=tuple((str(nth), name) for nth, name in enumerate(piece.names, 1)),
                )
