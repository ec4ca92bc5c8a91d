"""Collecting reports: who owes what, who may do what, entering, approving, keeping.

| file or folder | content |
|---|---|
| `settings` | the settings of a workspace (`workspace.toml`) and the days off of the office |
| `obligations` | which unit owes which form for which period, and by when |
| `context` | definitions, obligations and submissions that belong together at one moment |
| `own_outlines` | the outlines of reports that the office entered |
| `tables` | the names of all tables of the store |
| `accounts/` | roles and actions, passwords, sign-in links, the directory, the `Actor` of a change |
| `submissions/` | the revisions of one report, its states and steps, deadlines, locks, attachments |
| `validation/` | reading what was typed, and the rules that a figure must satisfy |
| `entry/` | the sheet of a report, autofill, merge of two drafts, corrections, history, Word and Excel |
| `monitoring/` | board, worklist, approval queue, timetable, progress of tasks |
| `reorganisation/` | units that change: the request, its impact, open duties, lineage |
| `archive/` | audit trail, integrity, backups |
"""
