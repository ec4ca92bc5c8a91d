"""Problems: the result of a check of one field of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from enum import StrEnum

from nqcore.errors import Translate, fill


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
        return fill(self.template, self.params, translate)

    @property
    def blocks(self) -> bool:
        """Whether the problem prevents sending the submission."""
        return self.severity in (Severity.ERROR, Severity.BLANK)
