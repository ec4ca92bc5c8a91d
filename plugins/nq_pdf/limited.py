"""Starts a program with limits of memory, time and file size, in the place of this process.

Called as a script: ``limited.py MEGABYTES SECONDS PROGRAM ARGUMENTS…``. It imports the standard library
only, so that it starts at once.
"""

from __future__ import annotations

import os
import resource
import sys

MB = 1 << 20
_FILE_MB = 512


def main() -> None:
    """Set the limits and become the program."""
    megabytes, seconds, *command = sys.argv[1:]
    limits = {
        resource.RLIMIT_AS: int(megabytes) * MB,
        resource.RLIMIT_CPU: int(seconds),
        resource.RLIMIT_FSIZE: _FILE_MB * MB,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
