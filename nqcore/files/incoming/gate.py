"""Checks the kind and size of a file before it is opened."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path, PurePath

from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.file_signatures import OLE, FileKind
from nqcore.files.incoming.packages import check_package
from nqcore.files.incoming.refusals import Empty, Forbidden, NotUtf8, TooBig, WrongKind

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PACKAGES = (b"PK\x03\x04", OLE)
"""How files of Word and Excel begin, which are no text whatever their name says."""

_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
"""The name of the part of an old document that has its macros, as it stands there (MS-OVBA, 2.2.1)."""


def check(name: str, data: bytes, kinds: Sequence[FileKind]) -> FileKind:
    """The one of `kinds` that the file is; `name` is the name given by the user. Raises FileRefused."""
    kind = recognise(name, data, kinds)
    file = shown_name(name)
    if kind.text:
        text_of(name, data, kind)
    elif kind.part:
        check_package(file, data, kind)
    elif kind.ole and _OLE_MACROS in data:
        raise Forbidden(file=file, detail="macros")
    return kind


def recognise(name: str, data: bytes, kinds: Sequence[FileKind]) -> FileKind:
    """The one of `kinds` that the file is by its name, its size and how it begins: that takes no time. What
    is in it `check` looks at, before it is read. Raises FileRefused."""
    file = shown_name(name)
    kind = _kind_by_name(name, kinds)
    _check_size(file, len(data), kind)
    if kind.text:
        if data.startswith(_PACKAGES):
            raise _wrong_kind(file, kinds)
        return kind
    if not data:
        raise Empty(file=file)
    if not kind.begins(data):
        raise _wrong_kind(file, kinds)
    return kind


def load(path: Path, kinds: Sequence[FileKind]) -> bytes:
    """The bytes of a file on disk, checked. Raises FileRefused, OSError."""
    kind = _kind_by_name(path.name, kinds)
    with path.open("rb") as file:
        # Not `stat`: the size of a device or of a growing file is not reliable.
        data = file.read(kind.max_bytes + 1)
    check(path.name, data, kinds)
    return data


def load_text(path: Path, kind: FileKind) -> str:
    """The text of a file on disk, with any name. Raises TooBig, WrongKind, NotUtf8, OSError."""
    with path.open("rb") as file:
        data = file.read(kind.max_bytes + 1)
    _check_size(shown_name(path.name), len(data), kind)
    if data.startswith(_PACKAGES):
        raise _wrong_kind(shown_name(path.name), [kind])
    return text_of(path.name, data, kind)


def text_of(name: str, data: bytes, kind: FileKind) -> str:
    """The text of the kind in these bytes. Raises TooBig, NotUtf8."""
    _check_size(shown_name(name), len(data), kind)
    if kind.utf16 and data.startswith(_UTF16):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError as wrong:
            raise NotUtf8(file=shown_name(name), line=1) from wrong
    return utf8(name, data)


def utf8(name: str, data: bytes) -> str:
    """The text, without the byte order mark that Excel writes. Raises NotUtf8, also for zero bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise NotUtf8(file=shown_name(name), line=line) from wrong
    if (at := text.find("\0")) >= 0:
        raise NotUtf8(file=shown_name(name), line=text.count("\n", 0, at) + 1)
    return text


def _kind_by_name(name: str, kinds: Sequence[FileKind]) -> FileKind:
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    for kind in kinds:
        if suffix in kind.suffixes:
            return kind
    raise _wrong_kind(shown_name(name), kinds)


def _check_size(file: str, size: int, kind: FileKind) -> None:
    if size > kind.max_bytes:
        raise TooBig(file=file, megabytes=max(1, kind.max_bytes // 1_000_000))


def _wrong_kind(file: str, kinds: Sequence[FileKind]) -> WrongKind:
    return WrongKind(file=file, kinds=", ".join(kind.name for kind in kinds))
