"""Commands that create a workspace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from nqcore.cli.group import echo_fault, letters_option, main, open_here
from nqcore.cli.localized import echo
from nqcore.cli.printing.output import bar, print_table
from nqcore.errors import N_, Phrase, WorkspaceError

if TYPE_CHECKING:
    from nqcore.workspace.facade import Workspace


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--port", type=click.IntRange(0, 65535), default=8020, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only make the workspace.")
@click.option(
    "--model",
    type=click.Choice(["district", "commune"]),
    default="district",
    show_default=True,
    help="A district until 2018, or a commune of 2026 that three communes became.",
)
@click.pass_context
def demo(ctx: click.Context, folder: Path, port: int, no_serve: bool, model: str) -> None:
    """Make a demo workspace (once) with years of an office's figures, and serve it."""
    from nqcore.workspace.demo import MODELS, PASSWORD, fill_demo, is_demo_of, make_demo

    making = folder / ".unfinished"
    if making.exists():
        raise WorkspaceError(
            detail=Phrase(
                N_("{folder} was left unfinished. Remove it and run nq demo again."),
                {"folder": folder},
            )
        )
    if not (folder / "workspace.toml").exists():

        def fill(ws: Workspace) -> None:
            making.touch()  # a run that is killed leaves it
            try:
                fill_demo(ws, bar)
            finally:
                making.unlink()

        make_demo(folder, MODELS[model], fill).close()
    with open_here(folder) as ws:
        asked = ctx.get_parameter_source("model") is ParameterSource.COMMANDLINE
        if asked and not is_demo_of(ws, model):
            raise WorkspaceError(
                detail=Phrase(
                    N_("{folder} holds another demo. Name a new folder: {command}"),
                    {"folder": folder, "command": f"nq demo {folder}-{model} --model {model}"},
                )
            )
        words = N_("{name}: {folder} (today is {day})")
        params = {"name": ws.settings.name, "folder": folder, "day": ws.today.isoformat()}
        echo(Phrase(words, params))
        echo(Phrase(N_("Accounts (password {password}):"), {"password": PASSWORD}))
        print_table(
            (N_("login"), N_("unit"), N_("roles")),
            (
                (a.login, ws.units[a.unit].name, ", ".join(sorted(r.value for r in a.roles)))
                for a in ws.accounts.all()
                if not a.locked
            ),
        )
    if not no_serve:
        serve = main.get_command(ctx, "serve")  # a command of the web forms
        assert serve is not None
        ctx.invoke(serve, workspace=folder, port=port)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--plugin", "plugins", multiple=True, help="A plugin to allow (may be repeated).")
@click.option(
    "--units",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The office's list of units as it is (.csv, .xlsx or .xls): names, and what else it has.",
)
@click.option("--name", default=None, help="The office's name (default: the top unit's).")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day from which reports are owed (default: 1 January of this year).",
)
@click.option("--admin", default="quantri", show_default=True, help="The first account's login.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8020,
    show_default=True,
    help="Where nq serve will listen: used in the link that is printed.",
)
@letters_option
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path,
    plugins: tuple[str, ...],
    units: Path | None,
    name: str | None,
    admin: str,
    port: int,
    since: datetime | None,
    letters_as_typed: bool,
) -> None:
    """Make a workspace that can collect at once."""
    from nqcore.text.old_encodings import letters_as_typed as keep_letters
    from nqcore.workspace.setup import set_up_workspace

    with keep_letters(letters_as_typed):
        ws, link, notes = set_up_workspace(
            folder,
            plugins=plugins,
            units=units,
            name=name,
            admin=admin,
            since=since.date() if since else None,
        )
    with ws:
        for fault in ws.faults:
            echo_fault(fault)
        params: dict[str, object] = {
            "folder": folder, "units": len(ws.units), "forms": len(ws.catalogue.forms),
            "indicators": len(ws.catalogue.indicators),
        }  # fmt: skip
        words = N_("{folder}: {units} units, {forms} forms, {indicators} indicators")
        echo(Phrase(words, params))
        for note in notes:
            echo(note)
    command = f"nq serve -w {folder}" + (f" --port {port}" if port != 8020 else "")
    echo(Phrase(N_("Start it:   {command}"), {"command": command}))
    words = N_("Sign in once as {login} (works until {expires}) and set a password:")
    echo(Phrase(words, {"login": admin, "expires": f"{link.expires:%Y-%m-%d %H:%M}"}))
    click.echo(f"  http://127.0.0.1:{port}/dang-nhap/{link.token}")
    echo(
        Phrase(
            N_(
                "Then the page “First steps” leads through the letterhead, the first form, accounts with "
                "sign-in slips for the units, and deadlines."
            )
        )
    )
