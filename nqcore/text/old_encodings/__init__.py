"""Vietnamese text that came through an old encoding or lost its letters: recognised and offered in Unicode.

One test decides, "are these Vietnamese syllables?", with one reading for each encoding:

| file | content |
|---|---|
| `encoding` | the encodings, by name |
| `examine` | the test: `find_misread(text)` |
| `reading` | what a reading is, and how a line is scored with it |
| `readings` | all readings |
| `tcvn3` | fonts such as .VnTime: "Céng hßa" |
| `vni` | fonts such as VNI-Times: "Coäng hoøa" |
| `mangled` | UTF-8 read as Windows-1252, Windows-1258 or Latin-1: "Cá»™ng hÃ²a" |
| `lost` | letters that became "?" or "\\ufffd": "C?ng h?a"; no reading brings them back |
| `refusals` | the errors and messages, and the check of a name |

Text is never converted without asking: a reading makes a proposal that a user accepts, or the user keeps the
words as they are typed (`letters_as_typed`).
"""

from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.examine import Misread, MisreadLine, find_misread
from nqcore.text.old_encodings.refusals import (
    LettersLost,
    MangledText,
    MisreadText,
    OldFontText,
    check_letters,
    letters_as_typed,
    may_be_meant,
    meant_as_typed,
    misread_error,
)

__all__ = [
    "Encoding",
    "LettersLost",
    "MangledText",
    "Misread",
    "MisreadLine",
    "MisreadText",
    "OldFontText",
    "check_letters",
    "find_misread",
    "letters_as_typed",
    "may_be_meant",
    "meant_as_typed",
    "misread_error",
]
