"""Who may come in: the gate for strangers, sessions, throttling, the guard before every view, the log."""
