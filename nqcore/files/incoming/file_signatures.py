"""The accepted kinds of files, each with its limits."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """Files with one of `suffixes`: at most `max_bytes` bytes, with one of `magic` at byte `magic_at` (b"":
    text).

    A package (zip) has a list of its contents, the part `contents`, a part whose name begins with `part`, and
    at most `max_entries` entries. They
    unpack to at most `max_unpacked` bytes and, above one megabyte, to at most `max_ratio` times their
    size. `max_row` and `max_column`: the last row and column of a sheet that may have a value.
    `ole`: an old document of Office, which must not have macros.
    `utf16`: a text that begins with the mark of UTF-16 is taken too: Excel's and the editor's "Unicode text".
    """

    name: str
    suffixes: tuple[str, ...]
    max_bytes: int
    magic: bytes | tuple[bytes, ...] = b""
    magic_at: int = 0
    part: str = ""
    contents: str = "[Content_Types].xml"
    max_entries: int = 0
    max_unpacked: int = 0
    max_ratio: int = 100
    max_row: int = 0
    max_column: int = 0
    utf16: bool = False
    ole: bool = False

    @property
    def text(self) -> bool:
        """Whether it is plain text in UTF-8."""
        return not self.magic

    def begins(self, data: bytes) -> bool:
        """Whether the bytes begin as such a file does."""
        return data[: self.magic_at + 16][self.magic_at :].startswith(self.magic)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old documents of Office begin."""
XLSX = FileKind(
    name="Excel (.xlsx)",
    suffixes=(".xlsx",),
    max_bytes=10 * MB,
    magic=b"PK\x03\x04",
    part="xl/",
    max_entries=200,
    max_unpacked=50 * MB,
    max_row=20_001,
    max_column=100,
)
ODS = FileKind(
    name="OpenDocument (.ods)",
    suffixes=(".ods",),
    max_bytes=10 * MB,
    magic=b"PK\x03\x04",
    part="content.xml",
    contents="META-INF/manifest.xml",
    max_entries=200,
    max_unpacked=50 * MB,
    max_row=20_001,
    max_column=100,
)
XLS = FileKind(
    name="Excel 97-2003 (.xls)",
    suffixes=(".xls",),
    max_bytes=10 * MB,
    magic=OLE,
    ole=True,
)
DOC = FileKind(
    name="Word 97-2003 (.doc)", suffixes=(".doc",), max_bytes=20 * MB, magic=OLE, ole=True
)
DOCX = FileKind(
    name="Word (.docx)",
    suffixes=(".docx",),
    max_bytes=50 * MB,
    magic=b"PK\x03\x04",
    part="word/",
    max_entries=2000,
    max_unpacked=200 * MB,
)
CSV = FileKind(
    name="CSV (.csv, .txt)", suffixes=(".csv", ".txt", ".tsv", ""), max_bytes=50 * MB, utf16=True
)
TEXT = FileKind(name="text (.txt)", suffixes=(".txt", ""), max_bytes=50 * MB, utf16=True)
TOML = FileKind(name="TOML (.toml)", suffixes=(".toml",), max_bytes=256_000)
PDF = FileKind(name="PDF (.pdf)", suffixes=(".pdf",), max_bytes=20 * MB, magic=b"%PDF-")
JPEG = FileKind(
    name="JPEG (.jpg)", suffixes=(".jpg", ".jpeg"), max_bytes=20 * MB, magic=b"\xff\xd8\xff"
)
PNG = FileKind(name="PNG (.png)", suffixes=(".png",), max_bytes=20 * MB, magic=b"\x89PNG\r\n\x1a\n")
HEIC = FileKind(
    name="HEIC (.heic)",
    suffixes=(".heic", ".heif"),
    max_bytes=20 * MB,
    magic=(b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"),
    magic_at=4,
)
"""Photographs of telephones (ISO/IEC 23008-12)."""
