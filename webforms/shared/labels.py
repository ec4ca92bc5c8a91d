"""The tables of words: states, steps, roles, kinds, links. English here, Vietnamese in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nqcore.analysis.report.decisions import Selection
from nqcore.collection.accounts.access import Role
from nqcore.collection.archive.audit_query import AuditKind
from nqcore.errors import N_, NP_
from nqcore.model.choice_words import AIM_LABELS, LINK_LABELS
from nqcore.model.kind_words import KIND_LABELS, SECTOR_LABELS
from nqcore.model.periods import PeriodKind
from nqcore.model.report_status import ReportStatus
from nqcore.model.submissions import Step, SubmissionState
from nqcore.model.targets import STATUS_LABELS, TARGET_STATE_LABELS

STATES: Mapping[SubmissionState | None, tuple[str, str]] = MappingProxyType(
    {
        None: ("tt-chua", N_("Not started")),
        SubmissionState.DRAFT: ("tt-nhap", N_("Draft")),
        SubmissionState.PRESENTED: ("tt-nhap", N_("Waits for the leader")),
        SubmissionState.WITHDRAWN: ("tt-nhap", N_("Taken back")),
        SubmissionState.SENT: ("tt-gui", N_("Sent")),
        SubmissionState.RETURNED: ("tt-tra", N_("Returned")),
        SubmissionState.ACCEPTED: ("tt-duyet", N_("Accepted")),
        SubmissionState.REOPENED: ("tt-tra", N_("Reopened")),
        SubmissionState.EXCLUDED: ("tt-mien", N_("Not counted")),
    }
)
"""The class and the words of each state."""

CELLS: Mapping[ReportStatus, tuple[str, str, str]] = MappingProxyType(
    {
        # class, the short word of a board's cell, the long words
        ReportStatus.ACCEPTED: ("tt-duyet", NP_("cell", "Accepted"), N_("accepted")),
        ReportStatus.SENT: ("tt-gui", NP_("cell", "Sent"), N_("sent, waits for review")),
        ReportStatus.RETURNED: ("tt-tra", NP_("cell", "Returned"), N_("returned, to be corrected")),
        ReportStatus.DRAFT: ("tt-nhap", NP_("cell", "Draft"), N_("being filled in")),
        ReportStatus.EMPTY: ("tt-chua", NP_("cell", "None"), N_("not started")),
        ReportStatus.OVERDUE: ("tt-tre", NP_("cell", "Late"), N_("overdue, not sent")),
        ReportStatus.EXCLUDED: ("tt-mien", NP_("cell", "Excluded"), N_("sent, not counted")),
        ReportStatus.UNDECIDED: (
            "tt-tra",
            NP_("cell", "Undecided"),
            N_("not decided who answers for it"),
        ),
        ReportStatus.CLOSED: (
            "tt-mien",
            NP_("cell", "Closed"),
            N_("not sent, the period is closed, no longer received"),
        ),
        ReportStatus.ENDED: ("tt-mien", NP_("cell", "Ended"), N_("not sent, ended with the unit")),
        ReportStatus.NOT_BROUGHT_IN: (
            "tt-mien",
            NP_("cell", "No old figures"),
            N_("before the office began to collect, not brought in; not late"),
        ),
        ReportStatus.NOT_FOUNDED: (
            "tt-mien",
            NP_("cell", "Not founded"),
            N_("the unit did not exist yet"),
        ),
        ReportStatus.GONE: ("tt-mien", NP_("cell", "Gone"), N_("the unit had ended")),
        ReportStatus.EXEMPT: ("tt-mien", NP_("cell", "Exempt"), N_("nothing owed")),
    }
)

STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.SAVE: N_("Saved the draft"),
        Step.PRESENT: N_("Submitted it to the leader"),
        Step.HAND_BACK: N_("The leader handed it back"),
        Step.SEND: N_("Sent the report"),
        Step.WITHDRAW: N_("Took it back"),
        Step.RETURN: N_("Returned it for correction"),
        Step.ACCEPT: N_("Accepted it"),
        Step.UNDO: N_("Took the acceptance back"),
        Step.REOPEN: N_("Reopened it"),
        Step.EXCLUDE: N_("Left it out of the totals"),
    }
)

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.ENTER: N_("Enters figures"),
        Role.LEAD: N_("Leads the unit"),
        Role.APPROVE: N_("Reviews reports"),
        Role.WATCH: N_("Follows the work"),
        Role.WRITE: N_("Writes the review"),
        Role.ADMIN: N_("Administers"),
        Role.INSPECT: N_("Inspects"),
    }
)

CHOICES: Mapping[Selection, tuple[str, str]] = MappingProxyType(
    {
        Selection.CHOSEN: ("tt-duyet", N_("Chosen")),
        Selection.WAITING: ("tt-chua", N_("To be looked at")),
        Selection.DISMISSED: ("tt-mien", N_("Passed over")),
    }
)
"""The class and the words of what was decided on a finding."""

DOINGS: Mapping[str, str] = MappingProxyType(
    {
        **{step.value: words for step, words in STEPS.items()},
        Selection.CHOSEN.value: N_("Put a finding into the review"),
        Selection.WAITING.value: N_("Left a finding to be looked at"),
        Selection.DISMISSED.value: N_("Passed over a finding"),
        "freeze": N_("Froze a review"),
        "draft-review": N_("Changed the text of a review"),
        "save-outline": N_("Saved an outline of reports"),
        "remove-outline": N_("Removed an outline of reports"),
        "note-task": N_("Said how far a task is"),
        "remind": N_("Recorded that units were reminded"),
        "import": N_("Imported figures"),
        "keep-mapping": N_("Kept a way of reading tables"),
        "drop-mapping": N_("Removed a way of reading tables"),
        "extend": N_("Gave more time"),
        "backup": N_("Made a backup"),
        "new-place": N_("Began to serve a restored or copied folder"),
        "settings": N_("Changed the office's settings"),
        "attach": N_("Attached an evidence file"),
        "remove-evidence": N_("Took an evidence file off"),
        "purge-evidence": N_("Freed removed evidence files"),
        "add-account": N_("Added accounts"),
        "assign-account": N_("Changed the rights of an account"),
        "lock-account": N_("Locked an account"),
        "unlock-account": N_("Unlocked an account"),
        "set-password": N_("Set a password"),
        "renew-hash": N_("Signed in; the password is now stored in today's way"),
        "make-link": N_("Made a one-time sign-in link"),
        "withdraw-link": N_("Withdrew a sign-in link"),
        "end-sessions": N_("Signed an account out everywhere"),
        "set-second-factor": N_("Switched the second step on"),
        "reset-second-factor": N_("Took the second step off an account"),
        "use-link": N_("Signed in with a one-time link"),
        "add-units": N_("Added units"),
        "change-units": N_("Changed units"),
        "undo-change": N_("Took a change of units back"),
        "hand-over": N_("Decided who inherits a duty"),
        "change-content": N_("Changed what is asked or set"),
        "undo-content": N_("Took a change of content back"),
        "set-day-off": N_("Entered a day off"),
        "set-start": N_("Entered the day from which the office collects"),
        "drop-day-off": N_("Took a day off back"),
        "move-deadline": N_("Moved the deadline of everybody"),
        "reset-deadline": N_("Took a moved deadline back"),
        "lock-period": N_("Closed a period for entry"),
        "unlock-period": N_("Opened a period for entry again"),
        "leader-step-on": N_("Had the unit's reports go through its leader"),
        "leader-step-off": N_("Had the unit's reports no longer go through its leader"),
        "epoch": N_("Began a new seal of the journal"),
    }
)
"""The action words of the journal's records."""

AUDIT_KINDS: Mapping[AuditKind, str] = MappingProxyType(
    {
        AuditKind.REPORTS: N_("Reports: sent, approved, returned …"),
        AuditKind.DRAFTS: N_("Drafts of reports"),
        AuditKind.REVIEWS: N_("Reviews and findings"),
        AuditKind.PEOPLE: N_("People and sign-in"),
        AuditKind.UNITS: N_("Changes of units"),
        AuditKind.CONTENT: N_("What is asked and set"),
        AuditKind.DEADLINES: N_("Periods and deadlines"),
        AuditKind.OFFICE: N_("Settings, backups and others"),
    }
)
"""The kinds of deeds that one looks for in the log."""

KINDS = KIND_LABELS

SECTORS = SECTOR_LABELS

LINKS = LINK_LABELS

STATUSES = STATUS_LABELS

TARGET_STATES = TARGET_STATE_LABELS

AIMS = AIM_LABELS

PERIOD_KINDS: Mapping[PeriodKind, str] = MappingProxyType(
    {
        PeriodKind.MONTH: N_("Months"),
        PeriodKind.QUARTER: N_("Quarters"),
        PeriodKind.HALF: N_("Half-years"),
        PeriodKind.NINE_MONTHS: N_("Nine months"),
        PeriodKind.YEAR: N_("Years"),
        PeriodKind.SPAN: N_("Several years"),
    }
)
"""Over the groups of a choice of periods."""
