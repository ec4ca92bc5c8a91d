"""The report as HTML: a fragment for the preview page, and a plain page of its own.

The fragment has no style and no script; the stylesheet of the pages gives the look. The page of its own has
its style inside (`html_style`) and no script. markupsafe escapes all text. No
line ends inside the number of a document (`typesetting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from nqcore.analysis.report.blocks import (
    coverage_note,
    numbered,
    paragraph_label,
    recipient_lines,
)
from nqcore.analysis.report.docx.paper_words import (
    number_line,
    recipients,
    seal_words,
    signing,
    to_lines,
)
from nqcore.analysis.report.docx.profile import PaperSigns
from nqcore.analysis.report.html_numbers import Href, Numbers
from nqcore.analysis.report.html_style import STYLE
from nqcore.analysis.report.html_tables import WIDE, is_wide, sizes, table
from nqcore.analysis.report.notes import paragraph_notes, table_notes
from nqcore.analysis.report.plain_layout import annex_line, plain_layout
from nqcore.analysis.report.typesetting import unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

_PAGE = Markup(
    '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
)
_TITLE = Markup('<h2 class="ten-vb">Phụ lục</h2>\n<p class="ten-vb">{}</p>')

_SHORT_RULE = "\N{NO-BREAK SPACE}" * 24
"""What the line below the subject is drawn under."""


class HtmlFormat:
    """Writes the report as one HTML page that needs no other file, without script."""

    name = "html"
    title = "HTML"
    suffix = ".html"
    media_type = "text/html; charset=utf-8"

    def write(self, report: Report, names: Names) -> bytes:
        """The page; each figure is a ``data`` element with its exact value."""
        title = f"{printable(report.type)} {printable(report.title)}"
        rules = "\n".join(sizes((*report.body, *report.appendix)))
        style = Markup(f"{STYLE}{rules}\n")
        return _PAGE.format(title=title, style=style, body=fragment(report, names)).encode()


def fragment(report: Report, names: Names, href: Href | None = None) -> Markup:
    """The report as an ``article.a4``. `href` gives the address at which a figure is explained;
    without it figures are not links. The same is true of counted numbers."""
    page = _HtmlPage(report, names, href)
    lines = [Markup('<article class="a4" lang="vi">'), _head(report), *page.blocks(report.body)]
    if note := coverage_note(report):
        lines.append(_note(note))
    lines.append(_signature(report))
    if report.appendix:
        lines += page.appendix()
    if seal := seal_words(report):
        lines.append(Markup('<p class="chu-thich chot">{}</p>').format(seal))
    lines.append(Markup("</article>"))
    return Markup("\n").join(lines)


def _head(report: Report) -> Markup:
    head, layout = report.letterhead, plain_layout(report.letterhead)
    return Markup(
        '<div class="quoc-hieu"><div>{superior}<p><strong{line}>{body}</strong></p>{mark}'
        "<p>{number}</p>{marks}</div>"
        '<div>{nation}<p><strong class="gach">{motto}</strong></p>'
        '<p class="ngay"><em>{place}, <time datetime="{iso}">{day}</time></em></p></div></div>\n'
        '<p class="ten-vb loai">{type}</p>\n<p class="ten-vb">{title}</p>\n'
        '<p class="ten-vb">{below}</p>{to}'
    ).format(
        superior=_line("<p>{}</p>", head.superior),
        line=Markup() if layout.issuer_mark else Markup(' class="gach"'),
        body=printable(head.body).upper(),
        mark=_line("<p>{}</p>", layout.issuer_mark),
        number=number_line(report, layout.signs),
        marks=Markup().join(
            map(Markup("<p><strong>{}</strong></p>").format, map(printable, report.marks))
        ),
        nation=_line("<p><strong>{}</strong></p>", layout.nation),
        motto=layout.motto,
        place=printable(head.place),
        iso=report.date.isoformat(),
        day=write_date_long(report.date),
        type=printable(report.type).upper(),
        title=unbroken(printable(report.title)),
        below=layout.subject_mark or Markup('<span class="gach">{}</span>').format(_SHORT_RULE),
        to=_to(to_lines(report, layout)),
    )


def _to(lines: Sequence[str]) -> Markup:
    """The lines of *Kính gửi*; one stands behind the words, several are a list."""
    if not lines:
        return Markup()
    if len(lines) == 1:
        return Markup('\n<p class="kinh-gui">Kính gửi: {}.</p>').format(lines[0])
    rows = Markup("<br>").join(recipient_lines(lines))
    return Markup('\n<p class="kinh-gui">Kính gửi:<br>{}</p>').format(rows)


def _signature(report: Report) -> Markup:
    head, layout = report.letterhead, plain_layout(report.letterhead)
    state = layout.signs is PaperSigns.STATE
    for_whom, post = signing(report, layout.signs)
    title = '<span class="gach">Nơi nhận:</span>'
    if state:
        title = "<strong><em>Nơi nhận:</em></strong>"
    return Markup(
        '<div class="ky"><div class="noi-nhan"><p>{title}</p><p>{recipients}</p></div>'
        '<div class="ben">{authority}{post}'
        '<p class="ho-ten"><strong>{signer}</strong></p></div></div>'
    ).format(
        title=Markup(title),
        recipients=Markup("<br>").join(recipients(report, layout)),
        authority=_line("<p><strong>{}</strong></p>", for_whom),
        post=Markup("<p><strong>{}</strong></p>" if state else "<p>{}</p>").format(post),
        signer=printable(head.signer),
    )


def _line(markup: str, text: str) -> Markup:
    """A line of capitals; nothing where there is no text."""
    return Markup(markup).format(printable(text).upper()) if text else Markup()


class _HtmlPage:
    """The blocks of one report."""

    def __init__(self, report: Report, names: Names, href: Href | None) -> None:
        self._report, self._names, self._href = report, names, href

    def blocks(self, blocks: Iterable[Block]) -> list[Markup]:
        return [part for number, block in numbered(blocks) for part in self._block(number, block)]

    def appendix(self) -> Iterator[Markup]:
        """The annex: what goes on the long side of the page is in boxes of their own; the title is in the
        first of them."""
        yield Markup('<section class="phu-luc">')
        title = _TITLE.format(unbroken(annex_line(self._report)))
        for number, block in numbered(self._report.appendix):
            parts = [title, *self._block(number, block)] if title else self._block(number, block)
            box = Markup('<div class="{}">').format(WIDE if is_wide(block) else "doc")
            yield Markup("\n").join((box, *parts, Markup("</div>")))
            title = Markup()
        yield Markup("</section>")

    def _block(self, number: str, block: Block) -> Iterator[Markup]:
        if isinstance(block, Heading):
            yield _heading(number, block, plain_layout(self._report.letterhead).part_mark)
        elif isinstance(block, Paragraph):
            yield self._paragraph(block)
            yield from map(_note, paragraph_notes(block))
        else:
            yield self._table(block)
            yield from map(_note, table_notes(block, self._names))

    def _numbers(self, block: Block) -> Numbers:
        return Numbers(block, self._report.edition, self._names, self._href)

    def _paragraph(self, block: Paragraph) -> Markup:
        numbers = self._numbers(block)
        finding = (
            Markup(' data-finding="{}"').format(printable(block.finding)) if block.finding else ""
        )
        if block.note:
            finding += Markup(' class="chu-thich"')
        pieces = (numbers.piece(piece, nth) for nth, piece in enumerate(block.sentence))
        return Markup("<p{}>{}{}</p>").format(
            finding, paragraph_label(block), Markup("").join(pieces)
        )

    def _table(self, block: Table) -> Markup:
        return table(block, self._numbers(block))


def _heading(number: str, block: Heading, part_mark: str) -> Markup:
    """ "I- KẾT QUẢ", "1. Công tác …", and in the middle "PHẦN THỨ NHẤT" above its title."""
    if block.level == 0:
        name = Markup("{}<br>").format(number.upper()) if number else ""
        return Markup('<h2 class="ten-vb">{}{}</h2>').format(
            name, unbroken(printable(block.text).upper())
        )
    part = block.level == 1
    mark = part_mark if part else ")" if number.isalpha() else "."
    return Markup("<h{level}>{number}{mark} {text}</h{level}>").format(
        level=2 if part else 3,
        number=number,
        mark=mark,
        text=unbroken(printable(block.text.upper() if part else block.text)),
    )


def _note(text: str) -> Markup:
    return Markup('<p class="chu-thich">{}</p>').format(unbroken(text))
