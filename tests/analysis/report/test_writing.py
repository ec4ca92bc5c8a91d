"""Formats: all that exist are named, and one that is made of another says of which."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from nqcore.analysis.report.writing import formats, write, writer_of
from nqcore.catalogue import Catalogue
from nqcore.catalogue.contracts import Names
from nqcore.errors import UnknownName
from nqcore.model.reports import Report
from nqcore.workspace.facade import Workspace

ALL = {"html", "json", "markdown", "party-docx", "pdf", "xlsx"}


class Copy:
    """A format that is made of what a .docx format writes."""

    name, title, suffix, media_type, made_of = "copy", "Copy", ".copy", "text/plain", ".docx"

    def write(self, report: Report, names: Names) -> bytes:
        return ",".join(
            one.name for one in names.formats.values() if one.suffix == ".docx"
        ).encode()


def word(name: str) -> Any:
    return SimpleNamespace(
        name=name, title=name, suffix=".docx", media_type="x", write=lambda report, names: b"x"
    )


@pytest.fixture
def catalogue(demo: Workspace) -> Catalogue:
    known = {one.name: one for one in (word("a-docx"), word("b-docx"), Copy())}
    return replace(demo.catalogue, formats=known)


def test_the_demo_has_every_bundled_format(demo: Workspace) -> None:
    assert {one.name for one in demo.reviews.formats()} >= ALL


def test_a_name_that_does_not_exist_is_answered_with_all_that_do(demo: Workspace) -> None:
    with pytest.raises(UnknownName) as caught:
        writer_of("nope", demo.catalogue)
    assert all(name in str(caught.value) for name in ALL)


@pytest.mark.parametrize(
    ("format", "made_of"), [("copy", b"a-docx,b-docx"), ("copy:b-docx", b"b-docx")]
)
def test_a_format_that_is_made_of_another_is_given_the_one_that_is_named(
    report: Report, catalogue: Catalogue, format: str, made_of: bytes
) -> None:
    document = write(report, format, catalogue)
    assert (document.data, document.suffix) == (made_of, ".copy")


@pytest.mark.parametrize("format", ["copy:html", "copy:nope", "html:a-docx", "a-docx:", ":copy"])
def test_it_is_not_made_of_what_it_cannot_read(catalogue: Catalogue, format: str) -> None:
    with pytest.raises(UnknownName) as caught:
        writer_of(format, catalogue)
    assert "copy:a-docx, copy:b-docx" in str(caught.value)
    assert len(formats(catalogue)) == 6
