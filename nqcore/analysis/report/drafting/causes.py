"""Under which heading of an outline a cause stands: each heading for one kind of causes has only these."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.analysis.report.drafting.draft import OwnKind
from nqcore.model.outlines import Content, Outline, OutlinePart

_CONTENTS: Mapping[OwnKind, Content] = {
    OwnKind.OBJECTIVE: Content.OBJECTIVE_CAUSES,
    OwnKind.SUBJECTIVE: Content.SUBJECTIVE_CAUSES,
}
_PART = "part:"


def home_of_cause(outline: Outline, kind: OwnKind, part: str) -> str:
    """The name of the part for a block of that kind that is added to `part`: that part itself, but of a cause
    under a heading for causes of the other kind the nearest part for its own, where there is one."""
    own = _CONTENTS.get(kind)
    parts = [f"{_PART}{one.key}" for one in outline.parts]
    if own is None or part not in parts:
        return part
    here = parts.index(part)
    if not _kinds(outline.parts[here]) or own in _kinds(outline.parts[here]):
        return part
    places = [nth for nth, one in enumerate(outline.parts) if own in _kinds(one)]
    return parts[min(places, key=lambda nth: abs(nth - here))] if places else part


def kind_of_causes(outline: Outline, part: str) -> OwnKind | None:
    """The kind of causes that the part is for; None where it is for several, or for other words."""
    found = outline.part(part.removeprefix(_PART))
    kinds = _kinds(found) if found is not None else frozenset()
    return next((kind for kind, what in _CONTENTS.items() if kinds == {what}), None)


def _kinds(part: OutlinePart) -> frozenset[Content]:
    """Which of the two kinds of causes it takes in."""
    return frozenset(take.what for take in part.takes if take.what in _CONTENTS.values())
