"""A model district: its units, its plan 70-KH/HU with targets and tasks, a check, and demo figures.

Other districts start from a copy of this package and rewrite the TOML files. `study_check.py` is an
example of a check in code; `profiles.py`, `figures.py`, `narratives.py`, `history.py` are only for the demo.
"""

from __future__ import annotations

from nq_model_district.study_check import PeopleWithoutConference
from nqcore.plugin import Check, Definitions, Demo, hook, read_definitions


@hook
def definitions() -> Definitions:
    """What the TOML files define."""
    return read_definitions(__name__)


@hook
def checks() -> tuple[Check, ...]:
    """The district's check on the quarterly form."""
    return (PeopleWithoutConference(),)


@hook
def demo() -> Demo:
    """Accounts and ten years of reports, as of 5 October 2018."""
    # Imported here, because only a demo needs the figures.
    from nq_model_district.history import history

    return history(definitions())
