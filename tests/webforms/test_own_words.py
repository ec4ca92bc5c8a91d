"""What is wrong with a box is said by the program, in its language, and never by the browser in its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import webforms

TEMPLATES = Path(webforms.__file__).parent / "templates"
BROWSERS_OWN = re.compile(r'<(?:input|textarea|select)\b[^>]*?(?:\srequired[\s>]|type="date")')


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda one: one.name)
def test_no_box_speaks_the_browsers_language(template: Path) -> None:
    assert BROWSERS_OWN.findall(template.read_text("utf-8")) == []


def test_such_a_box_is_found() -> None:
    assert BROWSERS_OWN.search('<input type="text" name="ten" required>')
    assert BROWSERS_OWN.search('<input name="ngay" type="date">')
    assert not BROWSERS_OWN.search('<input name="ten" aria-required="true">')
