"""Text → tokens: numbers, words (codes and function names), signs.

One pass with one pattern and no look-behind: the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nqcore.errors import N_
from nqcore.formulas.errors import FormulaError
from nqcore.formulas.expressions import MAX_DIGITS

MAX_LENGTH = 2_000

Kind: TypeAlias = Literal["number", "word", "sign", "end"]


@dataclass(frozen=True, slots=True)
class FormulaToken:
    """`position` counts characters from 1; a sign's text is itself, the end's text is empty."""

    kind: Kind
    text: str
    position: int


_TOKEN = re.compile(
    r"[ \t\r\n\u00a0]*+"
    r"(?:(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)"
    r"|(?P<sign><=|<(?!>)|>=?|==|=(?![<>])|!=|\*(?!\*)|[-+/(),])"
    r"|(?P<end>\Z))"
)
_SPACE = re.compile(r"[ \t\r\n\u00a0]*")
_GLUED = re.compile(r"[A-Za-z0-9_.]")

_USE_MINUS = N_("“{character}” is not a minus sign here. Type - from the keyboard.")
_USE_TIMES = N_("Write * for multiplication, not “{character}”.")
_USE_DIVIDE = N_("Write / for division, not “{character}”.")
_USE_NOT_EQUAL = N_("Write != for “is not equal to”, not “{character}”.")
_USE_AT_LEAST = N_("Write >= or <=, not “{character}”.")
_NO_POWER = N_("“{character}”: powers are not part of formulas. Multiply instead: B4*B4.")
_NO_LOGIC = N_("“{character}”: use if(…) inside if(…) to join two conditions.")
_NO_TEXT = N_("“{character}”: texts are not part of formulas. Remove the quotation marks.")
_NO_INDEX = N_("“{character}”: use only round brackets ( ).")
_NO_PERCENT = N_("“{character}” is not part of formulas. Write /100, or *100 for a percentage.")
_USE_COMMA = N_("Write a comma between the values of a function, not “{character}”.")
_LONE_POINT = N_(
    "The point stands alone. A decimal number has digits on both sides (0.5), a code has letters "
    "or digits on both sides (C3.1)."
)
_STRANGE = N_(
    "“{character}” is not part of formulas. Use the letters A–Z, the digits 0–9 and "
    "+ - * / ( ) , < > = only."
)
_TOO_LONG = N_(
    "The formula has {length} characters; at most {most} are read. Give a part of it an indicator "
    "code of its own and refer to that code."
)
_TOO_MANY_DIGITS = N_("A number has at most {most} digits, decimals included. Shorten it.")
_GLUED_NUMBER = N_(
    "Something is stuck to the number {number}. Put an operator between them, start a code with a "
    "letter, and write no point to group digits."
)
_CODE_WITH_UNDERSCORE = N_(
    "“{word}” cannot be a code: codes have letters, digits and points only. "
    "Functions with an underscore are: last_year(…)."
)

_MISTAKEN = {
    **dict.fromkeys("–—−‐‑", _USE_MINUS),
    **dict.fromkeys("×·", _USE_TIMES),
    **dict.fromkeys(":÷", _USE_DIVIDE),
    **dict.fromkeys("!≠", _USE_NOT_EQUAL),
    "<>": _USE_NOT_EQUAL,
    **dict.fromkeys(["≤", "≥", "=<", "=>"], _USE_AT_LEAST),
    **dict.fromkeys(["**", "^"], _NO_POWER),
    **dict.fromkeys("&|", _NO_LOGIC),
    **dict.fromkeys("\"'“”‘’", _NO_TEXT),
    **dict.fromkeys("[]{}", _NO_INDEX),
    "%": _NO_PERCENT,
    ";": _USE_COMMA,
    ".": _LONE_POINT,
}


def tokens(text: str) -> list[FormulaToken]:
    """All tokens of `text`, the last one of kind `end`. Raises FormulaError at the first character
    that is not part of the language."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(_TOO_LONG, position=MAX_LENGTH + 1, length=len(text), most=MAX_LENGTH)
    found: list[FormulaToken] = []
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unexpected_character(text, _skip_space(text, at))
        if (number := match["number"]) is not None:
            found.append(FormulaToken("number", number, match.start("number") + 1))
            _check_number(text, found[-1], match.end())
        elif (word := match["word"]) is not None:
            found.append(FormulaToken("word", word, match.start("word") + 1))
        elif (sign := match["sign"]) is not None:
            found.append(
                FormulaToken("sign", "=" if sign == "==" else sign, match.start("sign") + 1)
            )
        else:
            found.append(FormulaToken("end", "", len(text) + 1))
            return found
        at = match.end()


def as_word(text: str) -> str:
    """The text as a word that a formula can begin a code with: letters and digits, the first one a letter.

    >>> as_word("dang-uy-xa-dong-son"), as_word("2-xa.moi")
    ('danguyxadongson', 'x2xamoi')
    """
    word = re.sub(r"[^A-Za-z0-9]", "", text)
    return word if word[:1].isalpha() else f"x{word}"


def check_code(word: FormulaToken) -> None:
    """Raise FormulaError if a word that is used as a code contains "_"."""
    if "_" in word.text:
        raise FormulaError(_CODE_WITH_UNDERSCORE, position=word.position, word=word.text)


def _check_number(text: str, number: FormulaToken, end: int) -> None:
    if len(number.text.replace(".", "")) > MAX_DIGITS:
        raise FormulaError(_TOO_MANY_DIGITS, position=number.position, most=MAX_DIGITS)
    if _GLUED.match(text, end):
        raise FormulaError(_GLUED_NUMBER, position=end + 1, number=number.text)


def _skip_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _unexpected_character(text: str, at: int) -> FormulaError:
    for width in (2, 1):
        if (problem := _MISTAKEN.get(text[at : at + width])) is not None:
            return FormulaError(problem, position=at + 1, character=text[at : at + width])
    character = text[at]
    if not character.isprintable():
        character = f"U+{ord(character):04X}"
    return FormulaError(_STRANGE, position=at + 1, character=character)
