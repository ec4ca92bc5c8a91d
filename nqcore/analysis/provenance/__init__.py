"""Where a figure or a counted number comes from, walked back to reports, people and definitions."""
