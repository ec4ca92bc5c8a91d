"""What an office says of the paper itself: number, date, place, signature, to whom it goes."""

from __future__ import annotations

from dataclasses import replace

from nqcore.analysis.report.drafting.draft import PaperDetails
from nqcore.analysis.report.drafting.own_words import checked_text
from nqcore.errors import N_, InputError

LONGEST_LINE = 200
"""The most characters of one line of the paper."""
MOST_LINES = 30
"""The most lines of recipients."""


class TooManyRecipients(InputError):
    """There are more lines than fit on a paper."""

    code = "too-many-recipients"
    template = N_("There are {count} lines, at most {most}. Write several recipients in one line.")


def checked_details(paper: PaperDetails) -> PaperDetails:
    """The details in one spelling, empty lines left out. Raises TooManyRecipients and what `checked_text`
    raises."""
    return replace(
        paper,
        number=_line(paper.number),
        place=_line(paper.place),
        signer=_line(paper.signer),
        post=_line(paper.post),
        authority=_line(paper.authority),
        to=_lines(paper.to),
        recipients=_lines(paper.recipients),
        marks=_lines(paper.marks),
    )


def _line(text: str | None) -> str | None:
    return None if text is None else checked_text(text, LONGEST_LINE)


def _lines(lines: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if lines is None:
        return None
    found = tuple(line for each in lines if (line := checked_text(each, LONGEST_LINE)))
    if len(found) > MOST_LINES:
        raise TooManyRecipients(count=len(found), most=MOST_LINES)
    return found
