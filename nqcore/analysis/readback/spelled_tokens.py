"""Tokens with the words for their short forms, which stand at the place of the short form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.expected import ExpectedToken
from nqcore.analysis.readback.short_forms import ShortForms, one_spelling
from nqcore.analysis.report.tokens import TokenKind

One = TypeVar("One", DocToken, ExpectedToken)


def spelled(tokens: Sequence[One], forms: ShortForms) -> list[One]:
    """The tokens, each short form as so many tokens as it has words, and one spelling of each word."""
    found: list[One] = []
    for one in tokens:
        token = one.token
        if token.kind is not TokenKind.WORD:
            found.append(one)
            continue
        words = forms.words(token.text) or (one_spelling(token.key),)
        token.key = words[0]
        found.append(one)
        found += (replace(one, token=replace(token, key=word)) for word in words[1:])
    return found
