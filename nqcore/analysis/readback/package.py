"""The parts of a Word package: its document, notes and custom properties, found as the package itself says.

Read in the child process of `word`: the gate has refused DTDs and packages that unpack to too much.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

Element = ElementTree.Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT, _NOTES = "/officeDocument", ("/footnotes", "/endnotes")
_PROPERTIES, _OURS = "/custom-properties", "nq."


class WordPackage:
    """One .docx. Raises KeyError, zipfile.BadZipFile, ElementTree.ParseError for what is none."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        links = dict(self._links(""))
        # A document without the links of the package is where all programs write it.
        self._main = links.get(_DOCUMENT, "word/document.xml")

    def document(self) -> Element:
        """The document itself."""
        return self._xml(self._main)

    def notes(self) -> Iterator[Element]:
        """Its footnotes, then its endnotes."""
        links = dict(self._links(self._main))
        for kind in _NOTES:
            if kind in links and links[kind] in self._zip.namelist():
                yield self._xml(links[kind])

    def properties(self) -> dict[str, str]:
        """Those of its custom properties that this program writes, by name."""
        place = dict(self._links("")).get(_PROPERTIES)
        if place is None or place not in self._zip.namelist():
            return {}
        every = ElementTree.fromstring(self._zip.read(place))
        named = ((one.get("name", ""), "".join(one.itertext()).strip()) for one in every)
        return {name: value for name, value in named if name.startswith(_OURS)}

    def _xml(self, name: str) -> Element:
        # Word's "strict" files differ in the name of the namespace only.
        return ElementTree.fromstring(self._zip.read(name).replace(_STRICT, _USUAL))

    def _links(self, part: str) -> Iterator[tuple[str, str]]:
        """(kind, name of the part) of each link of `part`; "": the package itself."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self._zip.namelist():
            return
        for link in ElementTree.fromstring(self._zip.read(place)):
            target = link.get("Target", "")
            kind = "/" + link.get("Type", "").rpartition("/")[2]
            if link.get("TargetMode") != "External":
                joined = posixpath.normpath(posixpath.join("/" + folder, target))
                yield kind, joined.removeprefix("/")
