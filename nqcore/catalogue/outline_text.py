"""An outline as tables of TOML, as definition files and `workspace.toml` have it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from nqcore.model.outlines import AnnexKind, Lead, Outline, OutlinePart, Take


def outline_lines(outline: Outline) -> Iterator[str]:
    """The lines of the tables; what has its default is left out.

    >>> part = OutlinePart(key="kq", heading="Kết quả")
    >>> [*outline_lines(Outline(id="o", title="t", parts=(part,)))][-2:]
    ['key = "kq"', 'heading = "Kết quả"']
    """
    yield "[[outline]]"
    yield f"id = {_quoted(outline.id)}"
    yield f"title = {_quoted(outline.title)}"
    if outline.annexes != tuple(AnnexKind):
        yield f"annexes = {_list(outline.annexes)}"
    if outline.default_for:
        yield f"default_for = {_list(outline.default_for)}"
    if outline.periods:
        yield f"periods = {_list(outline.periods)}"
    if outline.basis:
        yield f"basis = {_quoted(outline.basis)}"
    for part in outline.parts:
        yield ""
        yield from _part_lines(part)


def _part_lines(part: OutlinePart) -> Iterator[str]:
    yield "[[outline.part]]"
    yield f"key = {_quoted(part.key)}"
    if part.heading:
        yield f"heading = {_quoted(part.heading)}"
    if part.level != 1:
        yield f"level = {part.level}"
    if part.takes:
        yield f"takes = [{', '.join(map(_take, part.takes))}]"
    if part.offers:
        yield f"offers = {_list(part.offers)}"
    if part.hint:
        yield f"hint = {_quoted(part.hint)}"


def _take(take: Take) -> str:
    pairs = [f"what = {_quoted(take.what)}"]
    pairs += [
        f"{key} = {_list(getattr(take, key))}"
        for key in ("rules", "rows", "forms")
        if getattr(take, key)
    ]
    if take.leads:
        pairs.append(f"leads = [{', '.join(map(_lead, take.leads))}]")
    return f"{{ {', '.join(pairs)} }}"


def _lead(lead: Lead) -> str:
    carried = f", carried_by = {_list(lead.carried_by)}" if lead.carried_by else ""
    return f"{{ text = {_quoted(lead.text)}{carried} }}"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    # A JSON string that keeps all letters as they are is a string of TOML, but for this one character.
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
