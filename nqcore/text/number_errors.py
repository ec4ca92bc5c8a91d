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
    """There are letters besides the digits, in a box without a measure. Params: text."""

    code = "figure-words"
    template = N_("“{text}” has letters. This box takes one number: type it with the keys 0 to 9.")


class WordsInFigure(NotAFigure):
    """The same in a box with a measure. Params: text, measure."""

    template = N_(
        "This box counts in {measure}; “{text}” has other words. If it counts the same, type the number "
        "alone; if not, work it out in {measure} and type that."
    )


class ScaledFigure(FigureError):
    """A number with words of scale or money: the figure in the measure of the box is shown as a question and
    never taken. Params: text, measure, figure."""

    code = "figure-scale"
    template = N_(
        "This box counts in {measure}: {figure}? If “{text}” is that, type {figure}; nothing was taken."
    )


class OtherScale(ScaledFigure):
    """The same where the figure cannot be said in one way, or does not fit. Params: text, measure."""

    template = N_(
        "This box counts in {measure}. Work “{text}” out in {measure} and type that number; nothing was "
        "taken."
    )


class ScaledTwoWays(ScaledFigure):
    """The same where its mark may be one of thousands or of decimals. Params: text, measure, whole,
    fraction."""

    template = N_(
        "This box counts in {measure}: {whole} or {fraction}? Type the one that “{text}” is; nothing was "
        "taken."
    )


class LetterForDigit(FigureError):
    """A letter in place of a digit: the letter O for 0, l for 1. Params: text, letters, figure."""

    code = "figure-letter"
    template = N_(
        "“{text}” has the letter {letters} where a digit belongs. If {figure} is meant, type {figure}; "
        "nothing was taken."
    )


class LetterAmongDigits(LetterForDigit):
    """The same where the digits can be read in two ways, or do not fit the box. Params: text, letters."""

    template = N_(
        "“{text}” has the letter {letters} where a digit belongs. Type the number again with the keys 0 to "
        "9; nothing was taken."
    )


class TwoFigures(FigureError):
    """More than one number: "10 người/05 nữ". Params: text, numbers."""

    code = "figure-two"
    template = N_(
        "“{text}” holds several numbers ({numbers}). Type the one that this indicator asks for; the others "
        "belong in their own boxes or in the explanation."
    )


class AboutFigure(FigureError):
    """About a number: "~1.500", "trên 200". Params: text."""

    code = "figure-about"
    template = N_(
        "“{text}” is not exact. Type the exact number; leave the box blank until it is known."
    )


class DirectionInWords(FigureError):
    """A number with a word for its sign: "giảm 5%". Params: text, change."""

    code = "figure-direction"
    template = N_(
        "“{text}” says in words that it goes up or down. If this box asks for the change, type {change}; if "
        "it asks for the number itself, type that number; nothing was taken."
    )


class MarkedFigure(FigureError):
    """A number with the mark of a footnote. Params: text, figure."""

    code = "figure-mark"
    template = N_(
        "“{text}” has the mark of a note. If the number is {figure}, type {figure}, and write the note as "
        "an explanation."
    )


class SymbolForFigure(FigureError):
    """A sign of official tables in place of a figure: "…", "x", "KPS". Params: text."""

    code = "figure-symbol"
    template = N_(
        "“{text}” is not a number. Type 0 if there was none; leave the box blank if the figure is not known "
        "yet."
    )


class ErrorAsFigure(FigureError):
    """An error of a spreadsheet as text: "#N/A". Params: text."""

    code = "figure-error"
    template = N_("“{text}” is an error of the spreadsheet, not a number. Type what belongs there.")


class PercentAsFigure(FigureError):
    """A percentage in a box of another measure. Params: text, measure."""

    code = "figure-percent"
    template = N_(
        "“{text}” is a percentage, this box counts in {measure}. Type the number in {measure}."
    )


class UnreadableFigure(FigureError):
    """The text is no number, or its separators contradict each other. Params: text, example."""

    code = "figure-unreadable"
    template = N_("Cannot read “{text}”. Write it again like {example}.")


class DateAsFigure(UnreadableFigure):
    """A day, as a spreadsheet makes it of "1/5". Params: text, example."""

    code = "figure-date"
    template = N_(
        "“{text}” is a day or a fraction, not a number: Excel turns a text such as 1/5 into a day. Type the "
        "number again, like {example}."
    )


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


class ShareAsFigure(TooManyDecimals):
    """A share of 1 in a box of per cent, with more decimals than that keeps. Params: text, percent,
    decimals."""

    code = "figure-share"
    template = N_(
        "Is “{text}” a share of 1? Then type {percent}. If it is “{text}” per cent, round it: digits kept "
        "after the comma: {decimals}."
    )


class PerThousandFigure(FigureError):
    """A figure in ‰ in a box of per cent. Params: text, percent."""

    code = "figure-per-thousand"
    template = N_("“{text}” is per thousand, this box counts in per cent. Type {percent}.")


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
        "This box takes one number, there are {length} characters. Type that number only; other words "
        "belong in the explanation."
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
