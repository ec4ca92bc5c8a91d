"""Pages that show results: the board, figures, findings, reviews and how they are written, directives, tasks."""
