"""The command `nq content`: what the office made itself, as an Excel file, as TOML files, as a plugin."""

from __future__ import annotations

from pathlib import Path

import click

from nqcore.cli.group import json_option, main, open_here, translator, workspace_option
from nqcore.cli.localized import echo, usage_error
from nqcore.cli.printing.output import print_json, print_lines, print_table
from nqcore.errors import N_, Phrase

_NAMED = click.Path(path_type=Path, exists=True)


@main.group(invoke_without_command=True)
@workspace_option
@json_option
@click.pass_context
def content(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """What the office made itself: indicators, questions, forms, targets, rules."""
    if ctx.invoked_subcommand is not None:
        return
    from nqcore.catalogue.item_mistakes import KIND_WORDS
    from nqcore.cli.printing.content import content_data

    with open_here(workspace) as ws:
        rows = content_data(ws)
        if as_json:
            print_json(rows)
        else:
            heads = (N_("kind"), N_("id"), N_("name"))
            print_table(
                heads, ((Phrase(KIND_WORDS[row["kind"]]), row["id"], row["name"]) for row in rows)
            )


@content.command("export")
@workspace_option
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_context
def content_export(ctx: click.Context, workspace: Path, target: Path) -> None:
    """Write it into TARGET: an Excel file where the name ends in .xlsx, else a new folder of TOML files."""
    from nqcore.catalogue.scaffold import FolderTaken

    with open_here(workspace) as ws:
        if target.suffix.lower() == ".xlsx":
            target.write_bytes(ws.content.workbook(translator(ctx)))
        else:
            if target.exists() and any(target.iterdir()):
                raise FolderTaken(folder=str(target))
            target.mkdir(parents=True, exist_ok=True)
            for name, text in ws.content.files().items():
                (target / name).write_text(text, "utf-8")
        count = len(ws.content.items(owner="workspace"))
        words = N_("{count} definitions are written into {target}.")
        echo(Phrase(words, {"count": count, "target": str(target)}))


@content.command("import")
@workspace_option
@click.argument("source", type=_NAMED)
@click.option("--save", is_flag=True, help="Make the changes; without it they are only said.")
@click.option("--by", default=None, metavar="LOGIN", help="With --save: who makes them.")
@click.option("--why", default="", metavar="TEXT", help="With --save: the reason, for the journal.")
@click.pass_context
def content_import(
    ctx: click.Context, workspace: Path, source: Path, save: bool, by: str | None, why: str
) -> None:
    """Say what SOURCE changes: an Excel file that `nq content export` wrote, a TOML file, or a folder of
    these. With --save the changes are made, all or none."""
    from nqcore.cli.printing.content import plan_lines
    from nqcore.collection.content.changes import ContentRefused

    if not save and (by or why):
        raise usage_error(N_("Give --by and --why together with --save."))
    if save and by is None:
        raise usage_error(N_("Give --by LOGIN: who makes the changes."))
    with open_here(workspace) as ws:
        plan = ws.content.plan_file(source, why or source.name)
        if plan.mistakes:
            for mistake in plan.mistakes:
                click.echo(mistake.message(translator(ctx)), err=True)
            raise ContentRefused(plan.mistakes)
        print_lines(plan_lines(plan, len(ws.content.items(owner="workspace"))))
        if not plan.items:
            return
        if by is None:
            echo(Phrase(N_("Nothing is written yet: give --save --by LOGIN.")))
            return
        ws.content.apply(plan, by=by)
        echo(Phrase(N_("{count} definitions are saved as one change."), {"count": len(plan.items)}))


@content.command("pack")
@workspace_option
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def content_pack(workspace: Path, name: str, folder: Path) -> None:
    """Make a plugin of it that pip installs: NAME is that of the plugin (nq_…), FOLDER a new one."""
    with open_here(workspace) as ws:
        for path in ws.content.write_package(name, folder):
            click.echo(str(path))
        words = N_(
            "Install it with pip install {folder}, in another office or in one where its definitions are "
            "taken back first; then nq plugins check {name} looks it over."
        )
        echo(Phrase(words, {"folder": str(folder), "name": name}))
