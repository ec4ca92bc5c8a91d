"""The catalogue of messages: English sentences in the code, Vietnamese ones for the reader.

``nqcore/locale/vi/LC_MESSAGES/nqcore.po`` is the only source. It is compiled in memory, so there is
no binary file that could be out of date.
"""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO

from nqcore.errors import Translate

LANGUAGES = ("vi", "en")
"""The available languages. The English sentences are in the code."""


class _Catalogue(gettext.GNUTranslations):
    """The msgid "" of a catalogue is its own head: it is no sentence for people."""

    def gettext(self, message: str) -> str:
        return super().gettext(message) if message else ""


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of `language`; an empty one for English and unknown languages."""
    if language not in LANGUAGES or language == "en":
        return gettext.NullTranslations()
    # These are slow to load, so they are loaded only when a message is shown.
    from importlib.resources import files

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = files("nqcore") / "locale" / language / "LC_MESSAGES" / "nqcore.po"
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return _Catalogue(compiled)


def translator(language: str) -> Translate:
    """The argument of `NqError.message` and `Problem.message`: msgid → sentence in `language`."""
    return translations(language).gettext
