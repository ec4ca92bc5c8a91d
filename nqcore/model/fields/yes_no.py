"""Yes or no (*có/không*)."""

from __future__ import annotations

from dataclasses import dataclass

from nqcore.errors import N_, Translate
from nqcore.model.fields.boxes import Box, BoxKind, Option
from nqcore.model.fields.field import DefinitionLookup, LabelledField
from nqcore.model.fields.field_input import FieldInput

YES, NO = "yes", "no"
"""The codes of the two answers, for rules and in files."""
_OPTIONS = (Option(code=YES, text=N_("Yes")), Option(code=NO, text=N_("No")))


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoField(LabelledField[bool]):
    """A question that is answered with yes or no; leaving it open is no answer."""

    toml = "yes_no"
    answers = bool
    group = "yes_no"
    wanted = "True, False, “yes” or “no”"

    @property
    def boxes(self) -> tuple[Box, ...]:
        return (Box(name=self.key, kind=BoxKind.ONE_OF, options=_OPTIONS, fixed=True),)

    def read(self, entry: FieldInput, definitions: DefinitionLookup) -> bool | None:
        value = entry.given.get(self.key)
        if isinstance(value, bool):
            return value
        text = entry.text(self.key).strip()
        code = entry.choice(self.key, text, (YES, NO))
        if code is None:
            if not text:
                entry.blank(self.key, N_("Choose yes or no."))
            return None
        return code == YES

    def write(self, answer: bool, definitions: DefinitionLookup) -> tuple[str, ...]:
        return (YES if answer else NO,)

    def lines(self, answer: bool | None, translate: Translate) -> tuple[str, ...]:
        if answer is None:
            return (translate(N_("Not filled in")),)
        return (translate(N_("Yes") if answer else N_("No")),)

    @classmethod
    def codes(cls, answer: bool) -> tuple[str, ...]:
        return (YES if answer else NO,)

    @classmethod
    def plain(cls, answer: bool) -> str:
        return YES if answer else NO
