"""Who may come in: sessions, throttling, the guard before every view, the log of events."""
