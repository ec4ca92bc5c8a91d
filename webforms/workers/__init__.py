"""Pages and forms that take seconds are answered by processes of their own: saving never waits for them.

`page(…, heavy=True)` marks such a page or form. `waiting_line` decides whose turn it is, `process` runs them,
`hand_over` connects both with the application; `elsewhere` says whether it has processes. An application
without them (a test, a program that embeds it) makes these pages itself.
"""
