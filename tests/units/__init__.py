"""Units that change: events, boundaries, the real reorganisation of 2025."""
