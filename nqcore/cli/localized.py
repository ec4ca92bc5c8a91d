"""Commands whose messages and help are in the language of `--lang` (or $NQ_LANG; Vietnamese by default)."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import click

from nqcore.errors import N_, Phrase, Spoken, Translate
from nqcore.text.messages import LANGUAGES

DEFAULT = "vi"
_OPTION = "--lang"
_WORDS = {
    "Show this message and exit.": N_("Show this message and exit."),
    "[default: ": N_("[default: "),
    "[required]": N_("[required]"),
}
"""What click itself writes into a help."""


def chosen_language(ctx: click.Context) -> str:
    """The language of this call of `nq`."""
    given = ctx.find_root().obj or os.environ.get("NQ_LANG", "")
    return given if given in LANGUAGES else DEFAULT


def language_of(args: Sequence[Any], extra: Mapping[str, Any]) -> str:
    """The language of a call that failed before its options were read, from the arguments of `main`."""
    words = args[0] if args else extra.get("args")
    found = _language_in(sys.argv[1:] if words is None else words)
    found = found or os.environ.get("NQ_LANG", "")
    return found if found in LANGUAGES else DEFAULT


def translator_of(ctx: click.Context | None) -> Translate:
    """Translates English texts into the language of this call; loaded only when a text is shown."""
    from nqcore.text.messages import translator

    return translator(chosen_language(ctx)) if ctx is not None else str


def spoken(words: object) -> str:
    """What is printed, in the language of this call: a `Phrase`, an error, or a text that stays as it is."""
    if isinstance(words, Spoken):
        return words.message(translator_of(click.get_current_context(silent=True)))
    return str(words)


def echo(words: object, *, err: bool = False) -> None:
    """Print one line in the language of this call, on standard error with `err`."""
    click.echo(spoken(words), err=err)


def usage_error(words: str, **params: object) -> click.UsageError:
    """The error of a call whose options do not fit together; `words` is a msgid."""
    return click.UsageError(spoken(Phrase(words, params)))


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.find_root().obj = value


def language_option() -> click.Option:
    """The option --lang, for a command after whose name it may stand."""
    return click.Option(
        [_OPTION],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        callback=_language,
        help="Language of messages.",
    )


def _language_in(args: Sequence[str]) -> str:
    """The language that the arguments name, wherever it stands: the help is printed before options that
    stand behind `--help` are read."""
    found = ""
    for nth, word in enumerate(args):
        if word == "--":
            break
        if word.startswith(f"{_OPTION}="):
            found = word.partition("=")[2]
        elif word == _OPTION:
            found = args[nth + 1] if nth + 1 < len(args) else ""
    return found if found in LANGUAGES else ""


class LocalizedHelp(click.Command):
    """A command whose help is translated: its text, its options and its subcommands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if language := _language_in(args):
            ctx.find_root().obj = language
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = translator_of(ctx)(N_("Usage: "))
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), words)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translator_of(ctx)(inspect.cleandoc(self.help)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        translate = translator_of(ctx)
        records = [
            (record[0], _said(record[1], param, translate))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            and (record := param.get_help_record(ctx)) is not None
        ]
        if records:
            with formatter.section(translate(N_("Options"))):
                formatter.write_dl(records)

    def get_short_help_str(self, limit: int = 45) -> str:
        translate = translator_of(click.get_current_context(silent=True))
        shown = copy(self)
        shown.help = translate(inspect.cleandoc(self.help)) if self.help else None
        return click.Command.get_short_help_str(shown, limit)


class LocalizedCommand(LocalizedHelp):
    """A command that accepts --lang after its name too, not only before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(language_option())

    @classmethod
    def of(cls, command: click.Command) -> click.Command:
        """The command of another package as such a command; a group stays as it is."""
        if isinstance(command, click.Group):
            command.params.append(language_option())
            return command
        return cls(
            command.name,
            context_settings=command.context_settings,
            callback=command.callback,
            params=list(command.params),
            help=command.help,
            epilog=command.epilog,
            hidden=command.hidden,
        )


class LocalizedGroup(LocalizedCommand, click.Group):
    """A group of commands: `nq user`, `nq plugins`."""

    command_class = LocalizedCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        format_commands(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """They are written with the options."""


def format_commands(group: click.Group, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The list of the subcommands, each with the first sentence of its help."""
    found = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    shown = [(name, one) for name, one in found if one is not None and not one.hidden]
    if shown:
        limit = formatter.width - 6 - max(len(name) for name, _ in shown)
        with formatter.section(translator_of(ctx)(N_("Commands"))):
            formatter.write_dl([(name, one.get_short_help_str(limit)) for name, one in shown])


def _said(text: str, param: click.Parameter, translate: Translate) -> str:
    """The help of an option with its parts translated."""
    english = inspect.cleandoc(getattr(param, "help", None) or "")
    if english:
        text = text.replace(english, translate(english), 1)
    for part, msgid in _WORDS.items():
        text = text.replace(part, translate(msgid))
    return text
