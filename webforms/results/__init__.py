"""Pages that show results: the board, figures, findings, reviews and their text, directives, tasks."""
