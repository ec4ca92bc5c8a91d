"""The error of this package: a formula that cannot be read."""

from __future__ import annotations

from nqcore.errors import N_, InputError, Translate


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
        super().__init__(position=position, problem=problem.format(**details))

    def message(self, translate: Translate = str) -> str:
        """The sentence for a reader; `translate` maps an English msgid to the reader's language."""
        problem = translate(self.problem).format(**self.details)
        return translate(self.template).format(position=self.position, problem=problem)
