"""Rules as data: a type defined in `analysis/findings`, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nqcore.model.findings import FindingKind
from nqcore.model.units import EVERY_UNIT, Scope

Parameter = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDefinition:
    """A rule from a plugin's TOML file.

    `type` names the test ("still-zero", "gaps" …; `analysis/findings/rule_types` lists them); `scope`
    limits the units that are tested. `sentences` are templates by case, with ``{name}`` for figures
    and texts. `tasks` are the tasks that answer the finding; `basis` is the legal basis.
    """

    id: str
    kind: FindingKind
    directive: str
    title: str
    type: str
    indicators: tuple[str, ...] = ()
    scope: Scope = EVERY_UNIT
    sentences: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Parameter] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()
    order: int = 0
    basis: str = ""
