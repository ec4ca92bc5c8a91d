"""Pages that show results: the board, figures, findings, reviews, directives, tasks."""
