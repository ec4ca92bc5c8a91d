"""`tests/faults/run [--full] [--json] [NAME ...]`: give the faults, print what they did."""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import sys
import time
from collections.abc import Mapping
from functools import partial

from tests.faults.kit import Dose, Fault, Figures

FAULTS: Mapping[str, tuple[str, str]] = {
    # name: (module, function)
    "kill9-1-worker": ("kill9", "kill9"),
    "kill9-3-workers": ("kill9", "kill9"),
    "kill9-50000-stored": ("large", "kill9_large"),
    "kill-calls": ("sweeps", "kill_calls"),
    "fail-calls": ("sweeps", "fail_calls"),
    "recovery": ("sweeps", "recovery"),
    "power-cut": ("powerloss", "power_cut"),
    "truncate": ("damage", "truncate"),
    "bit-flip": ("damage", "bit_flip"),
    "clients": ("load", "clients"),
    "identical": ("load", "identical"),
    "editors": ("load", "editors"),
    "crowd": ("crowd", "crowd"),
    "morning": ("crowd", "morning"),
    "heavy-posts": ("heavy_posts", "heavy_posts"),
    "races": ("races", "races"),
    "disk-full": ("places", "disk_full"),
    "read-only": ("places", "read_only"),
    "frozen-writer": ("places", "frozen_writer"),
    "clock-back": ("places", "clock_back"),
    "tamper": ("tamper", "tamper"),
    "backup-under-load": ("backups", "backup_under_load"),
    "restored-copy": ("copies", "restored_copy"),
    "kill-commands": ("commands", "kill_commands"),
    "sigterm-under-load": ("stopping", "sigterm_under_load"),
}
"""Every fault there is, in the order in which they are given."""


def fault(name: str) -> Fault:
    """The function that gives it."""
    module, function = FAULTS[name]
    found: Fault = getattr(importlib.import_module(f"tests.faults.{module}"), function)
    return partial(found, workers=3) if name == "kill9-3-workers" else found  # type: ignore[call-arg]


def why_not(name: str) -> str:
    """What this machine lacks for it, or nothing."""
    module = importlib.import_module(f"tests.faults.{FAULTS[name][0]}")
    if name == "clock-back":
        import shutil

        return "" if shutil.which("faketime") else "needs faketime"
    if name == "frozen-writer":
        return ""
    found: str = getattr(module, "missing", str)()
    return found


def main(args: list[str]) -> int:
    """1 when anything was lost, changed, unreadable or silent, or a promise was broken."""
    parser = argparse.ArgumentParser(prog="tests/faults/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--full", action="store_true", help="the whole dose: hours")
    parser.add_argument("--json", action="store_true", help="one object a fault, nothing else")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(args)
    if unknown := sorted(set(options.names) - set(FAULTS)):
        parser.error(f"no fault is called {', '.join(unknown)}")
    logging.disable(logging.ERROR)  # thousands of repairs, as they should be
    bad = False
    for name in options.names or FAULTS:
        if lacks := why_not(name):
            print(json.dumps({"fault": name, "skipped": lacks}), flush=True)
            continue
        begun = time.monotonic()
        figures = fault(name)(Dose(full=options.full, seed=options.seed))
        figures.more["seconds"] = round(time.monotonic() - begun)
        bad = bad or figures.bad
        line = figures.line(name)
        print(json.dumps(line, ensure_ascii=False) if options.json else told(line), flush=True)
    return 1 if bad else 0


def told(line: Mapping[str, object]) -> str:
    """The object as a person reads it."""
    first = ("fault", "rounds", "acked", "lost", "changed", "unreadable", "silent")
    rest = {key: value for key, value in line.items() if key not in first}
    name, *counts = (line[key] for key in first)
    words = ", ".join(f"{count} {key}" for count, key in zip(counts, first[1:], strict=True))
    return f"{name}: {words}; " + ", ".join(f"{key} {value}" for key, value in rest.items())


__all__ = ["FAULTS", "Figures", "fault", "main", "why_not"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
