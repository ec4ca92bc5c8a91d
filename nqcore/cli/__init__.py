"""The `nq` command: each command is a few lines that call the workspace.

Exit status: 0 success; 1 the check found a fault (verify, doctor, plugins check and test,
check); 2 wrong usage or an
error, with one line on standard error that says what to do.
"""

from nqcore.cli import (  # noqa: F401  (they add their commands)
    audit_log,
    cite,
    content,
    copies,
    deadlines,
    editions,
    figures,
    lists,
    maintenance,
    outlines,
    papers,
    setup,
    users,
)
from nqcore.cli.group import main

__all__ = ["main"]
