"""Checks of the opened workspace: its plugins, its accounts, its clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from nqcore.catalogue.loading import allowed
from nqcore.catalogue.outline_choice import gone_outline
from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.factor_file import factor_file
from nqcore.errors import N_
from nqcore.workspace.doctor.diagnosis import Diagnosis, Machine, diagnosis
from nqcore.workspace.facade import Workspace


def plugin_checks(ws: Workspace) -> Iterator[Diagnosis]:
    """Plugins that fail, links to definitions that are missing, an outline that is gone, plugins allowed in
    any version."""
    for fault in ws.faults:
        yield diagnosis(
            "plugin", N_("Plugin {fault}. Correct it, or take it off the list."), fault=fault
        )
    for lost in ws.catalogue.unresolved:
        yield diagnosis(
            "unresolved",
            N_(
                "{owner}: {what} points to the {kind} “{missing}”, which nobody brings. Correct it."
            ),
            owner=lost.owner,
            what=lost.what,
            kind=lost.kind,
            missing=lost.missing,
        )
    if gone := gone_outline(ws.catalogue):
        yield diagnosis(
            "outline-gone",
            N_(
                "report_outline in workspace.toml names the outline “{id}”, which does not exist: reports "
                "have another one. Write one of these there, or take the line out: {known}"
            ),
            id=gone,
            known=", ".join(sorted(ws.catalogue.outlines)),
        )
    bundled = {p.name for p in ws.catalogue.plugins if p.distribution == "nqcore"}
    for name, version in map(allowed, ws.settings.plugins):
        if not version and name not in bundled:
            yield diagnosis(
                "plugin-version",
                N_(
                    "Plugin {name} is allowed in any version. Write “{name}==VERSION” into "
                    "workspace.toml, so that only what was looked at is loaded."
                ),
                name=name,
            )


def account_checks(ws: Workspace) -> Iterator[Diagnosis]:
    """Whether an administrator can sign in; accounts with weak passwords or without a unit."""
    active = [account for account in ws.accounts.all() if not account.locked]
    managing = [a for a in active if a.may(Action.MANAGE, ws.settings.root, ws.units)]
    if not [a for a in managing if a.password]:
        yield diagnosis(
            "no-admin",
            N_(
                "No administrator has set a password yet. Open the one-time link: nq user link LOGIN"
            ),
        )
    for account in active:
        if account.password and not account.password.startswith("$argon2id$"):
            yield diagnosis(
                "weak-hash",
                N_(
                    "The password of {login} is kept in a weak form. Give a new link: nq user link {login}"
                ),
                login=account.login,
            )
        if ws.second_factors.lost(account):
            yield diagnosis(
                "factor-lost",
                N_(
                    "The secret of the second factor of {login} is not in {path}. Put a copy of that file "
                    "back, or let the account set it up again: nq user totp-reset {login}"
                ),
                login=account.login,
                path=factor_file(ws.settings.id),
            )
        if account.unit not in ws.units:
            yield diagnosis(
                "lost-account",
                N_(
                    "The unit of {login} does not exist. Check it, and lock him: nq user lock {login}."
                ),
                login=account.login,
            )


def clock_checks(ws: Workspace, machine: Machine) -> Iterator[Diagnosis]:
    """Whether the last record of the journal is later than the clock of the machine."""
    if ws.store.version == 0:
        return
    last = datetime.fromisoformat(ws.store.journal.record(ws.store.version).at)
    if last > machine.now + timedelta(minutes=5) and not ws.settings.demo:
        yield diagnosis(
            "clock",
            N_("The last change was made at {last}, after this machine's time. Check its clock."),
            last=last.isoformat(timespec="minutes"),
        )
