"""A model province: its action programme 13-NQ/TU, tasks, targets, a deadline, a rule of its own.

A province lays its own wishes over a directive pack without touching it: the deadline of the yearly
form is an overlay on `nq_res20`'s, in force for the subtree it names only.
"""

from __future__ import annotations

from nq_model_province.dialogue import NoDialogue
from nqcore.plugin import Definitions, Rule, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files say."""
    return read_definitions(__name__)


@hook
def rules() -> tuple[Rule, ...]:
    """The province's rule on dialogue at the workplace."""
    return (NoDialogue(),)
