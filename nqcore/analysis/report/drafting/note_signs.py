"""The numbered notes of a text whose blocks were moved, left out or added: signs follow their order again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from nqcore.analysis.report.footnotes import raised, signed_text
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Block, Paragraph

# The raised digit of "m²" is no sign.
_SIGN = re.compile(r"(?<!\bm)(?<!\b[kcd]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = re.compile(rf"(?:(?<=[⁰¹²³⁴⁵⁶⁷⁸⁹]), )?{_SIGN.pattern}(?:, [⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
"""The signs of one place, as `signed_text` writes them: "¹", "¹, ²", and ", ¹" behind "m²"."""
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
        """The sentence without the signs of notes, and the signs as they stand in one place ("¹, ²")."""
        labels = {note.label for note in self._notes}
        signs: list[str] = []

        def taken(found: re.Match[str]) -> str:
            each = found[0].split(", ")
            signs.extend(one for one in each if one in labels)
            others = [one for one in each if one not in labels]
            return ", ".join(others) if any(others) else ""

        plain = _each(_SIGNS, sentence, taken)
        kept = tuple(piece for piece in plain if piece != Text(""))
        return kept, ", ".join(dict.fromkeys(signs))

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
            replace(block, sentence=_each(_SIGN, block.sentence, again))
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
    end = _ENDS.search(last.text)
    assert end is not None  # it finds an empty end, too
    before = last.text.removesuffix(end[0])
    return (*sentence[:-1], Text(f"{before}{signed_text(before, sign)}{end[0]}"))


def _each(
    signs: re.Pattern[str], sentence: Sentence, change: Callable[[re.Match[str]], str]
) -> Sentence:
    return tuple(
        Text(signs.sub(change, piece.text)) if isinstance(piece, Text) else piece
        for piece in sentence
    )
