"""Collecting reports: who owes what, who may do what, entering, approving, keeping."""
