"""The old encodings, by name."""

from __future__ import annotations

from enum import StrEnum


class Encoding(StrEnum):
    """How the letters of a text came to be wrong."""

    TCVN3 = "TCVN3"
    """TCVN 5712:1993, fonts such as .VnTime."""
    VNI = "VNI"
    """VNI-Windows, fonts such as VNI-Times."""
    MANGLED = "UTF-8"
    """UTF-8 that a program read as Windows-1252, Windows-1258 or Latin-1."""
    LOST = "lost"
    """Letters that became “?” or the replacement character."""
