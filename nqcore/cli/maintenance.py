"""Commands for maintenance: keys, the installation, plugins."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nqcore.cli.group import json_option, main, open_here, translator, workspace_option
from nqcore.cli.localized import echo
from nqcore.cli.printing.output import print_json, print_lines
from nqcore.errors import N_, Phrase

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
    words = N_("From record {seq} on the journal is sealed with a new key. Copy its file.")
    echo(Phrase(words, {"seq": done.seq + 1}))


@main.command("purge-evidence")
@workspace_option
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="Keep files that were attached in the last so many days.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be freed.")
def purge_evidence(workspace: Path, days: int, dry_run: bool) -> None:
    """Free the disk space of attached files that were removed from their reports.

    The journal records it; backups made before still have the files.
    """
    from datetime import timedelta

    from nqcore.collection.submissions.attachment_purge import purge_removed, removed_before

    with open_here(workspace) as ws:
        now = ws.clock()
        if dry_run:
            found = removed_before(ws.store, now - timedelta(days=days))
            size = sum(file.size for file in found)
            words = N_("{count} removed files, {size} bytes.")
            echo(Phrase(words, {"count": len(found), "size": f"{size:,}"}))
            return
        done = purge_removed(ws.folder, ws.store, days=days, by="nq purge-evidence", at=now)
        words = N_("{count} removed files were freed, {size} bytes.")
        echo(Phrase(words, {"count": done.files, "size": f"{done.size:,}"}))


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
            print_lines(plugin_lines(data))


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
@click.option(
    "-w",
    "--workspace",
    "office",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Check it against the units and content of this office.",
)
@click.option(
    "--units",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check it against the units of this list.",
)
@click.option("--with", "extra", multiple=True, help="Another plugin that stands beside it.")
def plugins_check(
    name: str, office: Path | None, units: Path | None, extra: tuple[str, ...]
) -> None:
    """Run the conformance kit against an installed plugin. Exit status 1 if it fails."""
    from nqcore.testing import OfficeGiven, check_plugin_apart

    given = OfficeGiven(
        workspace=str(office.resolve()) if office else "",
        units=str(units.resolve()) if units else "",
    )
    faults, notes = check_plugin_apart(name, extra=extra, office=given)
    for sentence in (*faults, *notes):
        click.echo(sentence)
    if not faults:
        echo(Phrase(N_("{name}: conforms."), {"name": name}))
    sys.exit(1 if faults else 0)


@plugins.command("test")
@click.argument("name")
@json_option
@click.pass_context
def plugins_test(ctx: click.Context, name: str, as_json: bool) -> None:
    """Run the cases of an installed plugin. Exit status 1 if one differs or cannot be run."""
    from nqcore.cli.printing.cases import case_lines, cases_data
    from nqcore.testing import run_cases

    run = run_cases(name)
    if as_json:
        print_json(cases_data(run, translator(ctx)))
    else:
        print_lines(case_lines(run))
    sys.exit(0 if run.passed else 1)
