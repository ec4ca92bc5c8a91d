"""Compares a document that came back with the report of which it was made, and with the figures of now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from nqcore.analysis.readback.cell_words import says_another
from nqcore.analysis.readback.checked import (
    CheckedDocument,
    CheckedNumber,
    DocumentPlace,
    NumberStatus,
    Why,
)
from nqcore.analysis.readback.claim_terms import Contrasts
from nqcore.analysis.readback.claims_in_place import claims_in_place
from nqcore.analysis.readback.directions import turned_numbers
from nqcore.analysis.readback.doc_parts import DocPart, DocToken, document_tokens, parts_of
from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.readback.expected import ExpectedPart, ExpectedReport, expected_of
from nqcore.analysis.readback.judging import HAS_MOVED, OTHER_WORDS, NumberJudge, grouped
from nqcore.analysis.readback.matching import ALIKE, STRONG, MatchedPart, match_parts
from nqcore.analysis.readback.names_in_place import names_in_place
from nqcore.analysis.readback.paper_frame import other_lines
from nqcore.analysis.readback.present import Present, written_of
from nqcore.analysis.readback.short_forms import ShortForms
from nqcore.analysis.readback.spelled_tokens import spelled
from nqcore.analysis.readback.table_matching import BoundTables, WordCell, bind_tables
from nqcore.analysis.readback.task_lines import told_otherwise
from nqcore.analysis.readback.unit_lists_check import (
    PUT_IN,
    CheckedList,
    UnitNamesKnown,
    check_lists,
    replaced_name,
)
from nqcore.analysis.readback.words_in_place import (
    OtherWords,
    nouns_of,
    shares_words,
    words_in_place,
)
from nqcore.analysis.report.anchors import Anchor
from nqcore.analysis.report.sentences import figure_text
from nqcore.analysis.report.wording_check import NONE, NOT_SO, Remark, RemarkKind, check_wording
from nqcore.analysis.report.wording_phrases import NOT
from nqcore.catalogue.contracts import Names
from nqcore.errors import N_
from nqcore.model.claims import CHANGES, Claim
from nqcore.model.findings import Piece, UnitCount, UnitNames
from nqcore.model.reports import Report

IS_GONE = N_("the document has it no more")


def check_document(
    document: ReadDocument,
    report: Report,
    names: Names,
    present: Present | None = None,
    units: Collection[str] = (),
) -> CheckedDocument:
    """What became of the numbers of `report` in `document`, and which numbers have no source. `names`: those
    of the catalogue, for the notes of tables. `present`: the same review as it is now (None: not asked).
    `units`: the names of all units, so that one in the place of another is seen."""
    return _Check(document, report, names, present or Present(None), units).checked()


class _Check:
    def __init__(
        self,
        document: ReadDocument,
        report: Report,
        names: Names,
        present: Present,
        units: Collection[str],
    ) -> None:
        self.document, self.present = document, present
        self.expected: ExpectedReport = expected_of(report, names)
        self.forms = ShortForms(self._texts())
        self.tokens = [
            spelled(one, self.forms) for one in document_tokens(document, self.expected.anchors)
        ]
        for part in self.expected.parts:
            part.tokens[:] = spelled(part.tokens, self.forms)
        self.tables: BoundTables = bind_tables(document, self.tokens, report)
        self.matches: list[MatchedPart] = match_parts(
            parts_of(document, self.tokens, self.tables.used), self.expected.parts
        )
        listed = (
            name
            for anchor in self.expected.anchors.values()
            if isinstance(anchor.piece, UnitNames)
            for name in anchor.piece.names
        )
        self.known = UnitNamesKnown({*units, *listed}, self.forms)
        called = [one.name for one in names.indicators.values()]
        self.nouns, self.contrasts = nouns_of(called), Contrasts(called)
        self.judge = NumberJudge(document, present, self._titles())

    def _texts(self) -> Iterator[str]:
        """All that the document and the report say."""
        yield from (one.text for one in self.document.paragraphs)
        yield from (part.text for part in self.expected.parts)
        for table in self.expected.tables:
            yield from (cell for row in table.rows for cell in row if isinstance(cell, str))

    def checked(self) -> CheckedDocument:
        found = [*self._of_text(), *self._of_tables()]
        named = [one.place for one in found if one.place and not one.status.right]
        found += [*self._of_cells({place.paragraph for place in named}), *self._of_tasks(named)]
        found += self._of_frame({one.place.paragraph for one in found if one.place})
        found.sort(key=lambda one: (one.place.paragraph, one.place.start) if one.place else (0, 0))
        there = {one.anchor for one in found}
        there -= {*self._without_count()}
        found += (self._gone(a) for name, a in self.expected.anchors.items() if name not in there)
        return CheckedDocument(
            edition=self.expected.report.edition,
            title=self.expected.report.title,
            directive=self.expected.report.directive,
            unit=self.expected.report.unit,
            period=self.expected.report.period,
            boundaries=self.expected.report.boundaries,
            paragraphs=self.document.paragraphs,
            numbers=tuple(found),
            marked=sum(one.marked for one in found),
            inserted=self.document.inserted,
            deleted=self.document.deleted,
            hidden=self.document.hidden,
        )

    def _without_count(self) -> Iterator[str]:
        """The counts of units of which the document has only among how many they are: "trong 28"."""
        seen: set[str] = set()
        for one in (token for part in self.expected.parts for token in part.tokens):
            if one.anchor is None or one.anchor.name in seen or not one.number:
                continue
            seen.add(one.anchor.name)
            if isinstance(one.anchor.piece, UnitCount) and not one.bound:
                yield one.anchor.name

    def _titles(self) -> dict[int, str]:
        """What the row of each cell of the report's tables is called."""
        titles: dict[int, str] = {}
        rows: dict[tuple[int, int], list[str]] = {}
        for nth in sorted(self.tables.used):
            cell = self.document.paragraphs[nth].cell
            if cell is not None:
                rows.setdefault((cell.table, cell.row), []).append(
                    self.document.paragraphs[nth].text
                )
        for nth in self.tables.used:
            cell = self.document.paragraphs[nth].cell
            if cell is not None:
                titles[nth] = " ".join(rows[cell.table, cell.row])
        return titles

    # -- numbers in cells ----------------------------------------------------------------------------

    def _of_tables(self) -> Iterator[CheckedNumber]:
        for nth in sorted(self.tables.used):
            for said in grouped(self.tokens[nth]):
                if (one := self.judge.judge(said, ())) is not None:
                    yield one

    def _of_cells(self, named: Set[int]) -> Iterator[CheckedNumber]:
        """The cells of words that say another thing; `named`: the paragraphs that are named already."""
        for cell in self.tables.words:
            texts = [self.document.paragraphs[nth].text for nth in cell.paragraphs]
            if named & {*cell.paragraphs} or not self._another(" ".join(texts), cell):
                continue
            place = self.judge.place(cell.paragraphs[0], 0, len(texts[0]))
            yield self._other_words(" ".join(texts).strip(), cell.due, place)

    def _another(self, said: str, cell: WordCell) -> bool:
        return says_another(said, cell, self.known, self.forms, self.contrasts)

    def _of_frame(self, named: Set[int]) -> Iterator[CheckedNumber]:
        """The lines around the text (letterhead, address, signature) that say another thing."""
        for nth, due in other_lines(self.document, self.expected.report, self.forms):
            text = self.document.paragraphs[nth].text
            if nth not in named:
                yield self._other_words(text.strip(), due, self.judge.place(nth, 0, len(text)))

    def _other_words(self, text: str, known: str, place: DocumentPlace) -> CheckedNumber:
        why = Why(OTHER_WORDS, {"written": known})
        status = NumberStatus.CHANGED
        return CheckedNumber(text=text, status=status, written=known, why=why, place=place)

    # -- numbers in sentences, and what is said of them ------------------------------------------------

    def _of_text(self) -> Iterator[CheckedNumber]:
        lists = self._lists()
        for match in self.matches:
            due = match.due
            numbers = [
                one for said in grouped(match.said.tokens) if (one := self.judge.judge(said, due))
            ]
            listed = lists.get(id(match.said), [])
            yield from self._with_contradictions(match, numbers, listed)
            yield from (self._list(match.said, one) for one in listed)

    def _with_contradictions(
        self, match: MatchedPart, numbers: list[CheckedNumber], listed: Sequence[CheckedList]
    ) -> Iterator[CheckedNumber]:
        """The numbers, and each contradiction of the words at the number of which it speaks."""
        at: dict[tuple[int, int], Why] = {}
        for token, why in turned_numbers(match.said.tokens):
            at[token.paragraph, token.token.start] = why
        for one in numbers:
            turned = at.get((one.place.paragraph, one.place.start)) if one.place else None
            yield one if turned is None else _contradicting(one, turned)
        remarks = [*self._remarks(match)]
        denied = [one.said for one in remarks if one.kind in (RemarkKind.DENIED, RemarkKind.TARGET)]
        if at and any(remark.kind is RemarkKind.TURNED for remark in remarks):
            remarks = [one for one in remarks if one.kind is not RemarkKind.TURNED]
        for remark in remarks:
            why = Why(remark.template, {"said": remark.said, "known": remark.known})
            yield self._words(match.said, remark.said, why)
        if not any(one.status is NumberStatus.CONTRADICTS for one in listed):
            yield from self._replaced(match)
        if match.like >= STRONG:
            yield from self._other_claims(match, denied)

    def _other_claims(self, match: MatchedPart, denied: Sequence[str]) -> Iterator[CheckedNumber]:
        """Names, words and times in the place of others; each place once. `denied`: what is named already."""
        named = [(one, one, known) for one, known in names_in_place(match.said.tokens, match.due)]
        yield from (self._name(one, known) for one, _last, known in named)
        taken = {one.token.start for one, _last, _known in named}
        found = chain(words_in_place(match, self.nouns), claims_in_place(match, self.contrasts))
        for one in found:
            start, end = one.first.token.start, one.last.token.end
            if any(start <= at < end for at in taken):
                continue
            taken |= {token.token.start for token in match.said.tokens} & {*range(start, end)}
            words = self._in_place(one)
            if not (one.denied and any(shares_words(words.text, said) for said in denied)):
                yield words

    def _of_tasks(self, named: Sequence[DocumentPlace]) -> Iterator[CheckedNumber]:
        """Lines of tasks that say another state, or another day, than that of their task."""
        for said, due in told_otherwise(self.matches, self.expected.parts):
            start, end = said.start, said.start + len(said.text)
            if any(one.paragraph == said.paragraph and start <= one.start < end for one in named):
                continue
            place = self.judge.place(said.paragraph, start, end)
            yield self._other_words(said.text.strip(), due.text.strip(), place)

    def _name(self, one: DocToken, known: str) -> CheckedNumber:
        place = self.judge.place(one.paragraph, one.token.start, one.token.end)
        return self._other_words(one.token.text, known, place)

    def _in_place(self, found: OtherWords) -> CheckedNumber:
        paragraph = found.first.paragraph
        start, end = found.first.token.start, found.last.token.end
        place, text = (
            self.judge.place(paragraph, start, end),
            self.document.paragraphs[paragraph].text[start:end],
        )
        if not found.denied:
            return self._other_words(text, found.known, place)
        why, status = Why(NOT_SO, {"said": text, "known": found.known}), NumberStatus.CONTRADICTS
        return CheckedNumber(text=text, status=status, why=why, place=place)

    def _remarks(self, match: MatchedPart) -> Iterator[Remark]:
        """What the words of the part say against the figures of the parts of the report that it tells."""
        due = [part for part in match.due if not part.fixed]
        if not due or (match.like < STRONG and not _tied(match)):
            return
        rule: tuple[Piece, ...] = tuple(piece for part in due for piece in part.sentence)
        tied = {one.anchor.address for part in due for one in part.tokens if one.anchor}
        claims = [claim for part in due for claim in part.claims if _speaks_of(part, claim)]
        unlike = _folded(match.said.text) not in _folded(" ".join(part.text for part in due))
        if unlike:
            seen = set()
            for given in (claims, ()) if not _changes(claims) else (claims,):
                for remark in check_wording(match.said.text, rule, tuple(given), tied):
                    if remark.kind is not RemarkKind.LOST and remark.kind not in seen:
                        seen.add(remark.kind)
                        yield remark

    def _words(self, part: DocPart, said: str, why: Why) -> CheckedNumber:
        """A contradiction of words: its place is that of the words, or of the whole part."""
        at = _folded(part.text).find(said.casefold())
        start, end = (at, at + len(said)) if at >= 0 else (0, len(part.text))
        place = self.judge.place(part.paragraph, part.start + start, part.start + end)
        return CheckedNumber(text=said, status=NumberStatus.CONTRADICTS, why=why, place=place)

    # -- lists of units, and units by name -------------------------------------------------------------

    def _lists(self) -> dict[int, list[CheckedList]]:
        """The lists by the part of the document that has most of them."""
        best: dict[str, tuple[int, CheckedList]] = {}
        for match in self.matches:
            for one in check_lists(match.said, match.due, self.known):
                old = best.get(one.anchor.name)
                if old is None or one.end - one.start > old[1].end - old[1].start:
                    best[one.anchor.name] = (id(match.said), one)
        found: dict[int, list[CheckedList]] = {}
        for part, one in best.values():
            found.setdefault(part, []).append(one)
        return found

    def _list(self, part: DocPart, one: CheckedList) -> CheckedNumber:
        now = self.present.text(one.anchor, self._nth_list(one.anchor))
        status, why = one.status, one.why
        if status is NumberStatus.SAME and now is not None and now != written_of(one.anchor):
            status, why = NumberStatus.MOVED, Why(HAS_MOVED, {"now": now})
        return CheckedNumber(
            text=part.text[one.start : one.end],
            status=status,
            figure=one.anchor.address,
            written=written_of(one.anchor),
            now=now,
            why=why,
            place=self.judge.place(part.paragraph, part.start + one.start, part.start + one.end),
            anchor=one.anchor.name,
            marked=any(token.anchor == one.anchor.name for token in part.tokens),
        )

    def _nth_list(self, anchor: Anchor) -> int:
        lists = [
            one.name
            for one in self.expected.anchors.values()
            if one.block == anchor.block and isinstance(one.piece, UnitNames)
        ]
        return lists.index(anchor.name)

    def _replaced(self, match: MatchedPart) -> Iterator[CheckedNumber]:
        if match.like < STRONG:
            return
        found = replaced_name(match.said, match.due, self.known)
        if found is not None:
            place, known = found
            yield self._words(
                match.said, place.name, Why(PUT_IN, {"said": place.name, "known": known})
            )

    def _gone(self, anchor: Anchor) -> CheckedNumber:
        part = next(
            (
                part
                for part in self.expected.parts
                if any(one.anchor is anchor for one in (*part.tokens,)) or anchor in part.lists
            ),
            None,
        )
        titles = {one.anchor.name: title for one, title, _c in self.tables.due if one.anchor}
        return CheckedNumber(
            text="",
            status=NumberStatus.GONE,
            figure=anchor.address,
            written=written_of(anchor),
            now=self.present.text(anchor),
            why=Why(IS_GONE),
            anchor=anchor.name,
            sentence=part.text.strip() if part else titles.get(anchor.name, ""),
        )


def _contradicting(one: CheckedNumber, why: Why) -> CheckedNumber:
    return replace(one, status=NumberStatus.CONTRADICTS, why=why)


def _tied(match: MatchedPart) -> bool:
    return match.like >= ALIKE and any(
        one.bound is not None and one.bound.anchor is not None and not one.again
        for one in match.said.tokens
    )


def _changes(claims: Sequence[Claim]) -> bool:
    return any(claim.relation in CHANGES for claim in claims)


def _speaks_of(part: ExpectedPart, claim: Claim) -> bool:
    """Whether a figure of the claim, or a unit that it counts, stands in the part."""
    texts = {one.token.text for one in part.tokens}
    if claim.values:
        return any(figure_text(value) in texts for value in claim.values)
    if claim.relation in NONE:
        return any((word,) in NOT for word in part.words)
    counts = (piece for piece in part.sentence if isinstance(piece, UnitCount))
    return any({*piece.units} == {*claim.units} for piece in counts)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
