"""`nq cite`: citations of documents in text files."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqcore.cli.group import main, open_here, translator
from nqcore.cli.localized import spoken, usage_error
from nqcore.errors import N_

if TYPE_CHECKING:
    from nqcore.model.directives import Directives


@main.command()
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option(
    "--register", is_flag=True, help="A TOML draft of the directives cited, to be edited."
)
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Say which documents of this workspace are meant.",
)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="With -w: the day of the text; it cites nothing that did not exist yet.",
)
def cite(
    files: tuple[Path, ...],
    as_json: bool,
    register: bool,
    workspace: Path | None,
    at: datetime | None,
) -> None:
    """Documents cited in .txt or .docx files, or in standard input: one per line."""
    if as_json and register:
        raise usage_error(N_("Give --json or --register, not both."))
    texts = [_read(path) for path in files or (Path("-"),)]
    for name, text in texts:
        _say_misread(name, text)
    if workspace is None:
        _print(texts, as_json, register, None, at)
    else:
        with open_here(workspace) as ws:
            _print(texts, as_json, register, ws.directives, at)


MOST_SAID = 5
"""So many lines of one text are named whose letters are wrong."""


def _say_misread(name: str, text: str) -> None:
    """Say on standard error which lines are in an old encoding, with the line in Unicode. Nothing is
    converted: the citations are those of the text as it stands."""
    from nqcore.text.old_encodings import find_misread, misread_error

    found = find_misread(text)
    if found is None:
        return
    translate = translator(click.get_current_context())
    for line in found.lines[:MOST_SAID]:
        place = translate(N_("{file}, line {line}")).format(file=name, line=line.number)
        words = misread_error(found.line(line)).message(translate)
        click.echo(f"nq: {place}: {words}", err=True)
    if (more := len(found.lines) - MOST_SAID) > 0:
        said = translate(N_("{count} more lines are like these. Write the file in Unicode first."))
        click.echo("nq: " + said.format(count=more), err=True)


def _read(path: Path) -> tuple[str, str]:
    from nqcore.files.incoming import TEXT
    from nqcore.workspace.register.documents import document_text, read_text

    if str(path) == "-":
        data = sys.stdin.buffer.read(TEXT.max_bytes + 1)
        return "-", document_text("stdin", data)
    return path.name, read_text(path)


def _print(
    texts: list[tuple[str, str]],
    as_json: bool,
    register: bool,
    known: Directives | None,
    at: datetime | None,
) -> None:
    from nqcore.text.citations import find_citations
    from nqcore.workspace.register.documents import citation_data, resolution_data, resolution_words
    from nqcore.workspace.register.draft import draft_register

    if register:
        # One register of all the files: each document once.
        click.echo(draft_register("\n\n".join(text for _, text in texts), known), nl=False)
        return
    for name, text in texts:
        for citation in find_citations(text):
            meant = known.resolve(citation, at.date() if at else None) if known else None
            if as_json:
                data = citation_data(citation) | (resolution_data(meant) if meant else {})
                click.echo(json.dumps(data, ensure_ascii=False))
            else:
                words = " ".join(citation.text.split())
                issued = f"  {citation.date.isoformat()}" if citation.date else ""
                place = f"{name}:" if len(texts) > 1 else ""
                document = f"  {spoken(resolution_words(meant))}" if meant else ""
                click.echo(f"{place}{citation.start}-{citation.end}  {words}{issued}{document}")
