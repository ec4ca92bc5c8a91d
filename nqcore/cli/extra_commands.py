"""Commands that other packages add to `nq`, found by entry point (group "nqcore.commands").

The web forms add `serve` in this way, so that nothing in nqcore imports the web. A package gives a
`click.Command`; it is loaded when its command is called or listed.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Never

import click

from nqcore.errors import N_, Phrase, WorkspaceError

GROUP = "nqcore.commands"
BROUGHT_BY = {"serve": "webforms"}
"""Commands that `nq` mentions itself, and the package that brings each."""


def extra_names() -> list[str]:
    """The names of the commands that installed packages add."""
    return sorted({found.name for found in entry_points(group=GROUP)})


def extra_command(name: str) -> click.Command | None:
    """The command of that name. Where it cannot be loaded, one that says why; None where no
    package adds it and `nq` does not know it either."""
    found = tuple(entry_points(group=GROUP, name=name))
    if len(found) > 1:
        packages = ", ".join(sorted(one.value for one in found))
        words = N_("Several packages add nq {name}: {packages}. Uninstall all but one.")
        return _refusing(name, Phrase(words, {"name": name, "packages": packages}))
    if found:
        return _loaded(found[0])
    if name in BROUGHT_BY:
        return _refusing(name, _not_installed(name, BROUGHT_BY[name]))
    return None


def _loaded(entry: EntryPoint) -> click.Command:
    try:
        command = entry.load()
    except (ImportError, AttributeError) as wrong:
        package = entry.value.partition(".")[0].partition(":")[0]
        why = f"{type(wrong).__name__}: {wrong}"
        both = {"why": _not_installed(entry.name, package), "fault": why}
        return _refusing(entry.name, Phrase("{why} ({fault})", both))
    if not isinstance(command, click.Command):
        words = N_("{value} is not a click.Command. Correct its package.")
        return _refusing(entry.name, Phrase(words, {"value": entry.value}))
    return command


def _not_installed(name: str, package: str) -> Phrase:
    words = N_(
        "nq {name} is a command of the package {package}, which is not installed here or cannot be loaded. "
        "Install nqcore again: pip install --force-reinstall nqcore"
    )
    return Phrase(words, {"name": name, "package": package})


def _refusing(name: str, detail: Phrase) -> click.Command:
    """A command that takes any options and says why it cannot run."""

    def refuse(**_given: object) -> Never:
        raise WorkspaceError(detail=detail)

    return click.Command(
        name,
        callback=refuse,
        params=[click.Argument(["given"], nargs=-1, type=click.UNPROCESSED)],
        context_settings={"ignore_unknown_options": True},
        short_help="(cannot be loaded)",
        help=str(detail),
    )
