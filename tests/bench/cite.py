"""Citations in ordinary text, beside one bare scan of `re` for digits over the same text.

The size is megabytes (UTF-8) of running Vietnamese text in the manner of Party reports and plans,
one document cited about every 600 characters. `--mb N` sets it; `--dense` takes text in the manner
of the Official Gazette, one document about every 130; `--nfd` decomposes the letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median
from time import perf_counter
from unicodedata import normalize

from nqcore.text.citations import find_citations

REPEATS = 5

PROSE = """Vai trò lãnh đạo, chỉ đạo của một số cấp ủy trong xây dựng tổ chức Đảng, tổ chức đoàn thể trong
doanh nghiệp còn hạn chế; đến nay toàn huyện có 37 doanh nghiệp với 1.310 lao động, kết nạp được 128
đoàn viên, đạt 64,5% kế hoạch. Công tác kiểm tra, giám sát ở cơ quan, đơn vị, địa phương thực hiện
chưa thường xuyên trong giai đoạn 2008-2018; việc đối thoại với người lao động mới đạt 12/37 đơn vị.
Các ngành, các cấp đã thực hiện tốt chính sách, pháp luật về bảo hiểm xã hội, bảo hiểm y tế, tiền
lương, tiền thưởng, chế độ nghỉ thai sản; phong trào thi đua có bước đổi mới về nội dung và hình thức.
"""

SPARSE = """Tiếp tục phổ biến, quán triệt Nghị quyết số {n}-NQ/TW, ngày 28/01/2008 của Trung ương và Kế hoạch
số {n}-KH/HU của Ban Thường vụ Huyện ủy về xây dựng giai cấp công nhân trong thời kỳ mới.
"""

DENSE = """Căn cứ Luật Công đoàn ngày 20 tháng 6 năm 2012; Căn cứ Nghị định số {n}/2013/NĐ-CP ngày 10 tháng 5
năm 2013 của Chính phủ quy định chi tiết thi hành một số điều của Luật Công đoàn;
Căn cứ Thông tư liên tịch số {n}/2014/TTLT-BGDĐT-BLĐTBXH ngày 01/8/2014 hướng dẫn thực hiện
Quyết định số {n}/QĐ-UBND ngày 5/3/2019 của Ủy ban nhân dân tỉnh phê duyệt đề án đào tạo lao động;
"""


def _text(size: int, *, dense: bool) -> str:
    parts: list[str] = []
    length = n = 0
    while length < size:
        n += 1
        tail = DENSE if dense else SPARSE
        start = n % 300
        prose = PROSE[start : start + 250] if dense else PROSE + PROSE[:start]
        part = f"{prose}\n{tail.format(n=n % 900 + 1)}"
        parts.append(part)
        length += len(part.encode())
    return "".join(parts)


def _seconds(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        work(text)
        times.append(perf_counter() - start)
    return median(times)


def _digits(text: str) -> int:
    return sum(1 for _ in re.finditer("[0-9]+", text))


def run(args: list[str]) -> dict[str, object]:
    """Seconds for the whole text; identical: composed and decomposed text cite the same."""
    megabytes = int(args[args.index("--mb") + 1]) if "--mb" in args else 10
    text = _text(megabytes * 1_000_000, dense="--dense" in args)
    sample = text[:200_000]
    once = [(c.text, c.type, c.issuer, c.date) for c in find_citations(sample)]
    decomposed = find_citations(normalize("NFD", sample))
    again = [(normalize("NFC", c.text), c.type, c.issuer, c.date) for c in decomposed]
    if "--nfd" in args:
        text = normalize("NFD", text)
    return {
        "bench": "cite",
        "unit": "s",
        "size": len(text.encode()),
        "results": {"nqcore": _seconds(find_citations, text), "re-digits": _seconds(_digits, text)},
        "identical": once == again and len(once) > 0,
    }
