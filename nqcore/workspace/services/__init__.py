"""The services of a workspace, by subject: `ws.submissions`, `ws.entry`, `ws.monitoring`,
`ws.organisation`, `ws.totals`, `ws.reviews`, `ws.archive`.

A service turns names into values (a login into an Actor, a period's code into a Period) and calls the
room that does the work. It holds nothing but the open workspace.
"""
