"""The kit in a child process: a plugin that ends or blocks its process, or uses all memory, does no harm."""

from __future__ import annotations

from typing import NamedTuple

from nqcore.files.incoming import FileRefused, read_in_child
from nqcore.files.incoming.refusals import ReadersBusy
from nqcore.testing.conformance import check_plugin, plugin_notes

SECONDS, MEGABYTES = 60, 2048
"""The limits of `check_plugin_apart`."""


class PluginCheck(NamedTuple):
    """`faults` are what is wrong with a plugin, `notes` what is worth a look and may well be meant."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]


def check_plugin_apart(name: str) -> PluginCheck:
    """`check_plugin` and `plugin_notes` in a child process: a plugin that ends or blocks its process, or uses
    all memory, is found without harm."""
    try:
        found = read_in_child(
            _named, name.encode(), file=name, seconds=SECONDS, megabytes=MEGABYTES
        )
    except ReadersBusy:
        fault = (
            f"{name} was not checked in time: it waits for something while it is loaded, or this machine "
            "is busy. Check it again. If it says the same, take it off the list of plugins."
        )
        return PluginCheck((fault,), ())
    except FileRefused as wrong:
        fault = (
            f"{name} ends or blocks the process that loads it, or takes over {SECONDS} seconds of "
            f"processor time or {MEGABYTES} MB ({wrong.code}). Take it off the list of plugins until that is "
            "mended."
        )
        return PluginCheck((fault,), ())
    return PluginCheck(*map(tuple, found))


def _named(name: bytes) -> list[list[str]]:
    faults = check_plugin(name.decode())
    return [faults, [] if faults else plugin_notes(name.decode())]
