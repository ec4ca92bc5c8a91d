"""Why a file is refused, each reason with what to do about it."""

from __future__ import annotations

from typing import Self

from nqcore.errors import N_, InputError


class FileRefused(InputError):
    """A file cannot be taken; nothing of it was kept. `params` has its name as `file`."""

    code = "file-refused"

    @classmethod
    def said(cls, code: str, template: str, params: dict[str, object]) -> Self:
        """A refusal that was made in a child process, again as an error."""
        known = next((sub for sub in cls.__subclasses__() if sub.code == code), None)
        wrong = (known or cls).__new__(known or cls)
        if known is None:
            wrong.code, wrong.template = code, template  # type: ignore[misc]
        InputError.__init__(wrong, **params)
        return wrong


class TooBig(FileRefused):
    """More bytes than the kind allows."""

    code = "file-too-big"
    template = N_("{file} is over {megabytes} MB. Split it or save it smaller.")


class WrongKind(FileRefused):
    """Not what its name says, or nothing that is taken here."""

    code = "file-kind"
    template = N_("{file} is not a file of the kind {kinds}. Save it as one and choose it again.")


class Empty(FileRefused):
    """No bytes at all."""

    code = "file-empty"
    template = N_("{file} is empty. Check it and choose it again.")


class NotUtf8(FileRefused):
    """Text in another encoding, or with zero bytes."""

    code = "file-not-utf8"
    template = N_(
        "{file} is not text in UTF-8 (line {line}). Save it again in UTF-8, or as a Word or Excel file."
    )


class UnpacksTooMuch(FileRefused):
    """A package that would fill the memory: a zip bomb, or a very large document."""

    code = "file-unpacks"
    template = N_("{file} unpacks to too much. Save its text alone into a new file.")


class Damaged(FileRefused):
    """The package is not whole, or says two things of itself."""

    code = "file-damaged"
    template = N_(
        "{file} is damaged or locked with a password ({detail}). "
        "Open it in the office program and save it again as a new file."
    )


class Forbidden(FileRefused):
    """Something in it that a document of ours never needs: entities, macros."""

    code = "file-forbidden"
    template = N_(
        "{file} holds what is not taken here ({detail}). "
        "Copy the text into a new file, save it and choose that one."
    )


class FarCell(FileRefused):
    """A cell far away from the table."""

    code = "file-far-cell"
    template = N_(
        "{file}: cell {cell} lies outside the table. "
        "Delete the rows and columns behind the table and save the file again."
    )


class BrokenCell(FileRefused):
    """A cell whose formula came to nothing: #N/A, #REF!, #DIV/0!."""

    code = "file-broken-cell"
    template = N_(
        "{file}: cell {cell} holds the error {error}. Enter what belongs there and save the file again."
    )


class TooHeavy(FileRefused):
    """Reading it took more time or memory than a file may take."""

    code = "file-too-heavy"
    template = N_(
        "{file} takes too much time or memory to read. Copy the table into a new file and choose that one."
    )


class ReadersBusy(FileRefused):
    """Other files are being read, and that takes long."""

    code = "file-readers-busy"
    template = N_("{file} cannot be read now: other files are being read. Try again in a minute.")
