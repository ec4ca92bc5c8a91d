"""*Trợ giúp* for each role on one sheet: what it does, step by step, each step with a picture of its page.

The pictures of a guide stand under each other in one file, so that a page of help is one request more.
`python -m tests.webforms.guide_pictures` makes them anew from the demo.
"""

from __future__ import annotations

from typing import NamedTuple

from nqcore.errors import N_

PICTURE = (800, 270)
"""Width and height of the picture of one step, in pixels."""


class Guide(NamedTuple):
    """The guide of a role: its place in the address, its title, its steps. What a step quotes in “…” stands
    on the page of its picture."""

    slug: str
    title: str
    steps: tuple[str, ...]

    @property
    def pictures(self) -> str:
        """The file of its pictures."""
        return f"tro-giup-{self.slug}.webp"


GUIDES = (
    Guide(
        "nhap",
        N_("Filling in a report"),
        (
            N_("Under “My work” press the report that is owed."),
            N_(
                "Type the figures as on paper; Enter goes to the next box. What the unit reported last "
                "time stands beside it. Write 0 where there was none; leave empty what is not known yet."
            ),
            N_("When all is typed, press “Check and send” at the foot of the page."),
            N_(
                "Read through what is marked, then press “Send the report”: the receipt comes at once."
            ),
            N_(
                "A report that was returned stands first under “My work”, with the remark at its figure: "
                "correct the figure or answer the remark in words, and send it again."
            ),
        ),
    ),
    Guide(
        "duyet",
        N_("Reviewing reports and writing the review"),
        (
            N_("Under “To review” open a report; the one that was sent first comes first."),
            N_(
                "What is out of the ordinary stands at the top. Accept the report, or write a remark at a "
                "figure and return it."
            ),
            N_("“Still owed” has the debts of all periods, with a letter for each unit to copy."),
            N_("Under “Shortcomings and their evidence” choose what comes into the review."),
            N_(
                "“Write the review” has the text as it will be printed; each number leads to its figures."
            ),
        ),
    ),
    Guide(
        "theo-doi",
        N_("Looking on as a leader"),
        (
            N_(
                "The first page says who has sent, which targets are reached and what has turned better or "
                "worse."
            ),
            N_(
                "“Figures” has every indicator by years or quarters; a press on a figure says where it "
                "comes from."
            ),
            N_("“Reviews” has the review of each period, to read or to take as a file."),
        ),
    ),
    Guide(
        "quan-tri",
        N_("Administering the office"),
        (
            N_("“First steps” leads from the letterhead to the first report."),
            N_("“Accounts” adds people, prints sign-in slips, locks an account."),
            N_(
                "“Periods and deadlines” moves a deadline for all or for some, and closes a period."
            ),
            N_(
                "“Units” merges, divides, renames: a preview says what changes before anything does."
            ),
            N_("“System” makes a backup: keep it on another machine."),
        ),
    ),
    Guide(
        "kiem-tra",
        N_("Checking as an inspector"),
        (
            N_("“Who did what” says who did what, when and to which report; it goes out to Excel."),
            N_("A figure says from which reports it comes, who sent them and who accepted them."),
            N_(
                "A report has all its versions: what was changed in which, and why it was returned."
            ),
        ),
    ),
)
"""In the order of the page."""
