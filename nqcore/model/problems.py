"""Problems: what a check says about one field of a submission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from enum import StrEnum


class Severity(StrEnum):
    """What a problem does."""

    ERROR = "error"
    """Blocks sending, never saving."""
    BLANK = "blank"
    """A box not filled in: blocks sending; shown as one line with a repair button."""
    WARNING = "warning"
    """Asks for an explanation, never blocks."""
    ECHO = "echo"
    """How an ambiguous typing was understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`template` is the msgid of the sentence, filled with `params`; `field` the key it stands at."""

    field: str
    code: str
    severity: Severity
    template: str
    params: Mapping[str, object] = _field(default_factory=dict)

    def message(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, in the language of `translate`."""
        return translate(self.template).format(**self.params)

    @property
    def blocks(self) -> bool:
        """Whether the submission cannot be sent with it."""
        return self.severity in (Severity.ERROR, Severity.BLANK)
