"""The report as HTML: a fragment for the preview page, and a plain page of its own.

The fragment has no style and no script; the stylesheet of the pages gives the look. The page of its own has
its style inside (`html_style`) and no script. markupsafe escapes all text. No
line ends inside the number of a document (`typesetting`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from nqcore.analysis.report.blocks import (
    BLANK_NUMBER,
    annex_line,
    coverage_note,
    numbered,
    paragraph_label,
    recipient_lines,
)
from nqcore.analysis.report.html_style import STYLE
from nqcore.analysis.report.notes import (
    cell_text,
    coverage_text,
    marks,
    paragraph_notes,
    table_notes,
)
from nqcore.analysis.report.sentences import figure_text, text_of
from nqcore.analysis.report.typesetting import unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Piece, Sentence, UnitCount
from nqcore.model.reports import Block, Heading, Letterhead, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.numbers import canonical
from nqcore.text.printable import printable

Href = Callable[[Figure | UnitCount], str]

_PAGE = Markup(
    '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
)


class HtmlFormat:
    """Writes the report as one HTML page that needs no other file, without script."""

    name = "html"
    title = "HTML"
    suffix = ".html"
    media_type = "text/html; charset=utf-8"

    def write(self, report: Report, names: Names) -> bytes:
        """The page; each figure is a ``data`` element with its exact value."""
        title = f"{printable(report.type)} {printable(report.title)}"
        return _PAGE.format(title=title, style=Markup(STYLE), body=fragment(report, names)).encode()


def fragment(report: Report, names: Names, href: Href | None = None) -> Markup:
    """The report as an ``article.a4``. `href` gives the address at which a figure is explained;
    without it figures are not links. The same is true of counted numbers."""
    lines = [
        Markup('<article class="a4" lang="vi">'),
        _head(report),
        *_blocks(report.body, names, href),
    ]
    if note := coverage_note(report):
        lines.append(_note(note))
    lines.append(_signature(report.letterhead))
    if report.appendix:
        lines.append(
            Markup(
                '<section class="phu-luc">\n<h2 class="ten-vb">Phụ lục</h2>\n<p class="ten-vb">{}</p>'
            ).format(unbroken(annex_line(report)))
        )
        lines += _blocks(report.appendix, names, href)
        lines.append(Markup("</section>"))
    lines.append(Markup("</article>"))
    return Markup("\n").join(lines)


def _head(report: Report) -> Markup:
    head = report.letterhead
    return Markup(
        '<div class="quoc-hieu"><div>{superior}<p><strong>{body}</strong></p><p>*</p>'
        "<p>Số{number}</p></div>"
        '<div><p><strong class="gach">ĐẢNG CỘNG SẢN VIỆT NAM</strong></p>'
        '<p class="ngay"><em>{place}, <time datetime="{iso}">{day}</time></em></p></div></div>\n'
        '<p class="ten-vb loai">{type}</p>\n<p class="ten-vb">{title}</p>\n'
        '<p class="ten-vb">-----</p>'
    ).format(
        superior=_line("<p>{}</p>", head.superior),
        body=printable(head.body).upper(),
        number=BLANK_NUMBER + printable(head.symbol),
        place=printable(head.place),
        iso=report.date.isoformat(),
        day=write_date_long(report.date),
        type=printable(report.type).upper(),
        title=unbroken(printable(report.title)),
    )


def _signature(head: Letterhead) -> Markup:
    recipients = Markup("<br>").join(recipient_lines(head.recipients))
    return Markup(
        '<div class="ky"><div class="noi-nhan"><p><span class="gach">Nơi nhận:</span></p>'
        "<p>{recipients}</p></div>"
        '<div class="ben">{authority}<p>{post}</p>'
        '<p class="ho-ten"><strong>{signer}</strong></p></div></div>'
    ).format(
        recipients=recipients,
        authority=_line("<p><strong>{}</strong></p>", head.authority),
        post=printable(head.post).upper(),
        signer=printable(head.signer),
    )


def _line(markup: str, text: str) -> Markup:
    """A line of capitals; nothing where there is no text."""
    return Markup(markup).format(printable(text).upper()) if text else Markup()


def _blocks(blocks: Iterable[Block], names: Names, href: Href | None) -> list[Markup]:
    return [
        part for number, block in numbered(blocks) for part in _block(number, block, names, href)
    ]


def _block(number: str, block: Block, names: Names, href: Href | None) -> Iterable[Markup]:
    if isinstance(block, Heading):
        part = block.level == 1
        yield Markup("<h{level}>{number}{mark} {text}</h{level}>").format(
            level=2 if part else 3,
            number=number,
            mark="-" if part else ".",
            text=unbroken(printable(block.text.upper() if part else block.text)),
        )
    elif isinstance(block, Paragraph):
        finding = Markup(' data-finding="{}"').format(block.finding) if block.finding else ""
        if block.note:
            finding += Markup(' class="chu-thich"')
        yield Markup("<p{}>{}{}</p>").format(
            finding, paragraph_label(block), _sentence(block.sentence, names, href)
        )
        yield from map(_note, paragraph_notes(block))
    else:
        yield _table(block, names, href)
        yield from map(_note, table_notes(block, names))


def _note(text: str) -> Markup:
    return Markup('<p class="chu-thich">{}</p>').format(unbroken(text))


def _table(table: Table, names: Names, href: Href | None) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(printable(title)) for title in table.columns
    )
    # The head of a row is its first cell with words in it: the first cell may be a number or a code.
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(_row(row, names, href)) for row in table.rows
    )
    return Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>"
    ).format(unbroken(printable(table.caption)), head, rows)


def _row(row: tuple[str | Figure, ...], names: Names, href: Href | None) -> Markup:
    named = next(
        (n for n, c in enumerate(row) if isinstance(c, str) and sum(map(str.isalpha, c)) > 1), None
    )
    cells = []
    for place, cell in enumerate(row):
        if isinstance(cell, Figure):
            shown = _figure(cell, names, href)
            cells.append(Markup('<td class="so">{}{}</td>').format(shown, marks(cell)))
        elif place == named:
            cells.append(Markup('<th scope="row">{}</th>').format(unbroken(cell_text(cell))))
        else:
            cells.append(Markup("<td>{}</td>").format(unbroken(cell_text(cell))))
    return Markup("").join(cells)


def _sentence(sentence: Sentence, names: Names, href: Href | None) -> Markup:
    return Markup("").join(_piece(piece, names, href) for piece in sentence)


def _piece(piece: Piece, names: Names, href: Href | None) -> str:
    if isinstance(piece, FigureRef):
        return _figure(piece.figure, names, href)
    if isinstance(piece, UnitCount) and piece.id and href is not None:
        return Markup('<a class="sl" href="{}">{}</a>').format(href(piece), text_of(piece))
    return unbroken(text_of(piece))


def _figure(figure: Figure, names: Names, href: Href | None) -> Markup:
    gaps = coverage_text(figure, names)
    title = Markup(' title="{}"').format(gaps) if gaps else ""
    text = figure_text(figure)
    if href is not None:
        return Markup('<a class="sl" href="{}"{}>{}</a>').format(href(figure), title, text)
    if figure.value is None:
        return Markup("<span{}>{}</span>").format(title, text)
    return Markup('<data value="{}"{}>{}</data>').format(canonical(figure.value), title, text)
