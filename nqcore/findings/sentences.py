"""From a template and its parts to a sentence whose figures are live."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from nqcore.errors import DefinitionError
from nqcore.model.figures import Figure
from nqcore.model.findings import Counted, Live, Sentence, Words

Part = Figure | Counted | str


def fill(template: str, parts: Mapping[str, Part], rule: str, owner: str) -> Sentence:
    """`template` with each ``{name}`` replaced. Raises DefinitionError for a name that is unknown."""
    pieces: list[Words | Live | Counted] = []
    for words, name, _, _ in Formatter().parse(template):
        if words:
            pieces.append(Words(words))
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
            pieces.append(Live(part))
        elif isinstance(part, Counted):
            pieces.append(part)
        else:
            pieces.append(Words(part))
    return tuple(pieces)
