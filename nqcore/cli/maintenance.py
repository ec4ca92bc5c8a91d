"""Commands for maintenance: keys, the installation, accounts, plugins."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqcore.cli.group import json_option, main, open_here, translator, workspace_option
from nqcore.cli.printing.output import print_json, print_table
from nqcore.errors import N_

if TYPE_CHECKING:
    from nqcore.workspace.facade import Workspace

NOTHING = N_("Nothing was found. Check again after every change of the machine.")


@main.command("new-key")
@workspace_option
@click.option("--why", required=True, help="The reason, for the record.")
def new_key(workspace: Path, why: str) -> None:
    """Continue with a new key when the old one is lost. The journal records this."""
    from nqcore.clock import system_clock
    from nqcore.collection.archive.integrity import begin_epoch
    from nqcore.collection.settings import read_settings

    done = begin_epoch(workspace, read_settings(workspace), why=why, at=system_clock())
    click.echo(
        f"From record {done.seq + 1} on the journal is sealed with a new key. Copy its file."
    )


@main.command()
@workspace_option
@click.option("--local", is_flag=True, help="Only users of this machine use it: no proxy.")
@click.option(
    "--address",
    default=None,
    help="The address of the web forms: check what the proxy lets through.",
)
@json_option
@click.pass_context
def doctor(
    ctx: click.Context, workspace: Path, local: bool, address: str | None, as_json: bool
) -> None:
    """Check whether the installation is ready for real figures. Exit status 1 if anything was found."""
    from nqcore.clock import system_clock
    from nqcore.workspace.doctor import Machine, examine
    from nqcore.workspace.doctor.http_probe import probe_http

    found = [*examine(workspace, Machine.this(system_clock()), local=local)]
    if address:
        found += probe_http(address)
    translate = translator(ctx)
    if as_json:
        print_json([{"code": one.code, "message": one.message()} for one in found])
    else:
        for one in found:
            click.echo(one.message(translate))
        if not found:
            click.echo(translate(NOTHING))
    sys.exit(1 if found else 0)


address_option = click.option(
    "--address",
    default="http://127.0.0.1:8020",
    show_default=True,
    envvar="NQ_ADDRESS",
    help="The address of the web forms, used in the link.",
)


@main.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@workspace_option
@address_option
@click.argument("login")
@click.option("--name", required=True)
@click.option("--unit", required=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(["enter", "lead", "review", "watch", "admin", "inspect"]),
)
def user_add(
    workspace: Path, address: str, login: str, name: str, unit: str, roles: tuple[str, ...]
) -> None:
    """Add an account and print its one-time sign-in link."""
    from nqcore.collection.accounts.access import Role

    with open_here(workspace) as ws:
        ws.accounts.add(
            login,
            name,
            unit,
            [Role(role) for role in roles],
            units=ws.units,
            by="nq user",
            at=ws.clock(),
        )
        _print_link(ws, login, address)


@user.command("link")
@workspace_option
@address_option
@click.argument("login")
def user_link(workspace: Path, address: str, login: str) -> None:
    """A fresh one-time sign-in link for an account."""
    with open_here(workspace) as ws:
        _print_link(ws, login, address)


def _print_link(ws: Workspace, login: str, address: str) -> None:
    # A restored or copied folder becomes a place of its own first, or its first start would end the link.
    for sentence in ws.archive.take_custody(by="nq user").sentences():
        click.echo(sentence, err=True)
    link = ws.accounts.link(login, by="nq user", at=ws.clock())
    click.echo(
        f"{login}: {address}/dang-nhap/{link.token} (once, until {link.expires:%Y-%m-%d %H:%M})"
    )


@user.command("list")
@workspace_option
@json_option
def user_list(workspace: Path, as_json: bool) -> None:
    """Every account."""
    with open_here(workspace) as ws:
        rows = [
            {
                "login": a.login,
                "name": a.name,
                "unit": a.unit,
                "roles": sorted(role.value for role in a.roles),
                "locked": a.locked,
            }
            for a in ws.accounts.all()
        ]
        if as_json:
            print_json(rows)
        else:
            print_table(
                ("login", "name", "unit", "roles", ""),
                (
                    (
                        str(r["login"]),
                        str(r["name"]),
                        str(r["unit"]),
                        ", ".join(r["roles"]),  # type: ignore[arg-type]
                        "locked" if r["locked"] else "",
                    )
                    for r in rows
                ),
            )


@user.command("lock")
@workspace_option
@click.argument("login")
def user_lock(workspace: Path, login: str) -> None:
    """Lock an account; it is never deleted."""
    with open_here(workspace) as ws:
        ws.accounts.lock(login, by="nq user", at=ws.clock())
        click.echo(f"{login} is locked.")


@main.group(invoke_without_command=True)
@workspace_option
@json_option
@click.pass_context
def plugins(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """What is loaded, with versions, hooks and faults."""
    if ctx.invoked_subcommand is not None:
        return
    from nqcore.cli.printing.plugins import plugin_lines, plugins_data
    from nqcore.workspace.opening import open_workspace

    with open_workspace(workspace) as ws:
        data = plugins_data(ws)
        if as_json:
            print_json(data)
        else:
            for line in plugin_lines(data):
                click.echo(line)


@plugins.command("new")
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
def plugins_new(name: str, folder: Path) -> None:
    """Write the scaffold of a new plugin."""
    from nqcore.catalogue.scaffold import write_plugin

    for file in write_plugin(name, folder):
        click.echo(str(file))


@plugins.command("check")
@click.argument("name")
def plugins_check(name: str) -> None:
    """Run the conformance kit against an installed plugin. Exit status 1 if it fails."""
    from nqcore.testing import check_plugin_apart

    faults = check_plugin_apart(name)
    for sentence in faults:
        click.echo(sentence)
    if not faults:
        click.echo(f"{name}: conforms.")
    sys.exit(1 if faults else 0)
