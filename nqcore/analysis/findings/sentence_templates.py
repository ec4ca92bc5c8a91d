"""Makes a sentence from a template; its figures are references and not text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from nqcore.errors import DefinitionError
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Piece, Sentence, Text, UnitCount, UnitNames

Part = Figure | UnitCount | UnitNames | str | Sentence


def fill_template(template: str, parts: Mapping[str, Part], rule: str, owner: str) -> Sentence:
    """`template` with each ``{name}`` replaced by the part of that name. Example: "đạt {value}" and
    {"value": figure} give (Text("đạt "), FigureRef(figure)). Raises DefinitionError for an unknown
    name."""
    pieces: list[Piece] = []
    for words, name, _, _ in Formatter().parse(template):
        if words:
            pieces.append(Text(words))
        if name is None:
            continue
        if name not in parts:
            raise DefinitionError(
                file=owner,
                key=f"rule[{rule}].sentences",
                detail=f"names {{{name}}}; known here: {', '.join(sorted(parts))}",
            )
        part = parts[name]
        if isinstance(part, Figure):
            pieces.append(FigureRef(part))
        elif isinstance(part, UnitCount | UnitNames):
            pieces.append(part)
        elif isinstance(part, tuple):
            pieces += part
        elif part:
            pieces.append(Text(part))
    return tuple(pieces)


_CLAUSE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A template with the clauses that stand, and the names of those that were left out."""

    template: str
    left_out: frozenset[str]


def standing(template: str, names: Sequence[str], above: Collection[str]) -> Standing | None:
    """`template` without the clauses in square brackets whose first name (in the order of `names`) is not in
    `above`, and with "; " between the others; None where none stands. Without brackets it is one clause.

    >>> standing("đã [thăm {A} lượt][hỗ trợ {B} đồng][tặng {C} suất]", "ABC", {"B", "C"}).template
    'đã hỗ trợ {B} đồng; tặng {C} suất'
    """

    def first(clause: str) -> str:
        return next((name for name in names if f"{{{name}}}" in clause), names[0])

    clauses = [found[1] for found in _CLAUSE.finditer(template)]
    if not clauses:
        return Standing(template, frozenset()) if first(template) in above else None
    kept = [clause for clause in clauses if first(clause) in above]
    if not kept:
        return None
    begin, end = template.index("["), template.rindex("]") + 1
    said = f"{template[:begin]}{'; '.join(kept)}{template[end:]}"
    named = {name for clause in clauses for name in names if f"{{{name}}}" in clause}
    return Standing(said, frozenset(name for name in named if f"{{{name}}}" not in said))
