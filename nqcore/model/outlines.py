"""Outlines (đề cương) of reports: which parts a report has, in which order, and what stands in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nqcore.errors import N_, Phrase, Words
from nqcore.model.periods import PeriodKind
from nqcore.text.folding import slug


class Content(StrEnum):
    """What a part of a report can take in."""

    OPENING = "opening"
    """Which documents were carried out, who reports, and up to which day."""
    DOCUMENTS = "documents"
    """The documents that units issued, as they entered them in their reports."""
    RESULTS = "results"
    SHORTCOMINGS = "shortcomings"
    TASKS_DONE = "tasks-done"
    """How far the tasks are that were given."""
    SOLUTIONS = "solutions"
    """The tasks that answer the shortcomings."""
    TABLE = "table"
    """The figures of forms, as a table within the text."""
    OWN = "own"
    """Words of the office; so are all that follow. The program writes none of them."""
    CAUSES = "causes"
    """Causes of every kind; the next four are one kind each."""
    OBJECTIVE_CAUSES = "objective-causes"
    SUBJECTIVE_CAUSES = "subjective-causes"
    CAUSES_OF_RESULTS = "causes-of-results"
    CAUSES_OF_SHORTCOMINGS = "causes-of-shortcomings"
    LESSONS = "lessons"
    PROPOSALS = "proposals"


CONTENT_WORDS: Mapping[Content, str] = MappingProxyType(
    {
        Content.OPENING: N_("the opening: documents, time, who reports"),
        Content.DOCUMENTS: N_("documents issued"),
        Content.RESULTS: N_("results"),
        Content.SHORTCOMINGS: N_("shortcomings"),
        Content.TASKS_DONE: N_("how far the tasks are"),
        Content.SOLUTIONS: N_("tasks and solutions"),
        Content.TABLE: N_("a table of figures"),
        Content.OWN: N_("words of the office"),
        Content.CAUSES: N_("causes (words of the office)"),
        Content.OBJECTIVE_CAUSES: N_("causes outside (words of the office)"),
        Content.SUBJECTIVE_CAUSES: N_("causes of one's own (words of the office)"),
        Content.CAUSES_OF_RESULTS: N_("causes of the results (words of the office)"),
        Content.CAUSES_OF_SHORTCOMINGS: N_("causes of the shortcomings (words of the office)"),
        Content.LESSONS: N_("lessons (words of the office)"),
        Content.PROPOSALS: N_("proposals (words of the office)"),
    }
)
"""The contents for a reader."""
_KEYS: Mapping[Content, Words] = {each: each.value for each in Content}
"""The contents as a file names them."""

OF_FINDINGS = frozenset({Content.RESULTS, Content.SHORTCOMINGS})
"""Contents that are findings."""
OF_CAUSES = frozenset(
    {
        *(Content.CAUSES, Content.OBJECTIVE_CAUSES, Content.SUBJECTIVE_CAUSES),
        *(Content.CAUSES_OF_RESULTS, Content.CAUSES_OF_SHORTCOMINGS),
    }
)
"""Contents that are causes."""
OF_THE_OFFICE = OF_CAUSES | {Content.OWN, Content.LESSONS, Content.PROPOSALS}
"""Contents that only the office writes."""
LEAD_NAMES = ("time", "directive", "who", "some", "meeting")
"""What a lead may have in braces: "Qua 10 năm", "Nghị quyết", who carried it out, "một số", and "Tại Hội
nghị Ban Thường vụ Huyện ủy" where such a body signs (it decides in meetings), else the name of the issuer."""
WITH_LEADS = OF_FINDINGS | {Content.SOLUTIONS}
"""Contents to which a sentence leads."""
_KEY_SYLLABLES = 6
DEEPEST = 3
"""The level of a heading "a)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A sentence that leads to findings or solutions, with names of `LEAD_NAMES` in braces. It stands only
    where each rule of `carried_by` has a finding that the report prints as a result, of at least half of the
    units where it counts units: their figures carry its words."""

    text: str
    carried_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What a part takes in. `rules` and `rows`: only the findings of these rules, or of rules in these rows;
    without both all that no other part of the outline names. `leads`: the first that the figures carry
    stands before the findings; without one the words of the program. `forms`: those whose tables stand in the
    text."""

    what: Content
    rules: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def is_rest(self) -> bool:
        """Whether it takes all findings that no other part names."""
        return self.what in OF_FINDINGS and not self.rules and not self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinePart:
    """A part of a report. `level` is that of its heading: 0 "Phần thứ nhất", 1 "I-", 2 "1.", 3 "a)"; "" is
    no heading. `offers`: the keys of narrative fields whose words lie beside it for the office; they are
    never printed by themselves. `hint` says to the office what belongs here. The words of the office may
    stand in every part; a part without any content is not printed.

    >>> OutlinePart(key="ket-qua", heading="Kết quả", takes=(Take(what=Content.RESULTS),)).is_own
    False
    """

    key: str
    heading: str = ""
    level: int = 1
    takes: tuple[Take, ...] = ()
    offers: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_own(self) -> bool:
        """Whether only the office can fill it."""
        return bool(self.takes) and all(take.what in OF_THE_OFFICE for take in self.takes)

    def lead_name(self, take: Take) -> str:
        """The name of the block that leads to what `take` takes in: "lead:ket-qua"; it stays the same
        whatever the other contents of the part print."""
        first = next((one for one in self.takes if one.what not in OF_THE_OFFICE), None)
        return f"lead:{self.key}" if first == take else f"lead:{self.key}.{take.what}"


class AnnexKind(StrEnum):
    """The tables that an annex may have, each kind in the place in which the outline names it."""

    FIGURES = "figures"
    """One table for each form, by periods."""
    BY_UNIT = "by-unit"
    """The figures of each unit."""
    DOCUMENTS = "documents"
    """The documents that units issued."""
    TASKS = "tasks"
    """The tasks with owner, deadline and state."""
    UNITS = "units"
    """All units of the lists that a sentence names in part only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline `id` of reports: its parts in the order of the document, and the tables of its annex.

    `default_for` are the directives (id or number) whose reports have it where the office asks for no other;
    with `periods` only the reports over such periods (a quarter, a year …).
    """

    id: str
    title: str
    parts: tuple[OutlinePart, ...]
    annexes: tuple[AnnexKind, ...] = tuple(AnnexKind)
    default_for: tuple[str, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    basis: str = ""

    def part(self, key: str) -> OutlinePart | None:
        """The part of that key."""
        return next((part for part in self.parts if part.key == key), None)

    @property
    def takes(self) -> Iterator[tuple[OutlinePart, Take]]:
        """Every content with its part, in order."""
        for part in self.parts:
            for take in part.takes:
                yield part, take

    def mistakes(self, names: Mapping[Content, Words] = _KEYS) -> Iterator[OutlineMistake]:
        """What cannot be printed as it stands, part by part. `names`: what the contents are called."""
        yield from _keys_and_levels(self.parts)
        yield from _contents(self.parts, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineMistake:
    """A mistake at `key` of the part with that number (from 0), or of its content `take`."""

    part: int
    key: str
    detail: Words
    remedy: Words
    take: int | None = None


def _keys_and_levels(parts: Iterable[OutlinePart]) -> Iterator[OutlineMistake]:
    seen: set[str] = set()
    open_level = 0
    for nth, part in enumerate(parts):
        if part.key in seen:
            yield OutlineMistake(
                part=nth,
                key="key",
                detail=Phrase(N_("“{key}” stands twice"), {"key": part.key}),
                remedy=Phrase(N_("give another key")),
            )
        seen.add(part.key)
        if not part.heading and not part.takes:
            yield OutlineMistake(
                part=nth,
                key="heading",
                detail=Phrase(N_("is empty")),
                remedy=Phrase(N_("give a heading or what it takes")),
            )
        if not part.heading:
            continue
        if part.level > max(open_level, 0) + 1:
            yield OutlineMistake(
                part=nth,
                key="level",
                detail=Phrase(
                    N_("is {level} under a heading of level {above}"),
                    {"level": part.level, "above": open_level},
                ),
                remedy=Phrase(N_("give at most {level}"), {"level": open_level + 1}),
            )
        open_level = part.level


def _contents(
    parts: Iterable[OutlinePart], names: Mapping[Content, Words]
) -> Iterator[OutlineMistake]:
    """What is said twice, or has an option that it cannot have."""
    told: set[tuple[Content, str]] = set()
    for nth, part in enumerate(parts):
        for place, take in enumerate(part.takes):
            for key, detail, remedy in (*_options(take), *_twice(take, told, names)):
                yield OutlineMistake(part=nth, take=place, key=key, detail=detail, remedy=remedy)


def _options(take: Take) -> Iterator[tuple[str, Words, Words]]:
    for key, of in (("rules", OF_FINDINGS), ("rows", OF_FINDINGS), ("leads", WITH_LEADS)):
        if getattr(take, key) and take.what not in of:
            yield (
                key,
                Phrase(N_("says nothing of “{what}”"), {"what": take.what.value}),
                Phrase(N_("give it with {names}"), {"names": ", ".join(sorted(of))}),
            )
    if (take.what is Content.TABLE) != bool(take.forms):
        yield (
            "forms",
            Phrase(N_("belongs to “table”")),
            Phrase(N_("give the ids of forms there, and only there")),
        )
    for lead in take.leads:
        for name in unknown_names(lead.text):
            known = ", ".join(f"{{{one}}}" for one in LEAD_NAMES)
            yield (
                "leads",
                Phrase(N_("has the name “{name}”"), {"name": name}),
                Phrase(N_("use {names}"), {"names": known}),
            )


def unknown_names(text: str) -> tuple[str, ...]:
    """The names in braces in the text of a lead that do not exist; a lone brace is one of them.

    >>> unknown_names("{time} triển khai {x}")
    ('x',)
    """
    rest = text
    for name in LEAD_NAMES:
        rest = rest.replace(f"{{{name}}}", "")
    found = [piece.partition("}")[0] for piece in rest.split("{")[1:]]
    return tuple(found or ["}"] if "{" in rest or "}" in rest else ())


def _twice(
    take: Take, told: set[tuple[Content, str]], names: Mapping[Content, Words]
) -> Iterator[tuple[str, Words, Words]]:
    if take.what in OF_THE_OFFICE:
        return
    named = [("rules", one) for one in take.rules] + [("rows", one) for one in take.rows]
    named += [("forms", one) for one in take.forms]
    for key, one in named or [("what", "")]:
        if (take.what, f"{key} {one}") in told:
            words = (
                N_("“{one}” of “{what}” stands in two parts")
                if one
                else N_("“{what}” stands in two parts")
            )
            params = {"one": one, "what": names[take.what]}
            yield key, Phrase(words, params), Phrase(N_("leave it in one of them"))
        told.add((take.what, f"{key} {one}"))


def part_key(heading: str, taken: Collection[str]) -> str:
    """A key for a part with that heading, which none of `taken` is. The heading itself is kept whole.

    >>> part_key("Kết quả đạt được", {"ket-qua-dat-duoc"})
    'ket-qua-dat-duoc-2'
    """
    plain = "-".join(slug(heading).split("-")[:_KEY_SYLLABLES]) or "phan"
    key, nth = plain, 2
    while key in taken:
        key, nth = f"{plain}-{nth}", nth + 1
    return key
