"""The form for words on the page *Soạn báo cáo*: what is open, what was typed, and which figures it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from werkzeug.datastructures import MultiDict

from nqcore.analysis.findings import Review
from nqcore.analysis.report.decisions import FindingProposal
from nqcore.analysis.report.drafting import DraftedBlock, DraftedReport, OwnKind
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.errors import N_, NqError
from nqcore.model.figures import Figure
from nqcore.model.reports import Paragraph
from webforms.shared.context import workspace
from webforms.shared.posted import whole_number

OWN_KINDS: Mapping[OwnKind, str] = MappingProxyType(
    {
        OwnKind.PARAGRAPH: N_("Paragraph"),
        OwnKind.RESULT: N_("Finding: a result"),
        OwnKind.SHORTCOMING: N_("Finding: a shortcoming"),
        OwnKind.OBJECTIVE: N_("Cause outside"),
        OwnKind.SUBJECTIVE: N_("Cause of one's own"),
        OwnKind.LESSON: N_("Lesson"),
        OwnKind.SOLUTION: N_("Task or solution"),
        OwnKind.PROPOSAL: N_("Proposal to those above"),
        OwnKind.HEADING: N_("Heading within the part"),
        OwnKind.PART: N_("Heading of a new part"),
    }
)
"""What may be added, by its name on the page. Words of a unit are taken over where they stand."""

EDIT, ADD, KEY, SAID = "sua", "them", "khoa", "loi_cua"
"""The block to edit; the block behind which one is added; the finding; whose words are taken over."""
FIGURES, INSERT, DROP = "so_lieu", "chen", "bo_so"
"""The addresses of the figures of the words; the one to put in now; the one to take out of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsForm:
    """The open form. `block`: which one is edited, "": one is added behind `after` in `part`. `key`: the
    finding of the block. `said`: whose words are taken over. `base`: the number that was seen. `wrong` says
    why it is not saved; `keep` and `update` are the buttons that repair it. `newest`: what another user has
    written meanwhile. `formulas`: how own numbers can be computed of figures. `search`, `period` and `unit`
    ask for figures; `searched`: they were looked for."""

    block: str = ""
    after: str = ""
    part: str = ""
    kind: OwnKind = OwnKind.PARAGRAPH
    key: str = ""
    said: str = ""
    words: str = ""
    figures: tuple[str, ...] = ()
    base: int = 0
    wrong: str = ""
    keep: bool = False
    update: bool = False
    newest: str = ""
    formulas: tuple[str, ...] = ()
    search: str = ""
    period: str = ""
    unit: str = ""
    searched: bool = False

    @property
    def at(self) -> str:
        """The block at which it is shown."""
        return self.block or self.after

    @property
    def own(self) -> bool:
        """Whether figures may be chosen for the words."""
        return not self.key and (not self.block or self.block.startswith("own:"))


def asked_form(
    query: MultiDict[str, str], shown: DraftedReport, review: Review
) -> WordsForm | None:
    """The form that the address asks for; None where it asks for none, or for a block that is gone."""
    if block := shown.block(query.get(EDIT, "")):
        return _editing(block, query.get(KEY, ""), review)
    if said := query.get(SAID, ""):
        return _taking(said, shown, review)
    if ADD in query:
        return _adding(query[ADD], shown, review)
    return None


def _adding(after: str, shown: DraftedReport, review: Review) -> WordsForm:
    block = shown.block(after)
    if block is None:
        return WordsForm()
    kind = workspace().drafting.kind_of_causes(review, block.part) or OwnKind.PARAGRAPH
    return WordsForm(after=after, part=block.part, kind=kind)


def _taking(said: str, shown: DraftedReport, review: Review) -> WordsForm | None:
    """The words of a unit, at the end of the part where they belong, else of the last part."""
    unit, _bar, rest = said.partition("|")
    period, _bar, field = rest.partition("|")
    for one in workspace().drafting.narratives(review):
        if (one.unit, one.period, one.field) == (unit, period, field):
            part = one.part if one.part in shown.parts else shown.parts[-1]
            inside = [block.name for block in shown.blocks if block.part == part]
            return WordsForm(
                after=inside[-1] if inside else "",
                part=part,
                kind=OwnKind.NARRATIVE,
                said=said,
                words=" ".join(one.text.split()),
            )
    return None


def _editing(block: DraftedBlock, key: str, review: Review) -> WordsForm | None:
    found = findings_of(block, review)
    if found:
        one = next((each for each in found if each.key == key), found[0])
        words = sentence_text(one.finding.sentence)
        number = one.decision.number if one.decision else 0
        return WordsForm(
            block=block.name, key=one.key, words=words, base=number, formulas=one.offers
        )
    own = block.draft.own if block.draft is not None else None
    return WordsForm(
        block=block.name,
        words=block.text,
        base=block.number,
        kind=own.kind if own else OwnKind.PARAGRAPH,
        figures=own.figures if own else (),
        formulas=block.words.offers if block.words else (),
    )


def findings_of(block: DraftedBlock, review: Review) -> list[FindingProposal]:
    """The findings of which a block is made, each with its decision."""
    told = block.generated
    if not isinstance(told, Paragraph) or not told.finding:
        return []
    rules = (told.finding, *told.beside)
    return [one for one in workspace().reviews.proposals_of(review) if one.finding.rule in rules]


def posted_form(form: MultiDict[str, str]) -> WordsForm:
    """What was posted, as it was typed. A figure that is put in stands at the end of the words."""
    kind = form.get("loai", "")
    found = WordsForm(
        block=form.get("doan", ""),
        after=form.get("sau", ""),
        part=form.get("muc", ""),
        kind=OwnKind(kind) if kind in (*OwnKind,) else OwnKind.PARAGRAPH,
        key=form.get(KEY, ""),
        said=form.get(SAID, ""),
        words=form.get("loi", ""),
        figures=tuple(dict.fromkeys(form.getlist(FIGURES))),
        base=whole_number(form.get("so")) or 0,
        search=form.get("tim", ""),
        period=form.get("ky_so", ""),
        unit=form.get("dv_so", ""),
    )
    return replace(found, figures=tuple(f for f in found.figures if f != form.get(DROP)))


def put_in(figure: Figure) -> str:
    """The figure as it is put into words: a per cent has its sign."""
    percent = figure.value is not None and figure.measure.startswith("%")
    return figure_text(figure) + ("%" if percent else "")


def with_figure(form: WordsForm, address: str, figure: Figure) -> WordsForm:
    """The form with a figure in its list, and its number at the end of the words."""
    words = f"{form.words.rstrip()} {put_in(figure)}".lstrip()
    return replace(form, words=words, figures=tuple(dict.fromkeys((*form.figures, address))))


def chosen_figures(form: WordsForm, review: Review) -> list[tuple[str, Figure | None]]:
    """The figures of the form by address; None for one that leads nowhere now."""
    found: list[tuple[str, Figure | None]] = []
    for address in form.figures:
        try:
            found.append((address, workspace().drafting.figure(review, address)))
        except NqError:
            found.append((address, None))
    return found
