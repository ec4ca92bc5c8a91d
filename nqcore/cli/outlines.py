"""The command `nq outlines`: which outlines a report can have, one of them as TOML, one from a .docx."""

from __future__ import annotations

from pathlib import Path

import click

from nqcore.cli.group import json_option, main, open_here, workspace_option
from nqcore.cli.printing.output import print_json, print_lines, print_table
from nqcore.errors import N_


@main.group(invoke_without_command=True)
@workspace_option
@json_option
@click.pass_context
def outlines(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """The outlines that a report can have, and who gives each."""
    if ctx.invoked_subcommand is not None:
        return
    with open_here(workspace) as ws:
        known, catalogue = ws.reviews.outlines(), ws.catalogue
        rows = [
            {
                "id": one.id,
                "title": one.title,
                "parts": len(one.parts),
                "default_for": list(one.default_for),
                "plugin": catalogue.owner("outline", one.id),
            }
            for one in known
        ]
        if as_json:
            print_json(rows)
        else:
            heads = (N_("id"), N_("title"), N_("parts"), N_("default for"), N_("plugin"))
            print_table(
                heads,
                (
                    (
                        str(row["id"]),
                        str(row["title"]),
                        str(row["parts"]),
                        ", ".join(one.default_for),
                        str(row["plugin"]),
                    )
                    for row, one in zip(rows, known, strict=True)
                ),
            )


@outlines.command("show")
@workspace_option
@click.argument("id")
def outlines_show(workspace: Path, id: str) -> None:
    """An outline as tables to change in workspace.toml."""
    from nqcore.catalogue.outline_choice import outline
    from nqcore.catalogue.outline_text import outline_lines

    with open_here(workspace) as ws:
        print_lines(outline_lines(outline(ws.catalogue, id)))


@outlines.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--id", "id_", default="", help="The id of the outline (default: from the file's name)."
)
def outlines_import(file: Path, id_: str) -> None:
    """Read the headings of a .docx as an outline; its tables go into workspace.toml."""
    from nqcore.catalogue.outline_text import outline_lines
    from nqcore.workspace.register.outline_draft import outline_of_file

    print_lines(outline_lines(outline_of_file(file, id_)))
