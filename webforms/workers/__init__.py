"""Pages that take seconds are made in processes of their own, so that saving never waits for them.

`page(…, heavy=True)` marks such a page. `waiting_line` decides whose turn it is, `process` runs the pages,
`hand_over` connects both with the application. An application without worker processes (a test, a
program that embeds it) makes these pages itself.
"""
