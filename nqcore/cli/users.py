"""Commands for accounts: `nq user`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqcore.cli.group import json_option, letters_option, main, open_here, workspace_option
from nqcore.cli.localized import echo, usage_error
from nqcore.cli.printing.output import print_json, print_table
from nqcore.errors import N_, Phrase

if TYPE_CHECKING:
    from nqcore.workspace.facade import Workspace

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
    type=click.Choice(["enter", "lead", "review", "watch", "write", "admin", "inspect"]),
)
@letters_option
def user_add(
    workspace: Path,
    address: str,
    login: str,
    name: str,
    unit: str,
    roles: tuple[str, ...],
    letters_as_typed: bool,
) -> None:
    """Add an account and print its one-time sign-in link."""
    from nqcore.collection.accounts.access import Role
    from nqcore.text.old_encodings import letters_as_typed as keep_letters

    with open_here(workspace) as ws, keep_letters(letters_as_typed):
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
    link = ws.accounts.link(login, by="nq user", at=ws.clock())
    words = N_("{login}: {link} (once, until {expires})")
    address = f"{address}/dang-nhap/{link.token}"
    expires = f"{link.expires:%Y-%m-%d %H:%M}"
    echo(Phrase(words, {"login": login, "link": address, "expires": expires}))


@user.command("list")
@workspace_option
@json_option
def user_list(workspace: Path, as_json: bool) -> None:
    """Every account."""
    with open_here(workspace) as ws:
        accounts = ws.accounts.all()
        rows = [
            {
                "login": a.login,
                "name": a.name,
                "unit": a.unit,
                "roles": sorted(role.value for role in a.roles),
                "locked": a.locked,
                "second_factor": bool(a.second_factor),
            }
            for a in accounts
        ]
        if as_json:
            print_json(rows)
        else:
            print_table(
                (N_("login"), N_("name"), N_("unit"), N_("roles"), ""),
                (
                    (
                        a.login,
                        a.name,
                        a.unit,
                        ", ".join(sorted(role.value for role in a.roles)),
                        Phrase(N_("locked")) if a.locked else "",
                    )
                    for a in accounts
                ),
            )


@user.command("lock")
@workspace_option
@click.argument("login")
def user_lock(workspace: Path, login: str) -> None:
    """Lock an account; it is never deleted. The last administrator of the office stays."""
    with open_here(workspace) as ws:
        ws.accounts.lock(login, by="nq user", at=ws.clock())
        echo(Phrase(N_("{login} is locked."), {"login": login}))


@user.command("unlock")
@workspace_option
@click.argument("login")
def user_unlock(workspace: Path, login: str) -> None:
    """Unlock an account; its password works again."""
    with open_here(workspace) as ws:
        ws.accounts.unlock(login, by="nq user", at=ws.clock())
        echo(Phrase(N_("{login} can sign in again."), {"login": login}))


everyone_option = click.option("--all", "everyone", is_flag=True, help="Every account.")


def _named(ws: Workspace, logins: tuple[str, ...], everyone: bool) -> list[str]:
    """The logins that a command is for: those given, or all. Raises UsageError without any."""
    if bool(logins) == everyone:
        raise usage_error(N_("Give the logins, or --all."))
    return [account.login for account in ws.accounts.all()] if everyone else list(logins)


@user.command("sign-out")
@workspace_option
@click.argument("logins", nargs=-1)
@everyone_option
def user_sign_out(workspace: Path, logins: tuple[str, ...], everyone: bool) -> None:
    """End all sessions and open links of accounts; passwords stay."""
    with open_here(workspace) as ws:
        for login in _named(ws, logins, everyone):
            ws.accounts.end_sessions(login, by="nq user", at=ws.clock())
            echo(Phrase(N_("{login} is signed out."), {"login": login}))


@user.command("totp-reset")
@workspace_option
@click.argument("logins", nargs=-1)
@everyone_option
def user_totp_reset(workspace: Path, logins: tuple[str, ...], everyone: bool) -> None:
    """Take the second factor off accounts: lost telephones, lost secrets. They set it up again.

    With --all: every account that has one.
    """
    with open_here(workspace) as ws:
        for login in _named(ws, logins, everyone):
            if everyone and not ws.accounts[login].second_factor:
                continue
            ws.second_factors.reset(login, by="nq user", at=ws.clock())
            words = N_("{login} signs in without a second factor, until it is set up again.")
            echo(Phrase(words, {"login": login}))
