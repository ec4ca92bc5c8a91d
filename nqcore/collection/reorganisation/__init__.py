"""Units that change: mergers, splits, renames and moves, and what becomes of their duties."""
