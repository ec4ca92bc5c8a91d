"""An edition (*bản chốt*): a review as it was frozen, with everything that shaped it.

What is shown of an edition is the report that was stored. The rest says how to compute it again: the
journal's position, the definitions with their owners, the plugins with their versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.errors import Phrase, Words
from nqcore.model.codec import Codec, Doc, Kind
from nqcore.model.reports import Paragraph, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionHead:
    """What is known of an edition without its text.

    - `id`: "1", "2" … counted in the office; `number`: which edition of its review it is, from 1.
    - `directive`, `unit`, `span`, `boundaries`: the review; `as_of`: its day.
    - `seq`, `hash`: the journal's position. The review is made of the records up to this one.
    - `at`, `by`: when it was frozen, and by which login; `outline`: the id of its outline.
    - `plugins`: (name, version) of each plugin then; `program`: the same of nqcore and of the library
      that knows the public holidays.
    - `code`: (kind, id, plugin) of each rule and calendar that is code of a plugin. Code is not stored.
    - `findings`: (kind, rule) of each finding that the text tells.
    - `definitions`: the digest of all definitions; `tree`: that of the units under the review's unit.
    """

    id: str
    number: int
    directive: str
    unit: str
    span: str
    boundaries: str
    as_of: date
    seq: int
    hash: str
    at: datetime
    by: str
    outline: str = ""
    plugins: tuple[tuple[str, str], ...] = ()
    program: tuple[tuple[str, str], ...] = ()
    code: tuple[tuple[str, str, str], ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    definitions: str = ""
    tree: str = ""

    @property
    def address(self) -> ReviewAddress:
        """The review that was frozen."""
        return ReviewAddress(
            directive=self.directive,
            unit=self.unit,
            span=self.span,
            boundaries=self.boundaries,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(EditionHead):
    """An edition with its text: `report` is the whole report as it was frozen."""

    report: Report


HEAD = Codec(EditionHead, without={"id"})
"""The document of the table `editions`; its id is that of the edition."""


def _write_words(words: Words) -> str | Doc:
    """A remark: its words, or the msgid with what is set in, so that it can be said in any language."""
    if isinstance(words, str):
        return words
    return {"say": words.template, "with": {key: str(each) for key, each in words.params.items()}}


def _read_words(value: str | Doc) -> Words:
    return value if isinstance(value, str) else Phrase(value["say"], value["with"])


REMARKS = Kind(
    lambda several: [_write_words(one) for one in several],
    lambda several: tuple(map(_read_words, several)),
    list,
)
REPORT = Codec(Report, kinds={"remarks": REMARKS})
"""The document of the table `edition-reports`, under the same id."""


def told_rules(report: Report) -> frozenset[str]:
    """The rules of all findings that the report tells."""
    paragraphs = (block for block in report.body if isinstance(block, Paragraph))
    return frozenset(chain.from_iterable((one.finding, *one.beside) for one in paragraphs)) - {""}


def edition_of(head: EditionHead, report: Report) -> Edition:
    """The edition with its text."""
    fields = {name: getattr(head, name) for name in EditionHead.__dataclass_fields__}
    return Edition(**fields, report=report)
