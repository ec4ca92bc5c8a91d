"""The settings of a workspace: what workspace.toml says, and what is wrong in it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.catalogue import parse_definitions
from nqcore.catalogue.bundled_outlines import bundled_outlines
from nqcore.collection.settings import (
    SETTINGS_FILE,
    Settings,
    letterhead_lines,
    read_settings,
    write_settings,
)
from nqcore.errors import DefinitionError
from nqcore.model.reports import Letterhead
from nqcore.text.old_encodings import find_misread

PLAIN = Settings(id="0123456789abcdef", name="Huyện Thử", plugins=("nq_a", "nq_b"), root="huyen")
HEAD = Letterhead(
    unit="xa-a",
    superior="ĐẢNG BỘ HUYỆN THỬ",
    body="ĐẢNG ỦY XÃ A",
    place="A",
    symbol="-BC/ĐU",
    authority="T/M BAN THƯỜNG VỤ",
    post="BÍ THƯ",
    recipients=("Huyện ủy", "Lưu “Đảng ủy”"),
)
OLD = """id = "0123456789abcdef"
name = "Huyện"
plugins = []
root = "huyen"
"""
LETTERHEAD = (
    'superior = "s"\nbody = "b"\nplace = "p"\nsymbol = "-BC"\nauthority = "a"\npost = "p"\n'
)


def written(folder: Path, text: str) -> Path:
    (folder / SETTINGS_FILE).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    "settings",
    [
        PLAIN,
        replace(PLAIN, since=date(2018, 1, 1), hosts=("a.vn",), backups="/sao-luu"),
        replace(PLAIN, letterheads=(HEAD, replace(HEAD, unit="", superior="", authority=""))),
        replace(PLAIN, report_outline="tong-ket", outlines=bundled_outlines(), letterheads=(HEAD,)),
    ],
)
def test_what_is_written_reads_back_the_same(tmp_path: Path, settings: Settings) -> None:
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == settings


TEXT = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(
    lambda text: bool(text.strip()) and find_misread(text) is None
)
"""Letters that look like those of an old font are refused when a file is read."""


@given(body=TEXT, post=TEXT, recipients=st.lists(TEXT, max_size=3))
def test_a_letterhead_as_toml_reads_back_the_same_in_a_plugin(
    body: str, post: str, recipients: list[str]
) -> None:
    head = replace(HEAD, body=body, post=post, recipients=tuple(recipients))
    text = "\n".join(letterhead_lines(head)) + "\n"
    (found,) = parse_definitions("f.toml", text).letterheads
    assert found.body == unicodedata.normalize("NFC", body)
    assert found.unit == "xa-a"
    assert len(found.recipients) == len(recipients)


def test_settings_from_before_letterheads_have_none(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, OLD)).letterheads == ()


@pytest.mark.parametrize("head", ["[letterhead]\n", "[[letterhead]]\n"])
def test_one_letterhead_without_a_unit_is_that_of_the_top(tmp_path: Path, head: str) -> None:
    (found,) = read_settings(written(tmp_path, OLD + head + LETTERHEAD)).letterheads
    assert (found.unit, found.body) == ("", "b")


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (
            "[[letterhead]]\n" + LETTERHEAD.replace("body", "boddy"),
            "line 7: letterhead[1].boddy: is not a key that is known here; check its spelling; "
            "did you mean “body”?",
        ),
        (
            "[[letterhead]]\n" + LETTERHEAD.replace('place = "p"\n', ""),
            "line 5: letterhead[1].place: is missing; give text in quotes",
        ),
        (
            "[[letterhead]]\n" + LETTERHEAD.replace('superior = "s"', 'superior = ""'),
            "line 6: letterhead[1].superior: is empty; give a text",
        ),
        (
            '[[letterhead]]\nunit = "xã a"\n' + LETTERHEAD,
            "line 6: letterhead[1].unit: is “xã a”; use letters A to z without accents",
        ),
        (
            f'[[letterhead]]\n{LETTERHEAD}[[letterhead]]\nunit = "huyen"\n{LETTERHEAD}',
            "line 13: letterhead[2].unit: “huyen” has a letterhead already; take one of the two out",
        ),
        (
            '[[outline]]\nid = "o"\ntitle = "t"\n[[outline.part]]\nkey = "a"\nheading = "A"\n' * 2,
            "line 12: outline[o].id: stands twice; take one of the two out",
        ),
        ('letterhead = "x"\n', "line 5: letterhead: is 'x'; give tables [[letterhead]]"),
    ],
)
def test_a_wrong_table_is_named_with_its_line_and_what_to_do(
    tmp_path: Path, tables: str, says: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        read_settings(written(tmp_path, OLD + tables))
    assert says in str(wrong.value)
    assert len(wrong.value.mistakes) == 1
