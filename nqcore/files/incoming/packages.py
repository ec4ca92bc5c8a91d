"""Checks what a zip package unpacks to, entry by entry and piece by piece, without keeping it.

The entries are not unpacked by `zipfile`, because it stops where the directory says that the entry
ends. Other readers continue after that, and a zip bomb uses exactly this.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nqcore.errors import N_, Phrase
from nqcore.files.incoming.file_signatures import MB, FileKind
from nqcore.files.incoming.refusals import (
    Damaged,
    FarCell,
    FileRefused,
    Forbidden,
    UnpacksTooMuch,
    WrongKind,
)

PIECE = 65_536
_LOCKED = 0x1
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")
"""Where an OpenDocument keeps its macros."""
_MARKUP = (".xml", ".rels", ".vml")


def check_package(file: str, data: bytes, kind: FileKind) -> None:
    """Raise a FileRefused (naming `file`) when the package exceeds the limits of `kind`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as wrong:
        raise WrongKind(file=file, kinds=kind.name) from wrong
    names = [entry.filename for entry in entries]
    if kind.contents not in names or not any(name.startswith(kind.part) for name in names):
        raise WrongKind(file=file, kinds=kind.name)
    if len(entries) > kind.max_entries:
        raise UnpacksTooMuch(file=file)
    folded = [name.casefold() for name in names]
    if len(set(folded)) < len(folded):
        raise Damaged(file=file, detail=Phrase(N_("a part stands there twice")))
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in folded):
        raise Forbidden(file=file, detail="macros")
    _check_no_overlap(file, entries)
    budget = _Budget(file, kind)
    for entry in entries:
        scan = _scan(file, entry.filename, kind)
        for piece in _pieces(file, data, entry, budget):
            scan.feed(piece)
        scan.end()


def _check_no_overlap(file: str, entries: list[zipfile.ZipInfo]) -> None:
    """Raise Damaged unless the first entry begins at byte 0 and no entries overlap. Otherwise two
    readers could see different packages, and a few bytes could unpack to any size."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
            raise Damaged(file=file, detail=Phrase(N_("its entries do not stand side by side")))
        end = entry.header_offset + 30 + entry.compress_size


@dataclass(slots=True)
class _Budget:
    """How many bytes were unpacked so far, over all entries."""

    file: str
    kind: FileKind
    unpacked: int = 0
    packed: int = 0

    def add(self, size: int) -> None:
        self.unpacked += size
        over_ratio = self.unpacked > max(MB, self.packed * self.kind.max_ratio)
        if self.unpacked > self.kind.max_unpacked or over_ratio:
            raise UnpacksTooMuch(file=self.file)


def _pieces(file: str, data: bytes, entry: zipfile.ZipInfo, budget: _Budget) -> Iterator[bytes]:
    """The entry's bytes, unpacked. Raises Damaged, UnpacksTooMuch."""

    def damaged(detail: str) -> FileRefused:
        return Damaged(file=file, detail=detail)

    head = data[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise damaged("no entry where the directory says")
    flags, method = struct.unpack("<HH", head[6:10])
    name_size, extra_size = struct.unpack("<HH", head[26:30])
    if (entry.flag_bits | flags) & _LOCKED:
        raise damaged("password")
    if method != entry.compress_type or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged("packed in an unusual way")
    start = entry.header_offset + 30 + name_size + extra_size
    packed = data[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise damaged("cut off")
    budget.packed += len(packed)
    size, check = 0, 0
    for piece in _stored(packed) if method == zipfile.ZIP_STORED else _inflated(packed, damaged):
        size += len(piece)
        check = zlib.crc32(piece, check)
        budget.add(len(piece))
        yield piece
    if size != entry.file_size or check != entry.CRC:
        raise damaged("it says another size or sum of itself")


def _stored(packed: bytes) -> Iterator[bytes]:
    for at in range(0, len(packed), PIECE):
        yield packed[at : at + PIECE]


def _inflated(packed: bytes, damaged: Callable[[str], FileRefused]) -> Iterator[bytes]:
    unpacking, rest = zlib.decompressobj(-15), packed
    try:
        while not unpacking.eof:
            piece = unpacking.decompress(rest, PIECE)
            rest = unpacking.unconsumed_tail
            if piece:
                yield piece
            elif not rest:
                break
    except zlib.error:
        raise damaged("cannot be unpacked") from None
    if not unpacking.eof or unpacking.unused_data:
        raise damaged("cannot be unpacked")


class _PackageScan:
    """Checks the pieces of an entry; this class checks nothing."""

    def feed(self, piece: bytes) -> None:
        """The next bytes."""

    def end(self) -> None:
        """No more bytes."""


_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^<>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s([^<>]*)>")
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,7})([0-9]{1,10})[\"']")


class _Markup(_PackageScan):
    """XML without a DTD, in UTF-8 only (in another encoding a DTD would not be recognised)."""

    def __init__(self, file: str) -> None:
        self._file, self._kept, self._first = file, b"", True

    def feed(self, piece: bytes) -> None:
        text = self._kept + piece
        if self._first and len(text) >= 300:
            self._begin(text)
        if _DTD.search(text):
            raise Forbidden(file=self._file, detail="DTD")
        self._look(text)
        last = text.rfind(b"<")
        # An element that continues in the next piece is checked again with that piece.
        self._kept = text[last:] if last >= 0 else b""
        if len(self._kept) > PIECE:
            raise Damaged(file=self._file, detail=Phrase(N_("an element of over 64 kB")))

    def end(self) -> None:
        if self._first:
            self._begin(self._kept)

    def _begin(self, text: bytes) -> None:
        self._first = False
        named = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf").lstrip())
        if b"\0" in text[:4] or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Forbidden(file=self._file, detail="UTF-16")
        if named and named[1].lower() not in (b"utf-8", b"us-ascii"):
            raise Forbidden(file=self._file, detail=named[1].decode())

    def _look(self, text: bytes) -> None:
        """Further checks of a subclass."""


class _Sheet(_Markup):
    """A worksheet without any value outside the allowed rows and columns."""

    def __init__(self, file: str, kind: FileKind) -> None:
        super().__init__(file)
        self._kind = kind

    def _look(self, text: bytes) -> None:
        for attributes in _CELL.findall(text):
            place = _PLACE.search(attributes)
            if place is None or attributes.endswith(b"/"):
                continue
            row, column = int(place[2]), _column(place[1])
            if row > self._kind.max_row or column > self._kind.max_column:
                raise FarCell(file=self._file, cell=(place[1] + place[2]).decode())


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _scan(file: str, name: str, kind: FileKind) -> _PackageScan:
    name = name.casefold()
    if kind.max_row and name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _Sheet(file, kind)
    return _Markup(file) if name.endswith(_MARKUP) else _PackageScan()
