"""Names of periods as offices type them: "Q3/2026", "Quý III/2026", "tháng 9/2026", "năm 2026"."""

from __future__ import annotations

import re
from collections.abc import Callable

from nqcore.text.folding import fold

_YEAR = "(?P<year>(?:19|2[0-9])[0-9]{2})"
_OF = r"[\s/.,-]*(?:cua\s+|nam\s+)?"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(rf"(?:quy|q)[\s.]*(?P<nth>iii|ii|iv|i|[1-4]){_OF}{_YEAR}"),
        lambda found: f"{found['year']}-Q{_QUARTERS[found['nth']]}",
    ),
    (
        re.compile(rf"{_YEAR}[\s/.-]*(?:quy|q)[\s.]*(?P<nth>iii|ii|iv|i|[1-4])"),
        lambda found: f"{found['year']}-Q{_QUARTERS[found['nth']]}",
    ),
    (
        re.compile(rf"(?P<nth>iii|ii|iv|i)\s*/\s*{_YEAR}"),
        lambda found: f"{found['year']}-Q{_QUARTERS[found['nth']]}",
    ),
    (
        re.compile(rf"(?:thang|t)[\s.]*(?P<nth>0?[1-9]|1[0-2]){_OF}{_YEAR}"),
        lambda found: f"{found['year']}-{int(found['nth']):02}",
    ),
    (
        re.compile(rf"(?P<nth>0?[1-9]|1[0-2])\s*/\s*{_YEAR}"),
        lambda found: f"{found['year']}-{int(found['nth']):02}",
    ),
    (
        re.compile(rf"(?:6|sau) thang (?P<nth>dau|cuoi){_OF}{_YEAR}"),
        lambda found: f"{found['year']}-H{1 if found['nth'] == 'dau' else 2}",
    ),
    (
        re.compile(rf"(?:9|chin) thang(?: dau)?{_OF}{_YEAR}"),
        lambda found: f"{found['year']}-9M",
    ),
    (re.compile(rf"nam\s*{_YEAR}"), lambda found: found["year"]),
)


def typed_period_code(text: str) -> str:
    """The code of the civil calendar that a typed name means; "" where it is no such name.

    >>> typed_period_code("Quý III năm 2026"), typed_period_code("Q3/2026"), typed_period_code("tháng 9/2026")
    ('2026-Q3', '2026-Q3', '2026-09')
    """
    plain = " ".join(fold(text[:60]).split())
    for pattern, code in _FORMS:
        if found := pattern.fullmatch(plain):
            return code(found)
    return ""
