"""The office's draft of a review: its own words, order and blocks, and the details of the paper.

`draft` has the values, `reading` reads them and their history, `steps` writes them; `own_words` ties words
of the office's own blocks to figures, `figure_claims` says what they claim; `making` makes each block as it
is printed, `placing` puts them in order, `joining` makes one paragraph of two, `note_signs` counts the
notes again; `applying` is all of it, `draft_remarks` what the office should know; `choosing_figures` finds
figures to put into words, `narratives` what units wrote, and `causes` under which heading a cause stands.
"""

from nqcore.analysis.report.drafting.applying import (
    DraftedReport,
    LostBlock,
    drafted_report,
)
from nqcore.analysis.report.drafting.draft import (
    BlockDraft,
    Joining,
    OwnKind,
    PaperDetails,
    ReviewDraft,
)
from nqcore.analysis.report.drafting.making import DraftedBlock
from nqcore.analysis.report.drafting.reading import DraftStep, draft_history, read_draft

__all__ = [
    "BlockDraft",
    "DraftStep",
    "DraftedBlock",
    "DraftedReport",
    "Joining",
    "LostBlock",
    "OwnKind",
    "PaperDetails",
    "ReviewDraft",
    "draft_history",
    "drafted_report",
    "read_draft",
]
