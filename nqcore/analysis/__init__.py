"""From accepted figures to the review: totals with coverage, findings, provenance, the report."""
