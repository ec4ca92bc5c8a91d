"""Editions (*bản chốt*): reviews that are frozen with all that shaped them, shown as they were stored.

`edition` is the value, `register` reads editions from the store. A `basis` is everything that a review is
computed from; `freezing` writes an edition of it, with its `stored_definitions`; `recomputing` does it
again. `difference` says what changed between two of them in their `texts`, and the `causes` why.
`following` tells the next review what the last one said.
"""
