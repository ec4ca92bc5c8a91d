"""File names given by users: only for showing, never used as a path."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 255
"""The longest file name that file systems allow, so no real name is cut."""
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def shown_name(name: str) -> str:
    """`name` for showing: without folders, control and direction characters, in NFC, at most 255
    characters; its extension is kept. "tệp" when nothing is left. Safe to show and to offer for a
    download (as an RFC 6266 ``filename*``); the file itself is stored under an id, never under this
    name."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in name
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = " ".join(re.sub(r'[<>:"|?*]', "_", kept).split()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 8:
        kept = stem[: MAX_LENGTH - len(ending) - 1].rstrip() + dot + ending
    kept = kept[:MAX_LENGTH]
    if _DEVICES.match(kept):
        kept = "_" + kept
    return kept or "tệp"
