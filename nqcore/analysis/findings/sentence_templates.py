"""Makes a sentence from a template; its figures are references and not text."""

from __future__ import annotations

from collections.abc import Mapping
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
        else:
            pieces.append(Text(part))
    return tuple(pieces)
