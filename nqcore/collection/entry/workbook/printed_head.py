"""What the template prints above its table: written into the file, and compared when it comes back."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.collection.entry.entry_sheet import EntrySheet
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.errors import Translate
from nqcore.files.spreadsheets.cell import Place
from nqcore.model.period_names import period_name


def head_title(sheet: EntrySheet, _: Translate) -> str:
    """The title: which report it is."""
    return _("Report {period}").format(period=period_name(sheet.obligation.period, _))


def head_hint(_: Translate) -> str:
    """What to do with the file."""
    return _(
        "Type into the yellow boxes only; type 0 if there was none. Save the file, then hand it "
        "in at “From Excel”."
    )


def column_titles(sheet: EntrySheet, _: Translate) -> tuple[str, ...]:
    """The headings of the table's columns."""
    before = period_name(sheet.before, _) if sheet.before else _("Last period")
    period = period_name(sheet.obligation.period, _)
    return (_("No."), _("Indicator"), _("Measure"), before, period, _("Explanation"))


def printed_head(
    sheet: EntrySheet, languages: tuple[Translate, ...]
) -> Mapping[Place, frozenset[str] | None]:
    """The words of each printed place above the table in every language, by row and column counted from the
    first row of the head; None where any words may stand: the line with the directive and the due day, which
    may have been extended, and the hidden identity, which is read by itself."""
    printed: dict[Place, frozenset[str] | None] = {
        (0, 0): frozenset({sheet.unit.name}),
        (0, CODE): None,
        (1, 0): frozenset(head_title(sheet, each) for each in languages),
        (2, 0): None,
        (3, 0): frozenset(map(head_hint, languages)),
    }
    titles = [column_titles(sheet, each) for each in languages]
    for column, texts in enumerate(zip(*titles, strict=True)):
        printed[4, column] = frozenset(texts)
    return printed
