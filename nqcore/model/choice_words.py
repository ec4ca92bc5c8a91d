"""The words for what can be chosen in a definition: English here, Vietnamese in the catalogue of messages.

How a figure adds up has its words beside it (`OVER_UNITS_LABELS`), kinds of units in `kind_words`, periods in
`periods.EVERY`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nqcore.errors import N_
from nqcore.model.directives import LinkKind
from nqcore.model.findings import FindingKind, Joins
from nqcore.model.indicators import Direction
from nqcore.model.periods import HolidayRule
from nqcore.model.targets import Aim

LINK_LABELS: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.IMPLEMENTS: N_("carries out"),
        LinkKind.CONCLUDES: N_("concludes on"),
        LinkKind.REPLACES: N_("replaces"),
        LinkKind.AMENDS: N_("amends"),
        LinkKind.GOES_WITH: N_("goes with"),
        LinkKind.GUIDED_BY: N_("is guided by"),
    }
)
"""What one directive does with another (a msgid)."""

AIM_LABELS: Mapping[Aim, str] = MappingProxyType(
    {Aim.AT_LEAST: N_("at least"), Aim.AT_MOST: N_("at most")}
)
"""How a value is held against its target (a msgid)."""

DIRECTION_LABELS: Mapping[Direction, str] = MappingProxyType(
    {
        Direction.NEUTRAL: N_("neither more nor less is better"),
        Direction.UP: N_("more is better"),
        Direction.DOWN: N_("less is better"),
    }
)
"""Which way is good (a msgid)."""

FINDING_LABELS: Mapping[FindingKind, str] = MappingProxyType(
    {FindingKind.RESULT: N_("a result"), FindingKind.SHORTCOMING: N_("a shortcoming")}
)
"""What a rule finds (a msgid)."""

JOINS_LABELS: Mapping[Joins, str] = MappingProxyType(
    {
        Joins.SENTENCE: N_("a sentence of its own"),
        Joins.CLAUSE: N_("a part of the sentence before it"),
    }
)
"""How a finding follows another of its row (a msgid)."""

HOLIDAY_LABELS: Mapping[HolidayRule, str] = MappingProxyType(
    {
        HolidayRule.KEEP: N_("stays on that day"),
        HolidayRule.NEXT: N_("moves to the next working day"),
        HolidayRule.PREVIOUS: N_("moves to the working day before"),
    }
)
"""What a deadline on a day off does (a msgid)."""

QUESTION_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "figure": N_("a figure"),
        "document": N_("number and date of a plan"),
        "task": N_("how far a task is"),
        "choices": N_("ticks"),
        "yes_no": N_("yes or no"),
        "day": N_("a day"),
        "narrative": N_("words"),
    }
)
"""How the types of fields are answered (a msgid)."""

CASE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "some": N_("several units"),
        "one": N_("one unit"),
        "none": N_("no unit"),
        "zero": N_("the value is 0"),
        "part": N_("0 in a part of the time of the target"),
        "below": N_("below the target"),
        "ahead": N_("ahead of the path"),
        "behind": N_("behind the path"),
    }
)
"""What the sentence of each case of a rule is about (a msgid)."""

RULE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "still-zero": N_("Rule: still none, or below its target"),
        "gaps": N_("Rule: units without any for several periods"),
        "same-complaint": N_("Rule: several units say the same difficulty"),
        "grown": N_("Rule: better over the years (risen, or fallen where less is better)"),
        "total": N_("Rule: how much was done"),
        "target": N_("Rule: a target reached or missed"),
        "plans": N_("Rule: plans issued or missing"),
        "answers": N_("Rule: units that answered so"),
        "days": N_("Rule: the days that units gave"),
    }
)
"""What each type of rules looks for (a msgid)."""
