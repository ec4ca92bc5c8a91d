"""What click says of wrong options and arguments, in the language of the call.

click words its messages in English when it raises them. Each of its sentences is recognised here by its
shape, and said again with what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import click

from nqcore.errors import N_, Phrase

_NUMBERS: Mapping[str, str] = {
    "integer": N_("a whole number"),
    "integer range": N_("a whole number"),
    "float": N_("a number"),
}
_THINGS: Mapping[str, str] = {
    "File": N_("The file"),
    "Directory": N_("The folder"),
    "Path": N_("The path"),
}
_MISSING: Mapping[str, str] = {
    "argument": N_("Give the argument {name}."),
    "option": N_("Give the option {name}."),
}
_NAME = r"(?P<name>['\"].*['\"]|\S+?)"
_SENTENCES = tuple(
    (re.compile(shape, re.DOTALL), words)
    for shape, words in (
        (rf"No such option:? {_NAME}\.?(?: .*)?", N_("There is no option {name}.")),
        (rf"No such command {_NAME}\.(?: .*)?", N_("There is no command {name}.")),
        (r"Missing command\.", N_("Give a command.")),
        (r"Got unexpected extra arguments? \((?P<name>.*)\)", N_("There is one argument too many: {name}.")),
        (rf"Option {_NAME} requires an argument\.", N_("The option {name} needs a value.")),
        (rf"Option {_NAME} does not take a value\.", N_("The option {name} takes no value.")),
        (rf"{_NAME} is not (?:one of )?(?P<known>'.*')\.", N_("{name} is none of {known}.")),
        (
            rf"{_NAME} does not match the formats? (?P<known>.*)\.",
            N_("{name} is no day like 2026-11-29."),
        ),
        (rf"{_NAME} is not in the range (?P<known>.*)\.", N_("{name} does not lie in {known}.")),
        (rf"{_NAME} is not a valid (?P<number>.*)\.", N_("{name} is not {number}.")),
        (rf"(?P<thing>File|Directory|Path) {_NAME} does not exist\.", N_("{thing} {name} does not exist.")),
        (rf"(?P<thing>File|Directory|Path) {_NAME} is a file\.", N_("{thing} {name} is a file.")),
        (rf"(?P<thing>File|Directory|Path) {_NAME} is a directory\.", N_("{thing} {name} is a folder.")),
        (rf"(?P<thing>File|Directory|Path) {_NAME} is not readable\.", N_("{thing} {name} cannot be read.")),
        (
            rf"(?P<thing>File|Directory|Path) {_NAME} is not writable\.",
            N_("{thing} {name} cannot be written."),
        ),
    )
)  # fmt: skip
"""The shapes of click's sentences, and the msgid of each."""


def said_again(sentence: str) -> Phrase | str:
    """The sentence of click as words that are translated; a sentence of another shape as it is.

    >>> print(said_again("No such option '--x'."))
    There is no option '--x'.
    """
    for shape, words in _SENTENCES:
        if found := shape.fullmatch(sentence):
            params: dict[str, object] = dict(found.groupdict())
            if number := found.groupdict().get("number"):
                params["number"] = Phrase(_NUMBERS.get(number, number))
            if thing := found.groupdict().get("thing"):
                params["thing"] = Phrase(_THINGS[thing])
            return Phrase(words, params)
    return sentence


def usage_words(wrong: click.ClickException) -> Phrase | str:
    """What is wrong with the call."""
    if isinstance(wrong, click.MissingParameter):
        kind = wrong.param_type or getattr(wrong.param, "param_type_name", None) or "argument"
        return Phrase(_MISSING.get(kind, _MISSING["argument"]), {"name": _hint(wrong)})
    if isinstance(wrong, click.BadParameter):
        params = {"name": _hint(wrong), "why": said_again(wrong.message)}
        return Phrase("{name}: {why}", params)
    return said_again(wrong.message)


def _hint(wrong: click.BadParameter) -> str:
    """The option or argument as it is written."""
    hint = wrong.param_hint
    if hint is None and wrong.param is not None and wrong.ctx is not None:
        hint = wrong.param.get_error_hint(wrong.ctx)
    return hint if isinstance(hint, str) else " / ".join(hint or ())


def show_usage_error(wrong: click.ClickException, language: str) -> None:
    """Print the error on standard error: the usage of the command, where its help is, and what is wrong."""
    from nqcore.text.messages import translator

    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):  # a group without a command: its help
        click.echo(wrong.message, err=True)
        return
    ctx = wrong.ctx if isinstance(wrong, click.UsageError) else None
    translate = translator(language)
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        see = Phrase(N_("See its help: {command}"), {"command": f"{ctx.command_path} --help"})
        click.echo(see.message(translate) + "\n", err=True)
    words = usage_words(wrong)
    said = words.message(translate) if isinstance(words, Phrase) else words
    click.echo(f"nq: {said}", err=True)
