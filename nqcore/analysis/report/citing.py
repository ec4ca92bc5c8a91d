"""How a report cites documents: in full the first time, briefly afterwards (Hướng dẫn 05-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from nqcore.model.directives import Directive
from nqcore.model.findings import Sentence, Text
from nqcore.text.dates import write_date


class Citations:
    """The documents that a report has cited so far.

    ``cite`` gives "Nghị quyết số 20-NQ/TW, ngày 28/01/2008 của … về …" the first time, and "Nghị quyết
    20-NQ/TW" afterwards. ``brief`` shortens the citations in a text, but not in `names`: "Ban Chỉ đạo thực
    hiện Nghị quyết số 20-NQ/TW" is what a unit is called.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._cited: dict[str, Directive] = {}
        with_number = sorted({re.escape(n) for n in names if re.search(r"\d", n)}, key=len)
        self._names = re.compile(f"({'|'.join(reversed(with_number))})") if with_number else None

    def cite(self, directive: Directive) -> str:
        """The citation of `directive` at this place. A title that another document had already is not
        printed again."""
        if directive.id in self._cited:
            return short_citation(directive)
        known = {other.title for other in self._cited.values()}
        title = "" if directive.title in known else self.brief(directive.title)
        self._cited[directive.id] = directive
        issued = f", ngày {write_date(directive.date)}" if directive.date else ""
        return f"{directive.name}{issued} của {_issuer(directive)} {title}".strip()

    def brief(self, text: str) -> str:
        """`text` with the documents that were cited already in their short form. A document of the same
        number and another day is another document and stays as it is."""
        if self._names is None:
            return self._shortened(text)
        parts = self._names.split(text)  # every second part is a name
        return "".join(p if n % 2 else self._shortened(p) for n, p in enumerate(parts))

    def _shortened(self, text: str) -> str:
        for directive in self._cited.values():
            text = _pattern(directive).sub(_short_form(directive), text)
        return text

    def brief_sentence(self, sentence: Sentence) -> Sentence:
        """The sentence with `brief` words; its figures stay."""
        return tuple(Text(self.brief(p.text)) if isinstance(p, Text) else p for p in sentence)


def short_citation(directive: Directive) -> str:
    """ "Nghị quyết 20-NQ/TW"."""
    return f"{directive.type} {directive.number}"


def _issuer(directive: Directive) -> str:
    term = f" (khóa {directive.term})" if directive.term else ""
    return directive.body + term


def _pattern(directive: Directive) -> re.Pattern[str]:
    body = rf"(?: của {re.escape(directive.body)}(?: \(khóa {re.escape(directive.term)}\))?)?"
    title = rf"(?: {re.escape(directive.title)})?" if directive.title else ""
    return re.compile(
        rf"\b({re.escape(directive.type)}) số {re.escape(directive.number)}(?![\w/-])"
        rf"(?:,? ngày (\d{{1,2}}/\d{{1,2}}/\d{{4}}))?{body}{title}",
        re.IGNORECASE,
    )


def _short_form(directive: Directive) -> Callable[[re.Match[str]], str]:
    def short(found: re.Match[str]) -> str:
        another = found[2] and directive.date and not _is_day(found[2], directive)
        return found[0] if another else f"{found[1]} {directive.number}"

    return short


def _is_day(text: str, directive: Directive) -> bool:
    assert directive.date is not None
    day, month, year = map(int, text.split("/"))
    return (year, month, day) == (directive.date.year, directive.date.month, directive.date.day)
