"""The numbered notes of a text whose blocks were moved, left out or added: signs follow their order again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from nqcore.analysis.report.footnotes import raised
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Block, Paragraph

# The raised digit of "m²" is no sign.
_SIGN = re.compile(r"(?<!\bm)(?<!\b[kcd]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ENDS = re.compile(r"[.:;]?\s*$")


class NoteSigns:
    """The notes of a report; blocks of the office may add some."""

    def __init__(self, notes: Iterable[Paragraph]) -> None:
        self._notes = list(notes)

    def sign(self, note: Sentence) -> str:
        """The sign of the note, which is added where the report does not have it; "" for no note."""
        if not note:
            return ""
        for one in self._notes:
            if one.sentence == note:
                return one.label
        label = raised(len(self._notes) + 1)
        self._notes.append(Paragraph(note, label=label, note=True, block=f"note:{label}"))
        return label

    def without(self, sentence: Sentence) -> tuple[Sentence, str]:
        """The sentence without the signs of notes, and the signs."""
        labels = {note.label for note in self._notes}
        signs: list[str] = []

        def taken(found: re.Match[str]) -> str:
            if found[0] not in labels:
                return found[0]
            signs.append(found[0])
            return ""

        plain = _each_sign(sentence, taken)
        return tuple(piece for piece in plain if piece != Text("")), "".join(signs)

    def renumbered(
        self, blocks: Sequence[Block]
    ) -> tuple[tuple[Block, ...], tuple[Paragraph, ...]]:
        """The blocks with the signs in the order of the text, and the notes to which one leads."""
        known = {note.label: note for note in self._notes}
        order: dict[str, str] = {}

        def again(found: re.Match[str]) -> str:
            if found[0] not in known:
                return found[0]
            return order.setdefault(found[0], raised(len(order) + 1))

        signed = tuple(
            replace(block, sentence=_each_sign(block.sentence, again))
            if isinstance(block, Paragraph)
            else block
            for block in blocks
        )
        return signed, tuple(replace(known[old], label=new) for old, new in order.items())


def with_sign(sentence: Sentence, sign: str) -> Sentence:
    """The sentence with the sign before its full stop or colon."""
    if not sign:
        return sentence
    last = sentence[-1] if sentence else Text("")
    if not isinstance(last, Text):
        return (*sentence, Text(sign))
    text = _ENDS.sub(lambda end: f"{sign}{end[0]}", last.text, count=1)
    return (*sentence[:-1], Text(text))


def _each_sign(sentence: Sentence, change: Callable[[re.Match[str]], str]) -> Sentence:
    return tuple(
        Text(_SIGN.sub(change, piece.text)) if isinstance(piece, Text) else piece
        for piece in sentence
    )
