"""What was given for the fields of one form, and what came of reading it: unread texts and problems."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from nqcore.errors import N_, InputError, WrongArgument
from nqcore.model.problems import Problem, Severity
from nqcore.text.characters import LOST, find_unstorable
from nqcore.text.folding import nfc
from nqcore.text.numbers import write_figure

TEXT = "the text that is typed"
UNKNOWN_CHOICE = N_("“{choice}” is not one of the choices. Tick again from the list.")
NO_PARAMS: Mapping[str, object] = MappingProxyType({})
_SURROGATE = re.compile("[\ud800-\udfff]")


class FieldInput:
    """What was given for a form by input name ("B4", "VB1.number"), or with its class by field key. A
    field reads its part; what it cannot read it keeps here as `unread` (by input name), with a problem."""

    def __init__(self, given: Mapping[str, object], today: date) -> None:
        self.given, self.today = given, today
        self.wanted = TEXT
        """What a program may give for the field that is read now."""
        self.unread: dict[str, str] = {}
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """The text given under `name`. A float is refused: it cannot hold most decimal figures exactly."""
        value = self.given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise WrongArgument(argument=name, given=repr(value), wanted=self.wanted)
        # Half of a surrogate pair cannot be stored; a visible sign takes its place.
        return _SURROGATE.sub(LOST, nfc(str(value)))

    def problem(
        self, name: str, code: str, template: str, params: Mapping[str, object] = NO_PARAMS,
        severity: Severity = Severity.ERROR,
    ) -> None:  # fmt: skip
        """Note a problem of the box `name`. `template` is a msgid, filled with `params`."""
        self.problems.append(
            Problem(field=name, code=code, severity=severity, template=template, params=params)
        )

    def blank(self, name: str, template: str) -> None:
        """Note that the box has still to be filled in."""
        self.problem(name, "blank", template, severity=Severity.BLANK)

    def keep(self, name: str, text: str) -> None:
        """Keep a text that could not be read, as it was typed."""
        self.unread[name] = text

    def refuse(self, name: str, text: str, wrong: InputError) -> None:
        """Keep a text that cannot be read, with the problem that says why."""
        self.keep(name, text)
        self.problem(name, wrong.code, wrong.template, wrong.params)

    def is_storable(self, name: str, text: str, label: str, most: int) -> bool:
        """Whether the text can be stored; if not, it is kept as unread, with a problem. `most`: how many
        characters it may have."""
        bad = find_unstorable(text)
        if bad is not None:
            self.problem(
                name,
                "control-character",
                N_(
                    "The text holds a character that cannot be stored (U+{code}). Delete it and type again."
                ),
                {"code": f"{ord(bad):04X}"},
            )
        elif len(text) > most:
            self.problem(
                name,
                "too-long",
                N_("“{label}” has {length} characters, at most {most}. Shorten it by {over}."),
                {
                    "label": label,
                    "length": write_figure(Decimal(len(text))),
                    "most": write_figure(Decimal(most)),
                    "over": write_figure(Decimal(len(text) - most)),
                },
            )
        else:
            return True
        self.keep(name, text)
        return False

    def choice(self, name: str, text: str, codes: Collection[str]) -> str | None:
        """The code that was chosen in a box of the kind ONE_OF; None for nothing, and with a problem for
        anything else."""
        if not text:
            return None
        if text in codes:
            return text
        self.keep(name, text)
        self.problem(
            name,
            "unknown-choice",
            N_("“{choice}” is not one of the choices ({codes}). Choose again."),
            {"choice": text, "codes": ", ".join(codes)},
        )
        return None
