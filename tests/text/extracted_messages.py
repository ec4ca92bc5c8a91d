"""What the code and the templates say, by extraction: the msgids that the catalogue must have."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "nqcore/locale/vi/LC_MESSAGES/nqcore.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2),
    "NP_": ((1, "c"), 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def extracted() -> dict[str, str]:
    """msgid, or "context|msgid" → where it stands first ("webforms/entry/my_work.py:12")."""
    found: dict[str, str] = {}
    for folder in ("nqcore", "webforms"):
        for name, line, message, _comments, context in extract_from_dir(
            str(ROOT / folder), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
        ):
            for text in (message,) if isinstance(message, str) else message:
                if text:
                    found.setdefault(key(text, context), f"{folder}/{name}:{line}")
    return found


def key(text: str, context: str | None) -> str:
    """How a message is told from another one of the same words."""
    return f"{context}|{text}" if context else text


def written() -> Catalog:
    """The catalogue as it stands in the file."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi")
