"""The command `nq outlines`: which outlines a report can have, one as TOML, one from a .docx, own ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqcore.cli.group import json_option, main, open_here, workspace_option
from nqcore.cli.localized import echo, usage_error
from nqcore.cli.printing.output import print_json, print_lines, print_table
from nqcore.errors import N_, Phrase
from nqcore.model.periods import PeriodKind
from nqcore.text.printable import printable

if TYPE_CHECKING:
    from nqcore.workspace.register.outline_draft import OutlineDraft


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
                "periods": [kind.value for kind in one.periods],
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
                        ", ".join((*one.default_for, *one.periods)),
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
@workspace_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--id",
    "id_",
    default=None,
    help="The id of the outline (default: a new one, of the file's name).",
)
@click.option("--save", is_flag=True, help="Save it as an outline of the office.")
@click.option(
    "--directive",
    "directives",
    multiple=True,
    help="With --save: the reports on it have this outline.",
)
@click.option(
    "--every",
    "periods",
    multiple=True,
    type=click.Choice([kind.value for kind in PeriodKind]),
    help="With --directive: only its reports over such periods.",
)
@click.option("--by", default=None, metavar="LOGIN", help="With --save: who saves it.")
def outlines_import(
    workspace: Path,
    file: Path,
    id_: str | None,
    save: bool,
    directives: tuple[str, ...],
    periods: tuple[str, ...],
    by: str | None,
) -> None:
    """Read the headings of a .docx as an outline; without --save its tables are printed."""
    from nqcore.catalogue.outline_text import outline_lines
    from nqcore.files.incoming import DOCX, load
    from nqcore.workspace.register.outline_draft import outline_of_docx

    if not save:
        if directives or periods or by:
            raise usage_error(N_("Give --directive, --every and --by together with --save."))
        draft = outline_of_docx(load(file, [DOCX]), file.name, id_ or "")
        print_lines(outline_lines(draft.outline))
        _print_left_out(draft)
        return
    if by is None:
        raise usage_error(N_("Give --by LOGIN: who saves the outline."))
    with open_here(workspace) as ws:
        draft = ws.outlines.read(load(file, [DOCX]), name=file.name, id=id_)
        kinds = [PeriodKind(one) for one in periods]
        saved = ws.outlines.save(draft.outline, by=by, directives=directives, periods=kinds)
        words = N_("The outline {id} is saved: {count} parts. nq outlines show {id} prints it.")
        echo(Phrase(words, {"id": saved.outline.id, "count": len(saved.outline.parts)}))
        _print_left_out(draft)


def _print_left_out(draft: OutlineDraft) -> None:
    """Each line of the file that the outline does not have, as a comment of TOML."""
    words = N_("# Left out: “{text}” ({why})")
    for one in draft.left_out:
        echo(Phrase(words, {"text": printable(one.text), "why": one.why}))


@outlines.command("remove")
@workspace_option
@click.argument("id")
@click.option("--by", required=True, metavar="LOGIN", help="Who removes it.")
def outlines_remove(workspace: Path, id: str, by: str) -> None:
    """Remove an outline that the office entered; its reports have the next one that is chosen for them."""
    with open_here(workspace) as ws:
        ws.outlines.remove(id, by=by)
        echo(Phrase(N_("The outline {id} is removed."), {"id": id}))
