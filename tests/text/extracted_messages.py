"""What the code and the templates say, by extraction: the msgids that the catalogue must have."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from nqcore.cli import main

ROOT = Path(__file__).parents[2]
PO = ROOT / "nqcore/locale/vi/LC_MESSAGES/nqcore.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2),
    "NP_": ((1, "c"), 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def extracted() -> dict[str, str]:
    """msgid, or "context|msgid" → where it stands first ("webforms/entry/my_work.py:12")."""
    found: dict[str, str] = {}
    for folder in ("nqcore", "webforms"):
        for name, line, message, _comments, context in extract_from_dir(
            str(ROOT / folder), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
        ):
            for text in (message,) if isinstance(message, str) else message:
                if text:
                    found.setdefault(key(text, context), f"{folder}/{name}:{line}")
    for text in help_texts():
        found.setdefault(text, "help")
    return found


def help_texts(command: click.Command = main) -> Iterator[str]:
    """The help of a command, of its options and its subcommands: click takes it from docstrings."""
    options = [one for one in command.params if isinstance(one, click.Option)]
    yield from (
        inspect.cleandoc(one.help) for one in (command, *options) if one.help and not _hidden(one)
    )
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from help_texts(found)


def _hidden(one: click.Command | click.Option) -> bool:
    return one.hidden


def key(text: str, context: str | None) -> str:
    """How a message is told from another one of the same words."""
    return f"{context}|{text}" if context else text


def written() -> Catalog:
    """The catalogue as it stands in the file."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi")
