"""The child process of `read_in_child`: limits itself, runs the reader, writes the result as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import NoReturn

from nqcore.files.incoming.refusals import FileRefused, to_json
from nqcore.files.incoming.run_in_child import DONE, FAILED, NO_MEMORY, REFUSED

MB = 1024 * 1024


def _limit(seconds: int, megabytes: int) -> None:
    """Limit processor time and memory; forbid writing files and core dumps."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit there
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> NoReturn:
    """Called as ``MODULE:FUNCTION FILE SECONDS MEGABYTES`` with the file on standard input."""
    place, file, seconds, megabytes = sys.argv[1:]
    module, _, name = place.partition(":")
    _limit(int(seconds), int(megabytes))
    reader = getattr(import_module(module), name)
    data = sys.stdin.buffer.read()
    answer: object
    try:
        answer, status = reader(data), DONE
        output = json.dumps(answer, ensure_ascii=True, allow_nan=False)
    except FileRefused as wrong:
        answer = {
            "code": wrong.code,
            "template": wrong.template,
            "params": {name: to_json(value) for name, value in wrong.params.items()}
            | {"file": file},
        }
        output, status = json.dumps(answer, ensure_ascii=True), REFUSED
    except MemoryError:
        output, status = "", NO_MEMORY
    except BaseException as wrong:
        # A library may raise any exception for a malicious file; the parent reports its name. This
        # process ends here in any case.
        output, status = type(wrong).__name__, FAILED
    sys.stdout.write(output)
    sys.stdout.flush()
    sys.exit(status)
