"""What is said of an indicator wherever it is shown: definition, since when, on which basis, by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from nqcore.catalogue import Catalogue
from nqcore.catalogue.item_kinds import Item
from nqcore.catalogue.owners import WORKSPACE
from nqcore.collection.tables import CONTENT_STEPS
from nqcore.errors import N_, Phrase, Translate, in_a_row
from nqcore.formulas.show import show
from nqcore.model.forms import Form
from nqcore.model.indicators import OVER_TIME_LABELS, OVER_UNITS_LABELS, Indicator
from nqcore.model.overlays import Overlay
from nqcore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaper:
    """Who gave a definition. `owner`: a plugin or a pack with its `version` (of a pack the first digits of
    its hash), or "workspace", the office; of the office `by` is the login that last changed it and `at` when
    (ISO 8601)."""

    owner: str
    version: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedVersion:
    """A version of an indicator, in force from `definition.since` on; `until`: the first day of the next."""

    definition: Indicator
    until: date | None
    shaper: Shaper


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalChange:
    """An overlay that defines the indicator otherwise for a part of the units, and who gave it."""

    overlay: Overlay
    shaper: Shaper


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """An indicator as it is today, all its `versions` (the oldest first), and where it is defined otherwise.
    `form` is the form that asks for it (None: it is computed, or asked in none) and `form_shaper` who gave
    that form; `labels` are those of all indicators, by their codes."""

    indicator: Indicator
    versions: tuple[DefinedVersion, ...]
    changes: tuple[LocalChange, ...]
    form: Form | None
    form_shaper: Shaper | None
    labels: Mapping[str, str]

    @property
    def shaper(self) -> Shaper:
        """Who gave the newest version."""
        return self.versions[-1].shaper

    def adds_up(self) -> Phrase:
        """How it adds up over units and over time, in words."""
        if self.indicator.computed:
            return Phrase(N_("Computed from the totals of its parts, never averaged."))
        over = (
            Phrase(OVER_UNITS_LABELS[self.indicator.over_units]),
            Phrase(OVER_TIME_LABELS[self.indicator.over_time]),
        )
        return in_a_row(*over)

    def formula(self, definition: Indicator | None = None, translate: Translate = str) -> str:
        """The formula of a version (default: the newest) as official forms print it in the head of a column:
        "(B2.1) = (B2:B1)x100"; "" where it is typed."""
        one = definition or self.indicator
        if one.formula is None:
            return ""
        return show(one.formula, self._label, target=one.code, translate=translate)

    def _label(self, code: str) -> str:
        return self.labels.get(code, code)


def indicator_facts(catalogue: Catalogue, store: Store, code: str) -> IndicatorFacts:
    """What is said of the indicator of that code. Raises UnknownName."""
    indicator = catalogue.indicator(code)
    several = catalogue.versions[indicator.code]
    form = catalogue.typed_in[indicator.code][0] if indicator.code in catalogue.typed_in else None
    shapers = _Shapers(catalogue, store)
    return IndicatorFacts(
        indicator=indicator,
        versions=tuple(
            DefinedVersion(
                definition=one,
                until=later.since if later else None,
                shaper=shapers.of("indicator", one.code, Item("indicator", one)),
            )
            for one, later in zip_longest(several, several[1:])
        ),
        changes=tuple(
            LocalChange(overlay=one, shaper=shapers.of("overlay", one.id, Item("overlay", one)))
            for one in catalogue.overlays
            if (one.kind, one.of) == ("indicator", indicator.code)
        ),
        form=form,
        form_shaper=shapers.of("form", form.id, Item("form", form)) if form else None,
        labels={one.code: one.label for one in catalogue.indicators.values()},
    )


class _Shapers:
    """Who gave which definition; what the office made is looked up in its changes of content."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._versions = {one.name: one.version for one in catalogue.plugins}
        self._made = {address: (by, at) for address, by, at in _made(store)}

    def of(self, kind: str, id: str, item: Item) -> Shaper:
        owner = self._catalogue.owner(kind, id)
        by, at = self._made.get(item.address, ("", "")) if owner == WORKSPACE else ("", "")
        return Shaper(owner=owner, version=self._versions.get(owner, ""), by=by, at=at)


def _made(store: Store) -> Iterator[tuple[str, str, str]]:
    """The address of each item that the office made, with the login and the moment, in order."""
    for doc in store.table(CONTENT_STEPS):
        if not doc.get("undone"):
            yield from ((address, doc["by"], doc["at"]) for address in doc["after"])
