"""Which new passwords are refused, because they are guessed first (OWASP ASVS 5.0, 6.2.4 and 6.2.11).

A password may have any characters, and none is asked for. Refused are: a password of the bundled list of
common ones, one that repeats a few characters or counts up or down, a day or a telephone number, and one that
is made of nothing but the account's own names, the office's and the program's words, digits and signs.
Capitals, accents, spaces and signs make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

from nqcore.collection.accounts.passwords import WeakPassword, check_length
from nqcore.errors import N_
from nqcore.text.folding import fold, slug

PROGRAM_WORDS = (
    *("nqcore", "webforms", "nghi quyet", "chi thi", "bao cao", "van phong", "huyen uy", "tinh uy"),
    *("dang uy", "cong doan", "uy ban", "quan tri", "mat khau", "dang nhap", "nguoi dung", "demo"),
    *("admin", "administrator", "password", "viet nam", "anh yeu em", "em yeu anh", "khong biet"),
)
"""Words of the program, of its field and of Vietnamese lists that are tried first; folded."""
SHORTEST_SYLLABLE = 2
"""Letters of a syllable of a name that is looked for."""
LONGEST_BLOCK = 4
"""Characters that a password may not consist of alone, repeated."""
FEWEST = 3
"""Different characters that a password has at least."""
YEARS = range(1900, 2100)
_DAYS = tuple(
    re.compile(rf"{one}[\W_]*{two}[\W_]*{three}", re.ASCII)
    for day, month, year in [(r"(?P<d>\d\d?)", r"(?P<m>\d\d?)", r"(?P<y>\d{4})")]
    for one, two, three in [(day, month, year), (month, day, year), (year, month, day)]
)
_TELEPHONE = re.compile(r"(?:0|84|0084)[235789]\d{8,9}", re.ASCII)
"""Of Viet Nam: a mobile or a fixed number, with or without the country's code."""


class CommonPassword(WeakPassword):
    """The password is one that many people use, or a few characters again and again."""

    template = N_(
        "Many people use this password, so it is tried first. Choose another one: a short sentence "
        "that only you would write."
    )


class PasswordOfNames(WeakPassword):
    """The password has nothing but names of the account, the unit, the office or the program."""

    template = N_(
        "This password is made of the name of the account, the unit or the program, so it is tried "
        "first. Choose another one: a short sentence that only you would write."
    )


class PasswordOfDigits(WeakPassword):
    """The password is a day or a telephone number."""

    template = N_(
        "This password is a day or a telephone number, so it is tried first. Choose another one: a short "
        "sentence that only you would write."
    )


def check_password(password: str, names: Iterable[str]) -> None:
    """Raise WeakPassword, CommonPassword, PasswordOfDigits or PasswordOfNames for a new password that is
    guessed first.

    `names` are the account's own words: its login, its user's name, its unit, the office.

    >>> from nqcore.collection.accounts.password_rules import check_password
    >>> check_password("trời mưa hai hôm", ["xa-an-phu", "Xã An Phú"])
    >>> check_password("XaAnPhu@2026", ["xa-an-phu", "Xã An Phú"])
    Traceback (most recent call last):
    nqcore.collection.accounts.password_rules.PasswordOfNames: This password is made of …
    """
    check_length(password)
    plain = _plain(password)
    if _lower(password) in _common() or plain in _common() or _monotonous(plain):
        raise CommonPassword
    if _TELEPHONE.fullmatch(plain) or _is_day(password):
        raise PasswordOfDigits
    if _only_names(plain, {_plain(word) for word in PROGRAM_WORDS}.union(*map(_parts, names))):
        raise PasswordOfNames


def _lower(password: str) -> str:
    return password.casefold().strip()


def _plain(text: str) -> str:
    """Its letters and digits without capitals and accents; the text itself where it has none."""
    return re.sub(r"[\W_]", "", fold(text)) or text


@cache
def _common() -> frozenset[str]:
    text = (files("nqcore.collection.accounts") / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _monotonous(plain: str) -> bool:
    """Whether a few characters are repeated to the end, or each is the next one after the last."""
    if len({*plain}) < FEWEST:
        return True
    for length in range(1, LONGEST_BLOCK + 1):
        if (plain[:length] * len(plain))[: len(plain)] == plain and len(plain) > length:
            return True
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps in ({1}, {-1})


def _is_day(password: str) -> bool:
    """Whether it is a day of these times, in the order of any country: "01012026", "2026-1-1"."""
    return any(
        int(found["y"]) in YEARS and 1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 31
        for shape in _DAYS
        if (found := shape.fullmatch(password.strip()))
    )


def _only_names(plain: str, words: Collection[str]) -> bool:
    """Whether the password is a row of such words and of digits, with at least one word."""
    reached = {0}  # how many characters from the beginning such a row can have
    for start in range(len(plain)):
        if start in reached:
            reached |= {start + len(word) for word in words if plain.startswith(word, start)}
            reached |= {start + 1} if plain[start].isdigit() else set()
    return len(plain) in reached and not plain.isdigit()


def _parts(name: str) -> set[str]:
    """The syllables of a name: a row of them is the name, or a part of it, in any order."""
    return {part for part in slug(name).split("-") if len(part) >= SHORTEST_SYLLABLE}
