"""No false alarm: the Vietnamese of the project itself, with the names of all communes before and after 2025,
and more texts where they lie beside the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from nqcore.text.messages import translations
from nqcore.text.old_encodings import find_misread
from tests.text.extracted_messages import ROOT, written

SHARED = ROOT.parent / "shared"


def communes() -> Iterator[str]:
    """The names of units in the tables of the plugin for 2025: many are of other languages of Viet Nam."""
    for table in sorted((ROOT / "plugins/nq_units_2025").glob("*.tsv")):
        for line in table.read_text("utf-8").splitlines():
            yield from line.split("\t")


def definitions() -> Iterator[str]:
    for file in sorted((ROOT / "plugins").rglob("*.toml")):
        yield from file.read_text("utf-8").splitlines()


def catalogue() -> Iterator[str]:
    assert translations("vi").gettext("Error: ")
    for message in written():
        yield str(message.string)


def gazette() -> Iterator[str]:
    for file in sorted(SHARED.glob("data/citations/*.txt")):
        yield from file.read_text("utf-8").splitlines()
    yield from (SHARED / "data/reform-2025/communes.csv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("texts", [communes, definitions, catalogue], ids=lambda one: one.__name__)
def test_text_of_the_project_raises_no_alarm(texts: Callable[[], Iterator[str]]) -> None:
    lines = [line for line in dict.fromkeys(texts()) if not line.isascii()]
    assert len(lines) > 200
    for change in (str, str.upper, str.lower):
        flagged = [line for line in lines if find_misread(change(line)) is not None]
        # A message about old encodings may show one.
        assert [line for line in flagged if "Có phải là" not in line] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the Gazette's passages are not beside the project")
def test_text_of_the_gazette_raises_no_alarm() -> None:
    assert [line for line in gazette() if find_misread(line) is not None] == []
