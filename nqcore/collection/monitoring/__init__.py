"""Looking on: who has sent, what waits, deadlines, tasks, plans."""
