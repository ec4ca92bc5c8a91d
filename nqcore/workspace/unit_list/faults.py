"""What is wrong with a list of units: nothing is made of it then."""

from __future__ import annotations

from collections.abc import Sequence

from nqcore.errors import N_, InputError, NqError, Phrase, Translate, say_lines


class BadUnitList(InputError):
    """A row of the list cannot be read. Nothing was made."""

    code = "bad-unit-list"
    template = N_("{file}, row {row}: {detail}")

    def __init__(self, *, file: str, row: int, detail: Phrase | NqError) -> None:
        super().__init__(file=file, row=row, detail=detail)


class BadUnitRows(BadUnitList):
    """Several rows cannot be read: `faults` are all of them, in the order of the file."""

    template = N_("{file}: {count} rows to correct.")

    def __init__(self, faults: Sequence[BadUnitList]) -> None:
        self.faults = tuple(faults)
        first = faults[0].params
        NqError.__init__(self, file=first["file"], row=first["row"], count=len(faults))

    def message(self, translate: Translate = str) -> str:
        return say_lines(super().message(translate), self.faults, translate)

    def __str__(self) -> str:
        return self.message()


class RowFaults:
    """The mistakes of one list, noted while it is read on."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[BadUnitList] = []

    def add(self, row: int, words: str, **params: object) -> None:
        """A mistake of the row, in words."""
        self.add_detail(row, Phrase(words, params))

    def add_detail(self, row: int, detail: Phrase | NqError) -> None:
        """A mistake of the row; a row has one, the first that is found."""
        if any(fault.params["row"] == row for fault in self._found):
            return
        self._found.append(BadUnitList(file=self.file, row=row, detail=detail))

    def __bool__(self) -> bool:
        return bool(self._found)

    def finish(self) -> None:
        """Raise BadUnitList for one mistake, BadUnitRows for several."""
        if len(self._found) == 1:
            raise self._found[0]
        if self._found:
            raise BadUnitRows(sorted(self._found, key=lambda fault: int(str(fault.params["row"]))))
