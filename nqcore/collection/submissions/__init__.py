"""Submissions: the chain of revisions of one report, its states and steps."""
