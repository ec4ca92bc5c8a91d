"""The guides of *Trợ giúp*: each step has its picture, and speaks of what stands on the page."""

from __future__ import annotations

import re
import shutil
import struct
from pathlib import Path

import pytest

from nqcore.text.messages import translations
from nqcore.workspace.demo import PASSWORD
from tests.support.visitor import Visitor
from tests.webforms.guide_pictures import PAGES, STATIC
from webforms import create_app
from webforms.guides import GUIDES, PICTURE, Guide


@pytest.fixture(scope="module")
def place(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("guides") / "demo"))
    return create_app(folder)


def _size(file: Path) -> tuple[int, int]:
    """Width and height of a lossy WebP, by its first frame."""
    data = file.read_bytes()
    begin = data.index(b"\x9d\x01\x2a") + 3
    width, height = struct.unpack("<HH", data[begin : begin + 4])
    return width & 0x3FFF, height & 0x3FFF


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.slug)
def test_each_step_has_its_picture(guide: Guide) -> None:
    width, height = PICTURE
    assert len(PAGES[guide.slug]) == len(guide.steps)
    assert _size(STATIC / guide.pictures) == (width, height * len(guide.steps))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda one: one.slug)
def test_what_a_step_quotes_stands_on_the_page_of_its_picture(place, guide: Guide) -> None:
    say = translations("vi").gettext
    for words, shown in zip(guide.steps, PAGES[guide.slug], strict=True):
        person = Visitor(place.test_client())
        person.sign_in(shown.login, PASSWORD)
        page = person.get(shown.path)
        for quoted in re.findall("“(.+?)”", say(words)):
            if not shown.presses:
                assert quoted in page.words, (guide.slug, quoted)


def test_every_guide_is_offered_and_opens_without_an_account(place) -> None:
    person = Visitor(place.test_client())
    offered = [link for link in person.get("/tro-giup").links if link.startswith("/tro-giup/")]
    assert offered == [f"/tro-giup/{guide.slug}" for guide in GUIDES]
    for link in offered:
        assert person.get(link).title
    assert person.client.get("/tro-giup/khong-co").status_code == 404
