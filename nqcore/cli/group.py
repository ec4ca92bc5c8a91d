"""The click group of all commands, and the options and functions that they share."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from nqcore.cli.extra_commands import extra_command, extra_names
from nqcore.cli.localized import (
    DEFAULT,
    LocalizedCommand,
    LocalizedGroup,
    LocalizedHelp,
    format_commands,
    language_of,
    spoken,
    translator_of,
    usage_error,
)
from nqcore.cli.usage_errors import show_usage_error
from nqcore.clock import clock_at
from nqcore.errors import N_, NqError, Translate, system_words
from nqcore.text.messages import LANGUAGES
from nqcore.version import __version__

if TYPE_CHECKING:  # a command that opens nothing (`nq --help`) loads nothing more
    from nqcore.catalogue.loading import Fault
    from nqcore.workspace.facade import Workspace


def _lossless(stream: io.TextIOWrapper) -> None:
    """Make a stream take every letter: a file or pipe becomes UTF-8, unless PYTHONIOENCODING names another
    encoding; where a letter is not in that encoding, or not on the console, its code is written (\\u1ec7)."""
    if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _MainGroup(LocalizedHelp, click.Group):
    """The group `nq`. Prints an NqError as one line in the reader's language (the faults of a list: a line
    each) and exits with 2."""

    command_class = LocalizedCommand
    group_class = LocalizedGroup

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command; nothing that it prints is lost on a console of another code page."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                _lossless(stream)
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        try:
            status = run(*args, standalone_mode=False, **extra)
        except click.ClickException as wrong:
            show_usage_error(wrong, language_of(args, extra))
            sys.exit(wrong.exit_code)
        except click.Abort:
            sys.exit(1)
        except OSError as wrong:
            if wrong.errno != errno.EPIPE:
                raise
            # The reader of the pipe has ended: nothing more can be said, also not at the end of Python.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of `nq`, and those that other packages add."""
        return sorted({*super().list_commands(ctx), *extra_names()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; one that another package adds is loaded here."""
        command = super().get_command(ctx, cmd_name)
        if command is None and (command := extra_command(cmd_name)) is not None:
            command = LocalizedCommand.of(command)
            self.add_command(command, cmd_name)  # so that it is loaded once
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        format_commands(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """They are written with the options."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NqError as wrong:
            said = wrong.message(translator(ctx))
            # Each wrong row of a list on a line of its own.
            lines = said.splitlines() if getattr(wrong, "faults", ()) else [said]
            lines[-1] = " – ".join([lines[-1], *getattr(wrong, "__notes__", ())])
        except OSError as wrong:
            if wrong.errno == errno.EPIPE:  # the reader of a pipe has ended; click handles this
                raise
            why = system_words(wrong).message(translator(ctx))
            lines = [": ".join(str(one) for one in (wrong.filename, why) if one)]
        for line in lines:
            click.echo(f"nq: {' '.join(line.split())}", err=True)
        ctx.exit(2)


@click.group(cls=_MainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=DEFAULT,
    show_default=True,
    envvar="NQ_LANG",
    help="Language of messages.",
)
@click.version_option(__version__, prog_name="nq")
@click.pass_context
def main(ctx: click.Context, lang: str) -> None:
    """Follow how a directive is carried out: collect, roll up, find, report."""
    ctx.obj = lang


def translator(ctx: click.Context) -> Translate:
    """Translates English messages into the chosen language; loaded only when a message is shown."""
    return translator_of(ctx)


workspace_option = click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    envvar="NQ_WORKSPACE",
    help="The workspace's folder (default: here, or $NQ_WORKSPACE).",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Run as if it were that day.",
)
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda ctx, param, value: value and value.date(),
    default=None,
    help="Only what had been accepted by the end of that day (default: --today).",
)
boundaries_option = click.option(
    "--boundaries",
    default="reported",
    metavar="reported|DATE",
    help="Figures for the units of that day (2025-07-01); default: as reported.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


def given_of(ctx: click.Context, *names: str) -> list[str]:
    """Those of the parameters `names` of the command that were typed: "--unit", "AFTER"."""
    typed = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)
    return [
        one.opts[0] if isinstance(one, click.Option) else one.make_metavar(ctx)
        for one in ctx.command.params
        if one.name in names and ctx.get_parameter_source(one.name) in typed
    ]


def refuse_beside(ctx: click.Context, option: str, *names: str) -> None:
    """Refuse the parameters `names` of which nothing depends where `option` is given ("--edition"): an option
    that is typed is used, or it is said that it is not. Raises UsageError."""
    if unused := given_of(ctx, *names):
        words = N_(
            "{options} cannot stand beside {option}, which has its own. Leave one of them out."
        )
        raise usage_error(words, options=", ".join(unused), option=option)


letters_option = click.option(
    "--letters-as-typed",
    is_flag=True,
    help="Keep words as they are, although they look like an old font or lost letters.",
)


def echo_fault(fault: Fault) -> None:
    """Print a fault of a plugin. All of the line is in English, in any language: it is for the maker of the
    plugin, and mostly what Python or the plugin itself says."""
    click.echo(f"nq: plugin {fault.plugin}: {fault.where}: {fault.detail}", err=True)


def open_here(folder: Path, today: datetime | None = None) -> Workspace:
    """Open the workspace, on day `today` if given; show faults of plugins and notes of the store on
    standard error."""
    from nqcore.workspace.opening import open_workspace

    ws = open_workspace(folder, clock=clock_at(today.date()) if today else None)
    for fault in ws.faults:
        echo_fault(fault)
    for sentence in (*ws.store.repairs, *ws.store.notes):
        click.echo(f"nq: {spoken(sentence)}", err=True)
    return ws
