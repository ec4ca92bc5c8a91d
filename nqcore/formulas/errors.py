"""The error of this package: a formula that cannot be read."""

from __future__ import annotations

from nqcore.errors import N_, InputError, Phrase


class FormulaError(InputError):
    """A formula cannot be read.

    `problem` is the msgid that says what is wrong and what to do, `position` the character (counted
    from 1) where it was found.
    """

    code = "formula"
    template = N_("Character {position}: {problem}")

    def __init__(self, problem: str, *, position: int, **details: object) -> None:
        self.problem = problem
        self.position = position
        self.details = details
        super().__init__(position=position, problem=Phrase(problem, details))
