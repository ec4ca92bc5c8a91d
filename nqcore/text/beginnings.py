"""How a long text is named: by its first words."""

from __future__ import annotations

from nqcore.text.printable import printable

MOST_WORDS, MOST_LETTERS = 8, 80
"""So many words name a text, and no more letters than these."""


def first_words(text: str) -> str:
    """The first words of `text` on one line, with " …" where it goes on; a first word that is no word but a
    long row of letters is left out.

    >>> first_words("Đề nghị cấp trên bổ sung kinh phí cho năm sau")
    'Đề nghị cấp trên bổ sung kinh phí …'
    """
    every = printable(text).split()
    found: list[str] = []
    for word in every:
        if len(found) == MOST_WORDS or len(" ".join((*found, word))) > MOST_LETTERS:
            return " ".join((*found, "…"))
        found.append(word)
    return " ".join(found)
