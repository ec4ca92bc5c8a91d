"""The group that all commands hang on, and what they share."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from nqcore.clock import clock_at
from nqcore.errors import NqError
from nqcore.version import __version__
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace

Translate = Callable[[str], str]
LANGUAGES = ("vi", "en")
T = TypeVar("T")


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


class _Lang(click.Command):
    """Takes --lang behind the command too, not only in front of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        option = click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_language,
            help="Language of messages.",
        )
        self.params.append(option)


class _Subgroup(_Lang, click.Group):
    """`nq user`, `nq plugins`."""

    command_class = _Lang


class _Errors(click.Group):
    """Prints an NqError as one line in the reader's language and exits with 2."""

    command_class = _Lang
    group_class = _Subgroup

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NqError as wrong:
            said = [wrong.message(translator(ctx)), *getattr(wrong, "__notes__", ())]
        except OSError as wrong:
            if wrong.errno == errno.EPIPE:  # the reader has gone; click knows what to do
                raise
            said = [": ".join(str(part) for part in (wrong.filename, wrong.strerror) if part)]
        click.echo(f"nq: {' '.join(' – '.join(said).split())}", err=True)
        ctx.exit(2)


@click.group(cls=_Errors, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="vi",
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
    """Puts English messages into the language asked for; loaded only when something is said."""
    from nqcore.text.messages import translations

    return translations(ctx.find_root().obj or "vi").gettext


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
boundaries_option = click.option(
    "--boundaries",
    default="reported",
    metavar="reported|DATE",
    help="Tell figures within the units of that day (2025-07-01); default: as reported.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


def open_here(folder: Path, today: datetime | None = None) -> Workspace:
    ws = open_workspace(folder, clock=clock_at(today.date()) if today else None)
    for fault in ws.faults:
        click.echo(f"nq: plugin {fault.plugin}: {fault.where}: {fault.detail}", err=True)
    for sentence in (*ws.store.repairs, *ws.store.notes):
        click.echo(f"nq: {sentence}", err=True)
    return ws


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns padded to their widest cell; numbers are the caller's to align."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    for line in lines:
        click.echo(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def bar(items: Sequence[T], label: str) -> Iterator[T]:
    """The items, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as drawn:
        yield from drawn
