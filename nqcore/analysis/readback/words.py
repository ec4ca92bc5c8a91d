"""What a check says, in words for the office: the same on the page and by the command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nqcore.analysis.readback.checked import CheckedDocument, CheckedNumber, NumberStatus
from nqcore.errors import N_, Translate
from nqcore.model.figures import read_boundaries
from nqcore.text.dates import write_date

STATUS: Mapping[NumberStatus, str] = {
    NumberStatus.SAME: N_("right"),
    NumberStatus.COMPUTED: N_("computed of figures"),
    NumberStatus.ROUNDED: N_("rounded"),
    NumberStatus.MOVED: N_("has changed since"),
    NumberStatus.CHANGED: N_("changed in the document"),
    NumberStatus.TYPED: N_("typed without a source"),
    NumberStatus.CONTRADICTS: N_("contradicts the figures"),
    NumberStatus.GONE: N_("no longer in the document"),
}
"""What each status is called."""

PARTS: Mapping[str, str] = {
    "text": N_("text"),
    "table": N_("table"),
    "note": N_("footnote"),
    "box": N_("text box"),
}
"""What each part of a document is called."""

OF_DRAFT = N_("Compared with the review of today: {title}")
OF_DAY = N_("Compared with the review as of {day}: {title}")
WITHIN = N_("Its figures are for the units as they were on {day}.")
ASSUMED = N_(
    "The file does not say for which day and which units its figures are: what was accepted until today, and "
    "the units as they reported, were assumed."
)
OF_EDITION = N_("Compared with the frozen review {edition}: {title}")
BY_MARKS = N_("{count} numbers were found by their bookmarks, the others by the text.")
BY_TEXT = N_(
    "The document has no bookmark of this review: all numbers were found by the text alone."
)
TRACKED = N_("It has {count} tracked changes; they were read as accepted.")
HIDDEN = N_("It has {count} pieces of hidden text; they were not read.")
PLACE = N_("{part}, at “{begins}”")
WAS_AT = N_("was in “{sentence}”")


def notes_of(checked: CheckedDocument, translate: Translate = str) -> Iterator[str]:
    """What was compared, and how the document was read."""
    template = OF_EDITION if checked.edition else OF_DAY if checked.as_of else OF_DRAFT
    day = write_date(checked.as_of) if checked.as_of else ""
    yield translate(template).format(edition=checked.edition, title=checked.title, day=day)
    if (within := read_boundaries(checked.boundaries)) is not None:
        yield translate(WITHIN).format(day=write_date(within))
    if checked.assumed:
        yield translate(ASSUMED)
    if any(one.anchor for one in checked.numbers):  # a report without figures has no bookmarks
        yield translate(BY_MARKS if checked.marked else BY_TEXT).format(count=checked.marked)
    if changes := checked.inserted + checked.deleted:
        yield translate(TRACKED).format(count=changes)
    if checked.hidden:
        yield translate(HIDDEN).format(count=checked.hidden)


def counts_of(checked: CheckedDocument, translate: Translate = str) -> Iterator[tuple[str, int]]:
    """How many numbers have each status, those that there are."""
    for status, words in STATUS.items():
        if count := checked.counted(status):
            yield translate(words), count


def status_words(one: CheckedNumber, translate: Translate = str) -> str:
    """What its status is called."""
    return translate(STATUS[one.status])


def place_words(one: CheckedNumber, translate: Translate = str) -> str:
    """Where the number stands, or stood."""
    if one.place is None:
        return translate(WAS_AT).format(sentence=one.sentence) if one.sentence else ""
    part = translate(PARTS[one.place.part])
    return translate(PLACE).format(part=part, begins=one.place.begins)


def why_words(one: CheckedNumber, translate: Translate = str) -> str:
    """What is wrong, with what the figure is now where that is another thing."""
    words = one.why.message(translate) if one.why else ""
    if one.now is None or one.status is NumberStatus.MOVED or one.now == one.written:
        return words
    return f"{words}; {translate(N_('the figure is {now} now')).format(now=one.now)}"
