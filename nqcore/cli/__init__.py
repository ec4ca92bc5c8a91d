"""The `nq` command: each command is a few lines over Workspace.

Exit status: 0 done, 1 the answer is "not right" (verify, check), 2 wrong usage or an error, told on
standard error in one line that says what to do.
"""

from nqcore.cli import (  # noqa: F401  (they add their commands)
    cite,
    deadlines,
    figures,
    lists,
    maintenance,
    setup,
)
from nqcore.cli.group import main

__all__ = ["main"]
