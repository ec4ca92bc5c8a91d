"""`ws.content`: what the office makes itself, beside what plugins and packs bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqcore.catalogue import WORKSPACE, Catalogue
from nqcore.catalogue.item_kinds import ITEM_FIELDS, Item, items_text
from nqcore.catalogue.item_mistakes import CheckedSet, check_items
from nqcore.catalogue.references import item_id
from nqcore.collection.accounts.access import Account
from nqcore.collection.content.changes import (
    ContentChanges,
    ContentPlan,
    ContentStep,
    all_items,
)
from nqcore.collection.content.indicator_facts import IndicatorFacts, indicator_facts
from nqcore.collection.content.own_items import own_items, with_files
from nqcore.collection.content.usage import Use
from nqcore.collection.context import Context, context_of, own_days_off
from nqcore.collection.reorganisation.own_definitions import entered_units
from nqcore.collection.settings import letterhead_lines
from nqcore.collection.validation.texts import TextTooLong
from nqcore.errors import N_, Phrase, Translate, UnknownName
from nqcore.formulas import as_word, parse
from nqcore.formulas.show import write
from nqcore.model.reports import Letterhead
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.register.mentions import Mention
from nqcore.workspace.register.reading import read_register

if TYPE_CHECKING:
    from nqcore.workspace.content_files.read_content import ReadContent

LONGEST_LINE = 300
"""So many letters a line of a letterhead may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedItem:
    """A definition with its owner: "workspace" is the office itself."""

    item: Item
    owner: str


@checked
class ContentService:
    """Directives, indicators, forms with their sections and questions, targets, tasks, rules, overlays and
    letterheads that the office makes without a plugin. Each is one table of a definition file."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    @property
    def _changes(self) -> ContentChanges:
        state = self._state
        return ContentChanges(
            store=state.store,
            context=state.context,
            root=state.root,
            today=state.today,
            others=all_items(state.contributions.definitions),
            check=self._check,
            context_of=self._context_of,
        )

    def _check(self, items: Sequence[Item]) -> CheckedSet:
        state, settings = self._state, self._state.settings
        others = with_files(
            entered_units(state.store),
            (h for h in settings.letterheads if (h.unit or state.root) not in _heads(items)),
            (o for o in settings.outlines if o.id not in _ids(items, "outline")),
            state.root,
        )
        return check_items(state.contributions, others, items, state.root)

    def _context_of(self, catalogue: Catalogue) -> Context:
        state = self._state
        days_off = own_days_off(state.store, state.folder)
        return context_of(catalogue, days_off, state.since, state.store, state.clock, state.index)

    def items(self, kind: str | None = None, owner: str | None = None) -> tuple[OwnedItem, ...]:
        """All definitions of the kinds that an office makes (or of one kind, or of one owner), those of
        plugins and packs first. Raises UnknownName for a kind that there is not.

        >>> [(one.owner, one.item.id) for one in ws.content.items("form")]
        [('nq_small', 's.q')]
        """
        if kind is not None and kind not in ITEM_FIELDS:
            known = Phrase(N_("Known: {names}."), {"names": ", ".join(ITEM_FIELDS)})
            raise UnknownName(kind="kind of content", name=kind, hint=known)
        self._state.refresh()
        mine = tuple((WORKSPACE, item) for item in own_items(self._state.store))
        every = (*all_items(self._state.contributions.definitions), *mine)
        return tuple(
            OwnedItem(item=item, owner=whose)
            for whose, item in every
            if kind in (None, item.kind) and owner in (None, whose)
        )

    def indicator(self, name: str) -> IndicatorFacts:
        """What is said of an indicator, given by its code or by a label that only one has: definition,
        measure, how it adds up, formula, versions with their days and basis, who gave them. Raises
        UnknownName.

        >>> facts = ws.content.indicator("B2.1")
        >>> facts.formula(), facts.shaper.owner, [one.definition.basis for one in facts.versions]
        ('(B2.1) = (B2:B1)x100', 'nq_small', ['Kế hoạch số 1'])
        >>> str(ws.content.indicator("B1").adds_up())
        "added up over the units; the last period's figure"
        """
        self._state.refresh()
        return indicator_facts(self._state.context.catalogue, self._state.store, name)

    def uses(self, kind: str, id: str) -> tuple[Use, ...]:
        """What uses a definition: reports that answer it, decisions, other definitions. Raises UnknownName.

        >>> [use.by.value for use in ws.content.uses("form", "s.q")]
        ['answers']
        """
        return self._changes.usage().of(self._one(kind, id))

    def users(self) -> Mapping[str, tuple[OwnedItem, ...]]:
        """Of each definition, of the office or not, by its address: the definitions that name it.

        >>> [one.item.id for one in ws.content.users()["indicator:s.B1@2017-01-01"]]
        ['s.B2@2017-01-01', 's.B2.1@2017-01-01', 's.q']
        """
        self._state.refresh()
        named = self._changes.usage().all_users()
        return {
            one.item.address: tuple(
                OwnedItem(item=item, owner=owner)
                for owner, item in named.get((one.item.kind, item_id(one.item.value)), ())
            )
            for one in self.items()
        }

    def _one(self, kind: str, id: str) -> Item:
        for one in self.items(kind):
            if one.item.id == id:
                return one.item
        raise UnknownName(kind=kind, name=id, hint=Phrase(N_("Open it from the list of content.")))

    def plan(self, tables: Iterable[tuple[str, Mapping[str, Any]]], why: str = "") -> ContentPlan:
        """What would happen if the office made these definitions, each given as (kind, table) with the keys
        of a definition file. Nothing is written; the plan has all mistakes, each at its key. `why`: for
        the journal.

        >>> table = {"code": "vp.A1", "label": "A1", "name": "Số buổi", "measure": "buổi"}
        >>> plan = ws.content.plan([("indicator", table)])
        >>> [str(mistake) for mistake in plan.mistakes]  # doctest: +NORMALIZE_WHITESPACE
        ['indicator vp.A1: since: is missing; give the first day here or once in [pack]',
         'indicator vp.A1: basis: is missing; give the legal basis here or once in [pack]']
        """
        self._state.refresh()
        return self._changes.plan_tables(tables, why)

    def plan_text(self, text: str, name: str = "toml", why: str = "") -> ContentPlan:
        """The same for the text of a definition file; each mistake says its line.

        >>> text = '[pack]\\nid = "vp"\\nsince = 2018-04-01\\nbasis = "Công văn 5"\\n'
        >>> text += '[[indicator]]\\nlabel = "A1"\\nname = "Số buổi"\\nmeasure = "buổi"\\n'
        >>> [one.item.address for one in ws.content.plan_text(text).items]
        ['indicator:vp.A1@2018-04-01']
        """
        from nqcore.workspace.content_files.folder import read_text

        return self._plan_read(read_text(name, text), why)

    def plan_file(self, path: str | Path, why: str = "") -> ContentPlan:
        """The same for a file: a workbook (.xlsx, .xls, .ods) as `workbook` writes it, a definition file
        (.toml), or a folder of these. Each mistake says where it stands, what cannot be read too. Raises
        FileRefused, OSError, NoContentFiles.

        >>> from tempfile import TemporaryDirectory
        >>> table = {"code": "vp.A1", "label": "A1", "name": "Số buổi", "measure": "buổi"}
        >>> table |= {"since": date(2018, 4, 1), "basis": "Công văn 5"}
        >>> ws.content.apply(ws.content.plan([("indicator", table)]), by="quantri")
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "noi-dung.toml").write_text(ws.content.text(), "utf-8")
        ...     plan = ws.content.plan_file(folder)
        >>> plan.items, [item.address for item in plan.same]
        ((), ['indicator:vp.A1@2018-04-01'])
        """
        from nqcore.files.incoming import TOML, load
        from nqcore.workspace.content_files import folder, reading

        path = Path(path)
        if path.is_dir():
            return self._plan_read(folder.read_folder(path), why)
        if path.suffix.lower() in TOML.suffixes:
            return self._plan_read(folder.read_file(path.name, load(path, [TOML])), why)
        return self.plan_workbook(load(path, reading.WORKBOOKS), name=path.name, why=why)

    def plan_workbook(self, data: bytes, *, name: str, why: str = "") -> ContentPlan:
        """The same for the bytes of a workbook with the name `name`; each mistake says its sheet, row and
        column. Raises FileRefused.

        >>> plan = ws.content.plan_workbook(ws.content.workbook(), name="noi-dung.xlsx")
        >>> plan.items, plan.mistakes
        ((), ())
        """
        from nqcore.workspace.content_files.reading import read_workbook

        return self._plan_read(read_workbook(name, data), why)

    def _plan_read(self, read: ReadContent, why: str) -> ContentPlan:
        self._state.refresh()
        plan = self._changes.plan(read.items, read.mistakes, why)
        return replace(plan, mistakes=read.placed(plan.mistakes))

    def formula(self, text: str) -> str:
        """A formula in the labels of forms ("A1 / B1 * 100") with the codes of the indicators in their place.
        Raises FormulaError, and UnknownName for a label that no indicator has, or more than one.

        >>> ws.content.formula("A1 * 100")
        's.A1*100'
        """
        self._state.refresh()
        catalogue = self._state.context.catalogue
        return write(parse(text).renamed(lambda name: catalogue.indicator(name).code).expression)

    def indicator_code(self, label: str) -> str:
        """The code of the office's own indicator with that label, or the one that it gets when it is made. A
        formula can name it, whatever the code of the unit at the top.

        >>> ws.content.indicator_code("T1")
        'top.T1'
        """
        root = self._state.root
        known = f"{root}.{label}"  # made when the first part was that code itself
        return (
            known
            if known in self._state.context.catalogue.indicators
            else f"{as_word(root)}.{label}"
        )

    def find_directive(self, text: str) -> Mention | None:
        """The document that a text is, or else the first that it cites, as `nq cite` reads it; None: it
        names none.

        >>> text = "Nghị quyết số 21-NQ/TW, ngày 22/11/2012 của Bộ Chính trị về bảo hiểm xã hội"
        >>> found = ws.content.find_directive(text)
        >>> found.type, found.number, found.issuer, found.date.year, found.body, found.title
        ('Nghị quyết', '21-NQ/TW', 'TW', 2012, 'Bộ Chính trị', 'về bảo hiểm xã hội')
        """
        reading = read_register(text)
        return reading.own or next(iter(reading.cited), None)

    def plan_letterhead(self, head: Letterhead) -> ContentPlan:
        """What would happen if the reviews of a unit had this letterhead. Raises TextTooLong for a line that
        no head has.

        >>> from dataclasses import replace
        >>> head = replace(ws.reviews.letterhead("xa-a"), unit="xa-a", signer="Lê Văn Nam")
        >>> ws.content.apply(ws.content.plan_letterhead(head), by="quantri")
        >>> ws.reviews.letterhead("xa-a").signer
        'Lê Văn Nam'
        """
        for words in (head.superior, head.body, head.place, head.post, head.signer):
            if len(words) > LONGEST_LINE:
                key = Phrase(N_("a line of the letterhead"))
                raise TextTooLong(key=key, length=len(words), most=LONGEST_LINE)
        return self.plan_text("\n".join(letterhead_lines(head)), "letterhead")

    def plan_end(self, kind: str, id: str, until: date, basis: str) -> ContentPlan:
        """What would happen if a form, section, question or overlay ended: the last period in which it is
        asked is the one that ends before `until`. Raises UnknownName, ForeignItem, ContentBasisMissing.

        >>> plan = ws.content.plan_end("question", "s.q/B1", date(2018, 7, 1), "Công văn 5")
        >>> [(one.first.code, len(one.before), len(one.after)) for one in plan.asked]
        [('2018-Q3', 2, 0)]
        """
        self._state.refresh()
        return self._changes.ending(kind, id, until, basis)

    def apply(self, plan: ContentPlan, *, by: Account | str) -> None:
        """Make what was planned, as one record. The account must manage the whole office. Raises NotAllowed,
        ContentRefused with all mistakes, NoLongerPlanned.

        >>> table = {"code": "vp.A1", "label": "A1", "name": "Số buổi", "measure": "buổi"}
        >>> table |= {"since": date(2018, 4, 1), "basis": "Công văn 5"}
        >>> ws.content.apply(ws.content.plan([("indicator", table)]), by="quantri")
        >>> ws.catalogue.indicators["vp.A1"].name
        'Số buổi'
        """
        self._state.refresh()
        self._changes.apply(self._state.actor(by), plan)
        self._state.refresh()

    def end(self, kind: str, id: str, until: date, basis: str, *, by: Account | str) -> ContentPlan:
        """Let a form, section, question or overlay end. What was reported stays. Raises what `plan_end` and
        `apply` raise.

        >>> _ = ws.content.end("question", "s.q/B1", date(2018, 7, 1), "Công văn 5", by="quantri")
        >>> firm = ws.units["dn-1"]
        >>> [ws.catalogue.asks("s.B1", firm, day) for day in (date(2018, 6, 30), date(2018, 9, 30))]
        [True, False]
        """
        plan = self.plan_end(kind, id, until, basis)
        self.apply(plan, by=by)
        return plan

    def steps(self) -> tuple[ContentStep, ...]:
        """The changes of content that were made, newest first.

        >>> ws.content.steps()  # none was made
        ()
        """
        self._state.refresh()
        return self._changes.steps()

    def undo(self, id: str, *, by: Account | str) -> ContentStep:
        """*Hoàn tác*: take a change back, as long as nothing uses what it made. Raises UnknownName,
        NotAllowed, ContentUsed, ContentChangedSince, ContentRefused.

        >>> table = {"code": "vp.A1", "label": "A1", "name": "Số buổi", "measure": "buổi"}
        >>> table |= {"since": date(2018, 4, 1), "basis": "Công văn 5"}
        >>> ws.content.apply(ws.content.plan([("indicator", table)]), by="quantri")
        >>> (step,) = ws.content.steps()
        >>> ws.content.undo(step.id, by="quantri").undone
        True
        >>> "vp.A1" in ws.catalogue.indicators
        False
        """
        self._state.refresh()
        step = self._changes.undo(self._state.actor(by), id)
        self._state.refresh()
        return step

    def text(self, owner: str = WORKSPACE) -> str:
        """Everything of one owner as the text of a definition file.

        >>> ws.content.text()  # the office has made nothing yet
        ''
        """
        return items_text(one.item for one in self.items(owner=owner))

    def files(self, owner: str = WORKSPACE) -> dict[str, str]:
        """The same as the files of a folder, by their names: one for each kind of definition.

        >>> ws.content.files()  # the office has made nothing yet
        {}
        """
        from nqcore.workspace.content_files.folder import content_texts

        return content_texts(one.item for one in self.items(owner=owner))

    def workbook(self, translate: Translate = str, owner: str = WORKSPACE) -> bytes:
        """The same as an .xlsx file: a sheet for each kind of definition, with headings in the language of
        `translate`. `plan_workbook` reads it. Raises NotWritten.

        >>> ws.content.workbook()[:2]
        b'PK'
        """
        from nqcore.workspace.content_files.writing import content_workbook

        return content_workbook([one.item for one in self.items(owner=owner)], translate)

    def write_package(self, name: str, folder: str | Path) -> tuple[Path, ...]:
        """What the office made as a plugin that pip installs, with its test, in the new folder; returns its
        files. Raises BadPluginName, FolderTaken.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     files = ws.content.write_package("nq_tan_hoa", folder)
        >>> len(files), files[-1].name
        (5, 'office.toml')
        """
        from nqcore.catalogue.scaffold import write_content_plugin
        from nqcore.workspace.content_files.around import surroundings

        around = surroundings(
            self._state.context.catalogue, ((one.owner, one.item) for one in self.items())
        )
        return write_content_plugin(
            name, Path(folder), self.files(), beside=around.plugins, office=around.text
        )


def _heads(items: Iterable[Item]) -> set[str]:
    """The units that have a letterhead among the items."""
    return {item.value.unit for item in items if item.kind == "letterhead"}


def _ids(items: Iterable[Item], kind: str) -> set[str]:
    return {item.value.id for item in items if item.kind == kind}
