"""What changed between two editions in words for the office: the same on the page and by the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from nqcore.analysis.frozen.difference import FigureChange
from nqcore.catalogue import Catalogue
from nqcore.errors import N_, Phrase, Translate, UnknownName, in_a_row
from nqcore.model.figures import Figure
from nqcore.model.kind_words import SECTOR_LABELS, kind_words
from nqcore.model.period_names import period_name
from nqcore.model.periods import Period
from nqcore.text.numbers import write_change, write_figure

_HEAD: Mapping[str, str] = {
    "head:title": N_("Title"),
    "head:issuer": N_("Letterhead"),
    "head:number": N_("Number of the document"),
    "head:marks": N_("Marks below the number"),
    "head:date": N_("Day of the document"),
    "head:to": N_("Addressed to"),
    "head:signer": N_("Signature"),
    "head:recipients": N_("Recipients"),
    "head:coverage": N_("Coverage of the figures"),
}
_KINDS: Mapping[str, str] = {"table": N_("Table"), "note": N_("Note")}


def block_words(block: str) -> str:
    """The msgid of what a block is called: "head:date" is the day of the document, "note:2" a note."""
    return _HEAD.get(block) or _KINDS.get(block.partition(":")[0], N_("Sentence"))


class ChangedNumber:
    """A changed figure as it is written: all of its numbers with as many decimals."""

    def __init__(self, change: FigureChange) -> None:
        self._change = change
        every = (change.before, change.after, *(part.after for part in change.parts))
        self._decimals = max(map(_decimals, every))
        self.measure = change.piece.measure if isinstance(change.piece, Figure) else ""

    @property
    def before(self) -> str:
        """What it was: "69,7%", "–" for no value."""
        return self._value(self._change.before)

    @property
    def after(self) -> str:
        """What it is now."""
        return self._value(self._change.after)

    def amount(self, value: Decimal) -> str:
        """A part of the change, or the whole: "+7", "−0,5"."""
        return write_change(value, self._decimals)

    def _value(self, value: Decimal | None) -> str:
        if value is None:
            return "–"
        text = write_figure(value, self._decimals)
        return f"{text}%" if self.measure == "%" else f"{text} {self.measure}".rstrip()


def _decimals(value: Decimal | None) -> int:
    exponent = Decimal(0) if value is None else value.normalize()
    return max(0, -int(exponent.as_tuple().exponent))


def change_names(
    one: FigureChange, catalogue: Catalogue, read: Callable[[str], Period], translate: Translate
) -> tuple[str, str]:
    """The name of the indicator or of the finding, and the unit and period, with what the figure is of where
    that is not the whole unit. `read`: the period of a code. What the office has no more keeps its code."""
    part = ""
    if isinstance(one.piece, Figure):
        known = catalogue.indicators.get(one.piece.indicator)
        name = f"{known.label}. {known.name}" if known else one.piece.indicator
        unit, period = one.piece.unit, one.piece.period
        part = _part_of_it(one.piece, catalogue).message(translate)
    else:
        rule, period, unit = (*one.address.removeprefix("count:").split("|"), "", "")[:3]
        title = getattr(catalogue.rules.get(rule), "title", rule)
        name = translate(N_("Units counted: {title}")).format(title=title)
    where = catalogue.units[unit].name if unit in catalogue.units else unit
    try:
        when = period_name(read(period), translate)
    except UnknownName:
        when = period
    return name, f"{where}, {when}" + (f"; {part}" if part else "")


def _part_of_it(figure: Figure, catalogue: Catalogue) -> Phrase:
    """Of which of the unit's reports the figure is: of itself alone, of the same units in two times, of some
    kinds, of those within one unit; nothing where it is of all of them."""
    scope = figure.scope
    within = scope.within or ""
    if within in catalogue.units:
        within = catalogue.units[within].name
    kinds = (kind_words(kind, None, catalogue.unit_kinds) for kind in sorted(scope.kinds))
    return in_a_row(
        Phrase(N_("its own report")) if figure.own else None,
        Phrase(N_("the same {count} units"), {"count": len(scope.units)}) if scope.units else None,
        *kinds,
        *(Phrase(SECTOR_LABELS[sector]) for sector in sorted(scope.sectors)),
        within,
        between=", ",
    )
