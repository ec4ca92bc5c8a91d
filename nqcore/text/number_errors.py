"""Why a typed figure was refused. Each message says what is wrong and how to correct it.

The wording follows the Vietnamese messages of the interface (the catalogue in `nqcore/locale`).
The caller puts the label of the cell ("B5. ") in front.
"""

from __future__ import annotations

from nqcore.errors import N_, InputError
from nqcore.text import characters


class FigureError(InputError):
    """A figure cannot be read. The program does not guess."""

    code = "figure"


class NotAFigure(FigureError):
    """There are letters besides the digits. Params: text."""

    code = "figure-words"
    template = N_(
        "This box takes numbers only. Delete the letters in “{text}” and keep the number."
    )


class UnreadableFigure(FigureError):
    """The text is no number, or its separators contradict each other. Params: text, example."""

    code = "figure-unreadable"
    template = N_("Cannot read “{text}”. Write it again like {example}.")


class ShortenedFigure(FigureError):
    """Exponent notation, as a spreadsheet shows it in a narrow column. Params: text."""

    code = "figure-exponent"
    template = N_("“{text}” is a shortened number. Write out all its digits.")


class AmbiguousFigure(FigureError):
    """`1.026` in a field with decimals. Params: text, whole, fraction, rewritten."""

    code = "figure-ambiguous"
    template = N_("{whole} or {fraction}? Write “{text}” again as {whole} or {rewritten}.")


class AmbiguousShort(AmbiguousFigure):
    """The same in a field with one or two decimals: if the fraction is meant, the user must round it.
    Params: text, whole, fraction, decimals."""

    template = N_(
        "{whole} or {fraction}? Write “{text}” again as {whole}; "
        "if {fraction} is meant, round it to {decimals} digits after the comma."
    )


class NotWhole(FigureError):
    """Decimals in a field that has none. Params: text."""

    code = "figure-not-whole"
    template = N_("Enter a whole number, without decimals. The unit entered {text}.")


class TooManyDecimals(FigureError):
    """More decimals than the field keeps. Params: text, decimals."""

    code = "figure-decimals"
    template = N_("Digits kept after the comma: {decimals}. Round “{text}”.")


class FigureTooLong(FigureError):
    """More than 15 digits. Params: text, digits, limit."""

    code = "figure-digits"
    template = N_(
        "“{text}” has {digits} digits, at most {limit} fit. Check it and delete what is too much."
    )


class TooMuchTyped(FigureError):
    """More characters than any figure has; the text itself is not repeated. Params: length."""

    code = "figure-length"
    template = N_(
        "This box takes one number, there are {length} characters. Delete all but the number."
    )


class HiddenCharacter(FigureError):
    """A character that cannot be seen: control, bidi, zero-width, surrogate. Params: codepoint."""

    code = "figure-hidden-character"
    template = characters.HIDDEN


class ForeignDigits(FigureError):
    """Digits of another script. Params: text, character, codepoint, rewritten."""

    code = "figure-foreign-digits"
    template = characters.FOREIGN_DIGITS


class NotADigit(FigureError):
    """A number character that is not a digit: ½, ², Ⅳ, ①. Params: character, codepoint."""

    code = "figure-not-a-digit"
    template = N_(
        "“{character}” ({codepoint}) is not one of the digits 0 to 9. "
        "Type the number again with the number keys."
    )


class NotCanonical(FigureError):
    """A stored figure is not in its canonical form. Params: text."""

    code = "figure-not-canonical"
    template = N_("“{text}” is not an exact number as programs write it. Write it like 1234.5.")
