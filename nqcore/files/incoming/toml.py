"""TOML from outside, checked before it is parsed: tomllib needs minutes for a key with many parts, and
nested brackets can overflow Python's stack."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.file_signatures import TOML
from nqcore.files.incoming.gate import load_text
from nqcore.files.incoming.refusals import Damaged, TooHeavy

DEPTH, PARTS, LINE = 20, 16, 10_000
"""The most levels of brackets, parts of a key, and characters of a line."""
# Every opened string or comment matches, closed or not, without backtracking: linear time.
_STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z|\\)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+["\\]?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)


def load_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file of at most 256 kB. Raises FileRefused (Damaged with the message of
    tomllib, TooHeavy for too much nesting), OSError."""
    return parse_toml(path.name, load_text(path, TOML))


def parse_toml(name: str, text: str) -> dict[str, Any]:
    """The table in the text of a TOML file. Raises Damaged, TooHeavy."""
    if is_too_deep(text) or any(len(line) > LINE for line in text.split("\n")):
        raise TooHeavy(file=shown_name(name))
    try:
        return tomllib.loads(text)
    except (
        tomllib.TOMLDecodeError,
        ValueError,
    ) as wrong:  # dates that do not exist are ValueErrors
        raise Damaged(file=shown_name(name), detail=str(wrong)) from wrong


def is_too_deep(text: str) -> bool:
    """Whether the text has so many brackets in brackets or parts of a key that it must not be parsed."""
    plain = _STRINGS.sub('""', text)
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", plain):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEPTH or any(line.count(".") > PARTS for line in plain.split("\n"))
