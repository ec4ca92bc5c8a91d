"""The plugin of the office that the pages are tested on: a rule that speaks from two reports, with a number
of units in its sentence. It is installed as pip would, so that servers of their own find it, too."""

from nqcore.plugin import Definitions, hook, parse_definitions

RULES = """
[pack]
id = "huyen-thu"
since = 2008-01-28
basis = "Kế hoạch số 1"

[[rule]]
id = "huyen-thu.plans"
kind = "shortcoming"
directive = "20-NQ/TW"
title = "Xã chưa ban hành kế hoạch"
type = "plans"
field = "VB1"
coverage = 1
scope = { units = ["xa-binh-minh", "xa-dong-ha"] }
order = 1
sentences.some = "còn {missing} xã chưa ban hành kế hoạch ({missing_names})"
"""


@hook
def definitions() -> Definitions:
    """The one rule."""
    return parse_definitions("huyen-thu.toml", RULES)
