"""The reasons for refusing a file; each message says what to do."""

from __future__ import annotations

from typing import Self

from nqcore.errors import N_, InputError, Phrase


class FileRefused(InputError):
    """A file is not accepted; nothing of it was stored. `params` has its name as `file`."""

    code = "file-refused"

    @classmethod
    def from_child(cls, code: str, template: str, params: dict[str, object]) -> Self:
        """The error again from the data that a child process sent."""
        known = next((sub for sub in cls.__subclasses__() if sub.code == code), None)
        wrong = (known or cls).__new__(known or cls)
        if known is None:
            wrong.code, wrong.template = code, template  # type: ignore[misc]
        InputError.__init__(wrong, **{name: _from_json(value) for name, value in params.items()})
        return wrong


def to_json(value: object) -> object:
    """A detail of a refusal as JSON values: what a child process sends."""
    return (
        {"words": value.template, "set in": dict(value.params)}
        if isinstance(value, Phrase)
        else value
    )


def _from_json(value: object) -> object:
    return Phrase(value["words"], value["set in"]) if isinstance(value, dict) else value


class TooBig(FileRefused):
    """More bytes than the kind allows."""

    code = "file-too-big"
    template = N_("{file} is over {megabytes} MB. Split it or save it smaller.")


class WrongKind(FileRefused):
    """The file is not of the kind that its name says, or that kind is not accepted here."""

    code = "file-kind"
    template = N_("{file} is not a file of the kind {kinds}. Save it as one and choose it again.")


class Empty(FileRefused):
    """The file has no bytes."""

    code = "file-empty"
    template = N_("{file} is empty. Check it and choose it again.")


class NotUtf8(FileRefused):
    """Text in another encoding than UTF-8, or with zero bytes. Params: file, line."""

    code = "file-not-utf8"
    template = N_(
        "{file} is not text in UTF-8 (line {line}). Save it again in UTF-8, or as a Word or Excel file."
    )


class UnpacksTooMuch(FileRefused):
    """A package that would need too much memory: a zip bomb or a very large document."""

    code = "file-unpacks"
    template = N_("{file} unpacks to too much. Save its text alone into a new file.")


class Damaged(FileRefused):
    """The package is incomplete, contradicts itself, or needs a password. Params: file, detail."""

    code = "file-damaged"
    template = N_(
        "{file} is damaged or locked with a password ({detail}). "
        "Open it in the office program and save it again as a new file."
    )


BROKEN_PACKAGE = Phrase(N_("a part of it cannot be read"))
"""The detail where a library cannot unpack a package, or read the XML in it."""


class Forbidden(FileRefused):
    """The file has something that reports never need: entities, macros. Params: file, detail."""

    code = "file-forbidden"
    template = N_(
        "{file} holds what is not taken here ({detail}). "
        "Copy the text into a new file, save it and choose that one."
    )


class FarCell(FileRefused):
    """A cell outside the allowed rows and columns. Params: file, cell."""

    code = "file-far-cell"
    template = N_(
        "{file}: cell {cell} lies outside the table. "
        "Delete the rows and columns behind the table and save the file again."
    )


class BrokenCell(FileRefused):
    """A cell with an error value: #N/A, #REF!, #DIV/0!. Params: file, cell, error."""

    code = "file-broken-cell"
    template = N_(
        "{file}: cell {cell} holds the error {error}. Enter what belongs there and save the file again."
    )


class TooHeavy(FileRefused):
    """Reading the file took more time or memory than allowed."""

    code = "file-too-heavy"
    template = N_(
        "{file} takes too much time or memory to read. Copy the table into a new file and choose that one."
    )


class ReadersBusy(FileRefused):
    """Too many other files are being read now, or other work keeps the machine busy."""

    code = "file-readers-busy"
    template = N_("{file} cannot be read now: this machine is busy. Try again in a minute.")
