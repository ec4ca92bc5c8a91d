"""The document from its head to its last annex, as the XML of its body.

The XML is written as text, which is many times quicker than an object for each run; `package` puts it into
the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.blocks import (
    Annex,
    annexes,
    coverage_note,
    numbered,
    paragraph_label,
    roman,
)
from nqcore.analysis.report.docx.looks import Rules, text_width_mm
from nqcore.analysis.report.docx.measures import twips_mm
from nqcore.analysis.report.docx.paper_words import (
    TO,
    annex_head,
    annex_of,
    number_line,
    recipients,
    seal_words,
    signing,
    to_lines,
)
from nqcore.analysis.report.docx.profile import DocxProfile, Margins, PaperSigns
from nqcore.analysis.report.docx.tables import frame_xml, is_wide, table_xml
from nqcore.analysis.report.docx.widths import balanced, text_mm
from nqcore.analysis.report.docx.words import Bookmarks, Words, paragraph_xml, runs_xml
from nqcore.analysis.report.notes import paragraph_notes, table_notes
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

BASIS = "Căn cứ "
"""So begins a paragraph that says on what the document is based; those before other text are its basis. One
that leads in what follows ("Căn cứ …, huyện báo cáo như sau:") is text."""

_SEAL_ABOVE_EDGE_MM = 12.0
_STOPS = ".:;,!?…"


def body_xml(report: Report, names: Names, profile: DocxProfile, header: str) -> str:
    """Everything within the body of the document; `header` is the id of the part with the page number."""
    page = _Page(report, names, profile)
    page.head()
    page.blocks(report.body)
    if note := coverage_note(report):
        page.add(note, "NqNote")
    page.signature()
    reference = f'<w:headerReference w:type="default" r:id="{header}"/>'
    sections = [_section(profile, reference, first=True)]
    for annex in annexes(report):
        for nth, (wide, blocks) in enumerate(page.groups(annex)):
            page.end_section(sections[-1])
            first = nth == 0 and profile.annex_own_pages
            sections.append(_section(profile, wide=wide, first=first, restart=first))
            page.annex(annex if nth == 0 else None, blocks, wide)
    page.seal()
    return "".join((*page.parts, sections[-1]))


def rules_of(report: Report, profile: DocxProfile) -> Rules:
    """The lengths of the lines below the issuing body and the subject."""
    share = profile.rule_share
    body = text_mm(printable(report.letterhead.body).upper(), profile.head_size, bold=True)
    subject = text_mm(printable(report.title), profile.subject_size, bold=True)
    return Rules(
        issuer_mm=0 if profile.issuer_mark else min(body, profile.head_left_mm) * share,
        subject_mm=0 if profile.subject_mark else min(subject, text_width_mm(profile)) * share,
    )


def _section(
    profile: DocxProfile,
    header: str = "",
    *,
    wide: bool = False,
    first: bool = False,
    restart: bool = False,
) -> str:
    """The properties of a section; `first`: its first page shows no number."""
    width, height = _page_mm(profile, wide)
    margins = _margins(profile, wide)
    turned = ' w:orient="landscape"' if wide else ""
    edges = " ".join(
        f'w:{side}="{twips_mm(getattr(margins, side))}"'
        for side in ("top", "right", "bottom", "left")
    )
    away = twips_mm(profile.page_number_mm)
    numbers = ('<w:pgNumType w:start="1"/>' if restart else "") + ("<w:titlePg/>" if first else "")
    return (
        f'<w:sectPr>{header}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips_mm(width)}" w:h="{twips_mm(height)}"{turned}/>'
        f'<w:pgMar {edges} w:header="{away}" w:footer="{away}" w:gutter="0"/>'
        f"{numbers}</w:sectPr>"
    )


def _page_mm(profile: DocxProfile, wide: bool) -> tuple[float, float]:
    short, long = profile.page_mm
    return (long, short) if wide else (short, long)


def _margins(profile: DocxProfile, wide: bool) -> Margins:
    return profile.landscape_margins if wide else profile.margins


class _Page:
    """The body while it is written, from top to bottom; `parts` are its paragraphs and tables."""

    def __init__(self, report: Report, names: Names, profile: DocxProfile) -> None:
        self.parts: list[str] = []
        self._report, self._names, self._profile = report, names, profile
        self._bookmarks = Bookmarks()
        self._wide = False
        self._halves = 0

    # One paragraph

    def add(self, text: str, style: str) -> None:
        """A paragraph of words without numbers of the report."""
        self.parts.append(self._line(text, style))

    def _line(self, text: str, style: str) -> str:
        return paragraph_xml(style, runs_xml([Words(text)], self._bookmarks) if text else "")

    def _lines(self, *lines: tuple[str, str]) -> str:
        return "".join(self._line(text, style) for text, style in lines)

    def end_section(self, section: str) -> None:
        """End the section. The break needs a paragraph, which must not take up a line."""
        self.parts.append(paragraph_xml("NqBreak", "", section))

    def _width_mm(self) -> float:
        margins = _margins(self._profile, self._wide)
        return _page_mm(self._profile, self._wide)[0] - margins.left - margins.right

    # The parts of the document

    def head(self) -> None:
        """Who issues the document, its number and day, what it is, and to whom it goes."""
        report, profile = self._report, self._profile
        head = report.letterhead
        superior = printable(head.superior).upper()
        body = balanced(printable(head.body).upper(), profile.head_left_mm, profile.head_size)
        mark = (profile.issuer_mark, "NqStar") if profile.issuer_mark else ("", "NqBodyRule")
        issuer = self._lines(
            *([(superior, "NqSuperior")] if superior else []),
            (body, "NqBody"),
            mark,
        )
        motto = self._lines(
            *([(profile.nation, "NqNation")] if profile.nation else []),
            (profile.motto, "NqMotto"),
            ("", "NqMottoRule"),
        )
        number = self._lines(
            (number_line(report, profile.signs), "NqNumber"),
            *_marks(report),
        )
        day = f"{printable(head.place)}, {write_date_long(report.date)}"
        self.parts.append(
            frame_xml(
                profile.head_left_mm,
                self._width_mm(),
                (issuer, motto),
                (number, self._line(day, "NqPlaceDate")),
            )
        )
        self.add(printable(report.type).upper(), "NqType")
        self.add(printable(report.title), "NqSubject")
        self.add(profile.subject_mark, "NqSubjectRule")
        self._to(to_lines(report, profile))

    def _to(self, lines: list[str]) -> None:
        if len(lines) == 1:
            self.add(f"{TO} {lines[0]}", "NqTo")
        elif lines:
            self.add(TO, "NqToSeveral")
            for nth, line in enumerate(lines, 1):
                self.add(f"- {line}{';' if nth < len(lines) else '.'}", "NqToLine")

    def signature(self) -> None:
        """Who signs, beside those who receive the document; on the page of the last words above it."""
        self._keep_last()
        self.parts.append(paragraph_xml("NqBreak", "", "<w:keepNext/>"))
        lines = [(line, "NqRecipient") for line in recipients(self._report, self._profile)]
        left = [("Nơi nhận:", "NqRecipients"), *lines] if lines else [("", "NqRecipient")]
        for_whom, post = signing(self._report, self._profile.signs)
        right = [
            *([(for_whom, "NqAuthority")] if for_whom else []),
            (post, "NqPost" if for_whom else "NqAuthority"),
            (printable(self._report.letterhead.signer), "NqSigner"),
        ]
        self.parts.append(
            frame_xml(
                self._profile.head_left_mm,
                self._width_mm(),
                (self._lines(*left), self._lines(*right)),
            )
        )

    def _keep_last(self) -> None:
        """Keep the last paragraph on the page of what follows."""
        last = self.parts[-1]
        if last.startswith("<w:p>"):
            self.parts[-1] = last.replace('"/>', '"/><w:keepNext/>', 1)  # behind its style

    def groups(self, annex: Annex) -> Iterator[tuple[bool, list[tuple[str, Block]]]]:
        """The blocks of the annex in groups of one orientation; the blocks before a table go with it."""
        width = text_width_mm(self._profile)
        kept: list[tuple[str, Block]] = []
        turned: bool | None = None
        waiting: list[tuple[str, Block]] = []
        for number, block in numbered(annex.blocks):
            waiting.append((number, block))
            if isinstance(block, Table):
                wide = is_wide(block, width, self._profile)
                if turned is not None and wide != turned:
                    yield turned, kept
                    kept = []
                turned = wide
                kept, waiting = [*kept, *waiting], []
        yield bool(turned), [*kept, *waiting]

    def annex(self, annex: Annex | None, blocks: Iterable[tuple[str, Block]], wide: bool) -> None:
        """An annex, or its next pages of another orientation."""
        self._wide = wide
        if annex is not None:
            self.add(annex_head(annex), "NqAnnex")
            if annex.title:
                self.add(printable(annex.title).upper(), "NqAnnexTitle")
            self.add(annex_of(self._report, self._profile.signs), "NqAnnexOf")
        for number, block in blocks:
            self.block(number, block)

    def seal(self) -> None:
        """Which figures the document has, in the foot of its last page: in a frame that stands at the page of
        the paragraph after it."""
        words = seal_words(self._report)
        if words and self._profile.seal_line:
            height = _page_mm(self._profile, self._wide)[1]
            frame = (
                f'<w:framePr w:w="{twips_mm(self._width_mm())}" w:hRule="auto" w:wrap="around" '
                'w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" '
                f'w:y="{twips_mm(height - _SEAL_ABOVE_EDGE_MM)}"/>'
            )
            runs = runs_xml([Words(words)], self._bookmarks)
            self.parts.append(paragraph_xml("NqSeal", runs, frame))
        self.parts.append(paragraph_xml("NqBreak", ""))

    # The text

    def blocks(self, blocks: Iterable[Block]) -> None:
        """The text: its basis, then all else; its last words have the sign of the end."""
        each = list(numbered(blocks))
        words = [nth for nth, (_, block) in enumerate(each) if not _is_note(block)]
        basis = self._basis([block for _, block in each])
        for nth, (number, block) in enumerate(each):
            if nth < len(basis):
                self._paragraph(basis[nth], stop=".;"[nth + 1 < len(basis)], style="NqBasis")
            elif words and nth == words[-1]:
                self.block(number, block, stop=self._profile.text_end)
            else:
                self.block(number, block)

    def _basis(self, blocks: Iterable[Block]) -> list[Paragraph]:
        found = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                break
            words = sentence_text(block.sentence)
            if not words.startswith(BASIS) or words.endswith(":"):
                break
            found.append(block)
        return found

    def block(self, number: str, block: Block, *, stop: str = "") -> None:
        """One block; `stop` ends its words."""
        if isinstance(block, Heading):
            self._heading(number, block)
        elif isinstance(block, Paragraph):
            self._paragraph(block, stop=stop, style="NqNote" if block.note else "NqText")
            for note in paragraph_notes(block):
                self.add(note, "NqNote")
        else:
            if block.caption:
                self.add(printable(block.caption), "Caption")
            elif self.parts and self.parts[-1].startswith("<w:tbl>"):
                self.add("", "NqBreak")  # two tables without words between them would be one
            edition = self._report.edition
            table = table_xml(block, self._width_mm(), self._profile, edition, self._bookmarks)
            self.parts.append(table)
            for note in table_notes(block, self._names):
                self.add(note, "NqNote")

    def _heading(self, number: str, heading: Heading) -> None:
        text = printable(heading.text)
        if heading.level == 0:
            self._halves += 1
            state = self._profile.signs is PaperSigns.STATE
            self.add(f"Phần {roman(self._halves)}" if state else number, "NqHalf")
            self.add(text.upper(), "NqHalfTitle")
        elif heading.level == 1:
            self.add(f"{number}{self._profile.part_mark}{text.upper()}", "Heading1")
        elif heading.level == 2:
            self.add(f"{number}{self._profile.heading_mark}{text}", "Heading2")
        else:
            self.add(f"{number}{self._profile.item_mark}{text}", "Heading3")

    def _paragraph(self, block: Paragraph, *, stop: str, style: str) -> None:
        names = {one.place: one.name for one in block_anchors(block, self._report.edition)}
        pieces = [
            Words(text_of(piece), names.get((nth,), "")) for nth, piece in enumerate(block.sentence)
        ]
        label = self._profile.basis_label if style == "NqBasis" else paragraph_label(block)
        end = self._end("".join(piece.text for piece in pieces).rstrip(), stop)
        runs = runs_xml([Words(label), *pieces, Words(end)], self._bookmarks)
        self.parts.append(paragraph_xml(style, runs))

    @staticmethod
    def _end(text: str, stop: str) -> str:
        """What is written behind the text so that it ends with `stop`. Words that have an end of their own
        keep it: "./." comes of "."."""
        if not stop or not text:
            return ""
        if text.endswith(".") and not text.endswith(stop):
            return stop.removeprefix(".") if stop.startswith(".") else ""
        return "" if text.endswith(tuple(_STOPS)) else stop


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.note


def _marks(report: Report) -> Iterator[tuple[str, str]]:
    """The marks below the number, each in its own frame: urgency (KHẨN) and circulation (LƯU HÀNH NỘI BỘ) are
    two elements, but Word draws one frame around paragraphs that follow each other in it."""
    for nth, mark in enumerate(report.marks):
        if nth:
            yield "", "NqBreak"
        yield printable(mark), "NqMark"
