"""Problems: the result of a check of one field of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from enum import StrEnum
from textwrap import shorten

from nqcore.errors import Translate, say
from nqcore.text.old_encodings import find_misread, misread_error


class Severity(StrEnum):
    """The effect of a problem."""

    ERROR = "error"
    """Blocks sending, never saving."""
    BLANK = "blank"
    """An empty field: blocks sending. All empty fields are shown as one line with a button."""
    WARNING = "warning"
    """Asks for an explanation, never blocks."""
    ECHO = "echo"
    """Shows how an ambiguous figure was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`field` is the key of the field; `template` is the msgid of the message, filled with `params`."""

    field: str
    code: str
    severity: Severity
    template: str
    params: Mapping[str, object] = _field(default_factory=dict)

    def message(self, translate: Translate = str) -> str:
        """The message, in the language of `translate`."""
        return say(self.template, self.params, translate)

    @property
    def blocks(self) -> bool:
        """Whether the problem prevents sending the submission."""
        return self.severity in (Severity.ERROR, Severity.BLANK)


OLD_FONT_CODE = "old-font"
"""The code of the warning that a text is in an old encoding; a page offers to convert it."""
LETTERS_LOST_CODE = "letters-lost"
"""The code of the warning that letters of a text are lost: nothing can be offered."""


def letters_problem(field: str, text: str) -> Problem | None:
    """The warning that the letters of `text` are not those that were meant, with what may be meant; None
    for a text in Unicode.

    >>> letters_problem("N1", "Coâng ñoaøn cô sôû").params["text"]
    'Công đoàn cơ sở'
    """
    found = find_misread(text)
    if found is None:
        return None
    wrong = misread_error(found)
    return Problem(
        field=field,
        code=LETTERS_LOST_CODE if found.offered is None else OLD_FONT_CODE,
        severity=Severity.WARNING,
        template=wrong.template,
        params={**wrong.params, "text": shorten(str(wrong.params["text"]), 160, placeholder=" …")},
    )
