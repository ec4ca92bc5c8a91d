"""What `nq doctor` finds: one thing that is wrong, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nqcore.errors import Translate, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that is wrong. `template` is the msgid of a sentence that says what to do."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self, translate: Translate = str) -> str:
        """The sentence for the user, in the language of `translate`."""
        return fill(self.template, self.params, translate)


def diagnosis(code: str, template: str, **params: object) -> Diagnosis:
    """A diagnosis with these parameters."""
    return Diagnosis(code=code, template=template, params=params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The facts about the machine that the checks need; a test gives its own.

    `root`: whether the program runs as root; `mounts`: the text of /proc/self/mountinfo (None: read it);
    `free`: free bytes on the disk (None: ask the system).
    """

    now: datetime
    environment: Mapping[str, str]
    root: bool
    mounts: str | None = None
    free: int | None = None

    @staticmethod
    def this(now: datetime) -> Machine:
        """The machine on which the program runs."""
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        return Machine(now=now, environment=os.environ, root=root)
