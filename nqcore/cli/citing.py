"""Citations in running text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from nqcore.cli.group import main


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option("--register", is_flag=True, help="A TOML stub of the directives cited, to be edited.")
def cite(files: tuple[Path, ...], as_json: bool, register: bool) -> None:
    """Documents cited in .txt or .docx files, or in standard input: one per line."""
    from nqcore.citing import citation_data, decode, read_text, register_stub
    from nqcore.text.citations import find_citations

    texts = (
        [(path.name, read_text(path)) for path in files]
        if files
        else [("-", decode("standard input", sys.stdin.buffer.read()))]
    )
    for name, text in texts:
        if register:
            click.echo(register_stub(text), nl=False)
            continue
        for citation in find_citations(text):
            if as_json:
                click.echo(json.dumps(citation_data(citation), ensure_ascii=False))
            else:
                words = " ".join(citation.text.split())
                issued = f"  {citation.date.isoformat()}" if citation.date else ""
                place = f"{name}:" if len(texts) > 1 else ""
                click.echo(f"{place}{citation.start}-{citation.end}  {words}{issued}")
