"""Freezing a review (*chốt số liệu*), computing it again, and saying what changed since and why.

A `basis` is everything that a review is computed from; `freezing` writes an edition of it, with its
`stored_definitions`; `recomputing` does it again from the journal's position. `difference` says what
changed between two bases in their `texts`; the `causes` are the links of a chain of whole bases, so the
parts of a change add up to it.
"""
