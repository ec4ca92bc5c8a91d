"""How every command prints: a table, JSON for `--json`, and a progress bar for long work."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import click

from nqcore.cli.localized import echo, spoken
from nqcore.errors import Phrase

T = TypeVar("T")

Data = dict[str, Any]
"""One object of the JSON that a command prints."""


def print_json(data: Any) -> None:
    """Print `data` as indented JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; each column is as wide as its widest cell, aligned to the left. `head` are msgids."""
    lines = [
        tuple(map(spoken, row)) for row in ((Phrase(word) if word else "" for word in head), *rows)
    ]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    for line in lines:
        click.echo(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def print_lines(lines: Iterable[object]) -> None:
    """Print the lines one below the other, in the language of this call."""
    for line in lines:
        echo(line)


def bar(items: Sequence[T], label: str) -> Iterator[T]:
    """The items one by one, with a progress bar when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=spoken(Phrase(label)), file=sys.stderr) as drawn:
        yield from drawn
