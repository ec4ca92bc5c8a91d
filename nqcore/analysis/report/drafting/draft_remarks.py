"""What the office has to know of its draft before the paper is signed; never printed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nqcore.analysis.report.drafting.draft import OwnKind
from nqcore.analysis.report.drafting.making import DraftedBlock
from nqcore.model.units import Unit


def draft_remarks(
    blocks: Iterable[DraftedBlock], lost: Iterable[tuple[str, str]], units: Mapping[str, Unit]
) -> Iterator[str]:
    """The remarks on each block, then on words without a place, each (name of the block, words)."""
    for one in blocks:
        if one.words is not None and not (one.draft is not None and one.draft.hidden):
            yield from _of_block(one, units)
    for _name, words in lost:
        yield (
            f"Lời của cơ quan không còn chỗ trong báo cáo nên không được in: “{words}”. "
            "Lời vẫn được giữ ở trang Soạn báo cáo để dùng lại."
        )


def _of_block(one: DraftedBlock, units: Mapping[str, Unit]) -> Iterator[str]:
    words = one.words
    assert words is not None  # the caller gives such blocks only
    if words.sentence is None:
        printed = "câu của hệ thống được in" if one.generated is not None else "không được in"
        yield f"Lời của cơ quan không còn đúng với số liệu nên {printed}: “{words.former}”."
        return
    if words.numbers:
        numbers = ", ".join(dict.fromkeys(words.numbers))
        yield f"Số chưa có nguồn{_source(one, units)}: {numbers} (trong đoạn “{one.text}”)."
    if words.gone:
        yield f"Số liệu đã chọn cho đoạn này không còn nữa: “{one.text}”."
    if words.remarks:
        yield f"Đoạn này là nhận định riêng của cơ quan, không khớp số liệu: “{one.text}”."


def _source(one: DraftedBlock, units: Mapping[str, Unit]) -> str:
    """Of words that were taken over: whose report they are from."""
    own = one.draft.own if one.draft is not None else None
    if own is None or own.kind is not OwnKind.NARRATIVE or own.unit not in units:
        return ""
    return f", lấy từ báo cáo của {units[own.unit].name}"
