"""An edition computed again from its journal position and its stored definitions.

The text of an edition is what was stored. Computing it again proves that it follows from the data; where it
does not any more, this says what cannot be computed again and why: code is not stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.analysis.frozen.basis import Basis, outline_of, report_of, review_of
from nqcore.analysis.frozen.freezing import code_of, program
from nqcore.analysis.frozen.stored_definitions import read_definitions
from nqcore.analysis.frozen.texts import changed_blocks, content_of
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.loading import PluginInfo
from nqcore.errors import N_, NqError, Phrase
from nqcore.model.reports import Report
from nqcore.progress import Progress, quiet
from nqcore.store import Store
from nqcore.store.past import store_at

ORDER = "order"
"""In `Recomputed.changed`: the blocks are the same, but stand in another order."""
_CODE_KINDS = {"rule": N_("rule"), "calendar": N_("calendar")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """`report`: the edition computed again (None: it cannot be), dated as the edition is. `changed`: the
    names of its blocks that differ from the stored ones. `reasons`: what cannot be computed as it was
    then, and why; there may be reasons although nothing differs."""

    edition: EditionHead
    report: Report | None
    changed: tuple[str, ...]
    reasons: tuple[Phrase, ...]

    @property
    def same(self) -> bool:
        """Whether it has the same content as the stored one."""
        return self.report is not None and not self.changed


def recompute(
    edition: Edition, store: Store, present: Contributions, progress: Progress = quiet
) -> Recomputed:
    """Compute the edition again. `present`: what the plugins of now bring, of which only the code is used;
    `store`: the journal that goes on."""
    reasons = [*_reasons(edition, store, present)]
    report: Report | None = None
    if position_is_there(edition, store):
        basis = basis_of(edition, store, present)
        try:
            review = review_of(basis, edition.address, outline_of(edition.outline, basis))
            report = report_of(basis, review, edition.report.seal, progress)
        except NqError as wrong:
            reasons.append(Phrase(N_("It cannot be computed again: {why}"), {"why": wrong}))
    changed = () if report is None else _changed(edition.report, report)
    return Recomputed(edition=edition, report=report, changed=changed, reasons=tuple(reasons))


def _changed(stored: Report, again: Report) -> tuple[str, ...]:
    if content_of(stored) == content_of(again):
        return ()
    return changed_blocks(stored, again) or (ORDER,)


def basis_of(edition: EditionHead, store: Store, present: Contributions) -> Basis:
    """The basis of the edition: its position and definitions, with the code of now. Raises StoreError
    where the journal does not reach its position."""
    stored = read_definitions(store, edition.definitions)
    taken = {(kind, id) for kind, id, _ in _there(edition, present)}
    contributions = Contributions(
        definitions=stored.definitions,
        rules=tuple(one for one in present.rules if ("rule", str(one[1].id)) in taken),
        checks=(),
        formats=(),
        calendars=tuple(one for one in present.calendars if ("calendar", str(one[1].id)) in taken),
        plugins=tuple(
            PluginInfo(name=name, distribution="", version=number, hooks=())
            for name, number in edition.plugins
        ),
        faults=(),
        order=stored.order,
    )
    return Basis(
        store=store_at(store, edition.seq),
        contributions=contributions,
        office=stored.office,
        moment=edition.at,
        today=edition.at.date(),
        as_of=edition.as_of,
    )


def _there(edition: EditionHead, present: Contributions) -> list[tuple[str, str, str]]:
    """The rules and calendars in code that the edition had and that are still there."""
    return [one for one in code_of(present) if one in edition.code]


def position_is_there(edition: EditionHead, store: Store) -> bool:
    """Whether the journal has the very record up to which the edition was made."""
    return edition.seq <= store.version and store.record(edition.seq).hash == edition.hash


def _reasons(edition: EditionHead, store: Store, present: Contributions) -> Iterator[Phrase]:
    if not position_is_there(edition, store):
        yield Phrase(
            N_("Record {seq} of this journal is not the one that the edition was made from."),
            {"seq": edition.seq},
        )
    now = dict(program())
    for name, then in edition.program:
        if now.get(name) != then:
            yield Phrase(
                N_("The program computes otherwise, perhaps: {name} {now}, then {then}."),
                {"name": name, "now": now.get(name, "–"), "then": then},
            )
    versions = {info.name: info.version for info in present.plugins}
    then_of = dict(edition.plugins)
    there = _there(edition, present)
    for kind, id, owner in edition.code:
        params: dict[str, object] = {
            "kind": Phrase(_CODE_KINDS[kind]),
            "id": id,
            "plugin": owner,
            "then": then_of.get(owner, ""),
            "now": versions.get(owner, ""),
        }
        if (kind, id, owner) not in there:
            yield Phrase(
                N_(
                    "The {kind} {id} is code of the plugin {plugin} {then}, and is not there any more."
                ),
                params,
            )
        elif params["then"] != params["now"]:
            yield Phrase(
                N_("The {kind} {id} is code of the plugin {plugin}: {now} now, {then} then."),
                params,
            )
