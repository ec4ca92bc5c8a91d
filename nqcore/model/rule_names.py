"""The names in braces that sentences of rules may have: what each stands for, with an example.

`RULE_TYPES` says which of them a case of a rule type fills; the page where an office makes rules shows
those with the words of this table. The examples are pieces of sentences, as the program writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from nqcore.errors import N_
from nqcore.model.rules import RuleTypeDeclaration


class NameInBraces(NamedTuple):
    """A name, what it stands for (a message), and what the program may write in its place."""

    name: str
    meaning: str
    example: str


RULE_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # of units
        "units": (N_("how many units did so, of how many"), "5 trong 8"),
        "some": (N_("“a number of” or “all” units, by how many they are"), "một số"),
        "names": (N_("names of the units"), "Xã A, Xã B"),
        "having": (N_("how many units have more than 0, of those with reports"), "12 trong 17"),
        "gap_units": (N_("how many units have had none for so long, of how many"), "5 trong 28"),
        "issued": (N_("how many units have issued their plan, of how many"), "22 trong 25"),
        "missing": (N_("how many units lack it, of how many"), "3 trong 25"),
        "missing_names": (N_("names of the units that lack it"), "Xã C, Xã D"),
        "unreported": (N_("of how many units nothing is known, of how many"), "2 trong 27"),
        "unreported_names": (N_("names of the units of which nothing is known"), "Xã E"),
        "list": (N_("the units that gave a day, each with its day"), "Xã A (05/9/2018)"),
        "given": (N_("how many units gave a day, of how many"), "5 trong 8"),
        "open": (N_("how many units say “not yet”, of how many"), "1 trong 8"),
        "open_names": (N_("names of the units that say “not yet”"), "Xã B"),
        # of figures
        "value": (N_("the value"), "16"),
        "target": (N_("the value of the target"), "90"),
        "path": (N_("the value that the path to the target has on that day"), "82"),
        "indicator": (N_("name of the indicator"), "tỷ lệ đóng bảo hiểm"),
        "first": (N_("the value at the beginning"), "5"),
        "last": (N_("the value at the end"), "8"),
        "move": (N_("from which value to which, and by how much"), "tăng từ 5 lên 8 người"),
        "change": (N_("the difference, with its sign"), "+3"),
        "gap": (N_("so many periods in a row"), "3"),
        "row": (N_("for how many periods in a row"), "có từ 3 quý liên tiếp trở lên"),
        # of time
        "since": (N_("the year in which the time begins"), "2008"),
        "until": (N_("the year in which the time ends"), "2018"),
        "period": (N_("the time of the target"), "năm 2018"),
        "first_period": (N_("the first year"), "2008"),
        "last_period": (N_("the last year"), "2018"),
        "then": (N_("the first time, in words"), "năm 2008"),
        "now": (N_("the last time, in words"), "đến nay"),
        "over": (N_("the time of which the figures speak"), "trong năm 2018"),
        "by": (N_("the day up to which the figures speak"), "đến hết quý II năm 2018"),
        # of every sentence
        "judgement": (
            N_("the words of judgement, where the figures bear them out"),
            "chuyển biến rõ",
        ),
        "population": (N_("how many units have reported, of how many"), "11 trong 103"),
        "area": (N_("“in the area” behind that number, or nothing"), "trên địa bàn"),
        "unit": (N_("the review's own unit, where the sentence is about it alone"), "Xã A"),
    }
)
"""By name: what it stands for, and an example."""

OF_AN_INDICATOR = N_("the value of this indicator, by its label")
_NTH = re.compile(r"(.+)_(\d+)")


def names_in_braces(
    declared: RuleTypeDeclaration, case: str, indicators: tuple[str, ...]
) -> tuple[NameInBraces, ...]:
    """The names that the sentence for `case` may have, each once, in the order in which they are declared.

    >>> from nqcore.model.rules import RULE_TYPES
    >>> [one.name for one in names_in_braces(RULE_TYPES["total"], "one", ("hu.T1",))][:3]
    ['T1', 'since', 'until']
    """
    return tuple(map(_explained, dict.fromkeys(declared.names(case, indicators))))


def _explained(name: str) -> NameInBraces:
    if name in RULE_NAMES:
        return NameInBraces(name, *RULE_NAMES[name])
    further = _NTH.fullmatch(name)
    if further and further[1] in RULE_NAMES:
        return NameInBraces(name, *RULE_NAMES[further[1]])
    return NameInBraces(name, OF_AN_INDICATOR, "1.310")
