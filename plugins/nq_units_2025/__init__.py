"""The reorganisation of 1 July 2025: 63 provinces became 34, 696 districts ended, 10,035 communes
became 3,321. The units before and after, and one dated change for each new commune and province."""

from nqcore.plugin import Definitions, hook


@hook
def definitions() -> Definitions:
    """All units and changes of the tables."""
    from nq_units_2025.reading import everything

    return everything()
