"""From accepted figures to the review: totals with coverage, findings, provenance, the report. Which of them
uses an indicator, and how many boxes it costs, `indicator_uses` says; `overview` is all of it for those who
only look."""
