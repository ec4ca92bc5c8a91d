"""The tables of the store: every name under which a workspace keeps documents.

The names are written in the journal (store/FORMAT.md), so they never change.
"""

from __future__ import annotations

SUBMISSIONS = "submissions"
"""By submission: its newest revision's number and state."""
REVISIONS = "revisions"
"""By submission and number ("…#3"): what was entered, by whom, when."""
EVIDENCE = "evidence"
"""The files that were attached to reports."""
EXTENSIONS = "extensions"
"""Later deadlines of single reports."""
PERIOD_LOCKS = "period-locks"
"""Periods of forms that are closed for entry."""
LEADER_STEPS = "leader-step"
"""Units whose reports go through their own leader."""
TASK_NOTES = "task-notes"
"""Notes on the progress of tasks that are no part of a report."""
DECISIONS = "decisions"
"""Which findings go into which review, and their reworded text."""
EDITIONS, EDITION_REPORTS = "editions", "edition-reports"
"""By id: the frozen reviews, and the text of each. Neither is ever changed."""
EDITION_DEFINITIONS = "edition-definitions"
"""By digest: the definitions and trees of units that frozen reviews were made from."""
REVIEW_DRAFTS = "review-drafts"
"""By review and block: what the office did to the text of a review, its order, the details of the paper."""
ACCOUNTS, LINKS = "accounts", "links"
"""People who may sign in, and digests of their one-time links."""
UNITS, CHANGES, HANDOVERS = "units", "changes", "handovers"
"""The office's own units, changes of units, and which unit inherits the duties of one that ended."""
DAYS_OFF = "days_off"
"""The office's own days off, and days worked instead."""
BACKUPS = "backups"
"""Backups that were finished: one document each."""
PLACES = "places"
"""The folders that became a new place of the office: restored, copied, or put back to an earlier state."""
SETTINGS = "settings"
"""By file: the digests of the office's settings, as they were when a change of them was noticed."""

DEFINING = frozenset({UNITS, CHANGES, HANDOVERS, DAYS_OFF})
"""The tables that hold definitions: when one of them changes, a new context begins."""
