"""A model province: its action programme 13-NQ/TU, tasks, targets, a deadline, and a rule in code.

A province adds to a directive pack without changing its files: the deadline of the yearly form is an
overlay on the form of `nq_res20`, in force only for the units under the unit that it names.
"""

from __future__ import annotations

from nq_model_province.dialogue import NoDialogue
from nqcore.plugin import Definitions, Rule, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files define."""
    return read_definitions(__name__)


@hook
def rules() -> tuple[Rule, ...]:
    """The province's rule on dialogue at the workplace."""
    return (NoDialogue(),)
