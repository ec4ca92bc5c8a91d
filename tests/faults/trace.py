"""What a traced action did to the files of one folder, as a list of operations (from strace)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "openat,write,writev,pwrite64,ftruncate,truncate,fsync,fdatasync,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,lseek,link,linkat,copy_file_range,fallocate"
)
_LINE = re.compile(r"(\d+)\s+(.*)")
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"(\d+)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Op:
    """One operation on a file named relative to the folder ("." is the folder itself).

    `what`: begin-sync, sync, write (`data` at `at`; None: at the end), cut (to `at` bytes), make,
    rename (to `to`), unlink, ack (number `at`).
    """

    what: str
    file: str = ""
    at: int | None = 0
    data: bytes = b""
    to: str = ""


def options(log: Path) -> tuple[str, ...]:
    """For strace: whole data, paths of descriptors."""
    return ("-y", "-xx", "-s", "3000000", "-e", f"trace={CALLS}", "-o", str(log))


def marker() -> int:
    """A descriptor to write `ACK <n>` to: a promise as it shows in the trace."""
    return os.open(os.devnull, os.O_WRONLY)


def operations(log: Path, folder: Path) -> Iterator[Op]:
    """In the order of their completion. An fsync covers only what was there when it began."""
    waiting: dict[str, str] = {}
    offsets: dict[int, int] = {}
    for line in log.read_text("utf-8", "replace").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        thread, text = found[1], found[2]
        if text.endswith("<unfinished ...>"):
            waiting[thread] = text.removesuffix("<unfinished ...>").rstrip()
            yield from _begun(waiting[thread], folder)
            continue
        if text.startswith("<... "):
            text = waiting.pop(thread) + text.partition("resumed>")[2]
        else:
            yield from _begun(text, folder)
        called = _CALL.match(text)
        if called is not None and int(called[3]) >= 0:
            yield from _done(called, folder, offsets)


def _begun(text: str, folder: Path) -> Iterator[Op]:
    if text.startswith(("fsync(", "fdatasync(")):
        file = _named(text, folder)
        if file is not None:
            yield Op("begin-sync", file)


def _done(called: re.Match[str], folder: Path, offsets: dict[int, int]) -> Iterator[Op]:
    name, args, result = called[1], called[2], int(called[3])
    texts = [bytes.fromhex(each.replace("\\x", "")) for each in _TEXT.findall(args)]
    if name == "openat":
        offsets[result] = 0
        file = _inside(os.fsdecode(texts[0]), folder)
        if file is not None and "O_CREAT" in args:
            yield Op("make", file)
        if file is not None and "O_TRUNC" in args:
            yield Op("cut", file, 0)
    elif name.startswith("rename"):
        old, new = (_inside(os.fsdecode(each), folder) for each in texts[:2])
        if old is not None and new is not None:
            yield Op("rename", old, to=new)
    elif name.startswith("unlink"):
        file = _inside(os.fsdecode(texts[0]), folder)
        if file is not None:
            yield Op("unlink", file)
    elif name in ("mkdir", "mkdirat", "link", "linkat", "truncate", "fallocate"):
        raise AssertionError(f"{name} is not known here")
    else:
        yield from _on_descriptor(called, texts, folder, offsets, result)


def _on_descriptor(
    called: re.Match[str], texts: list[bytes], folder: Path, offsets: dict[int, int], result: int
) -> Iterator[Op]:
    name, args = called[1], called[2]
    number = int(args.split("<", 1)[0])
    if name == "write" and texts and texts[0].startswith(b"ACK "):
        yield Op("ack", at=int(texts[0].split()[1]))
        return
    file = _named(args, folder)
    if file is None:
        return
    if name in ("fsync", "fdatasync"):
        yield Op("sync", file)
    elif name == "ftruncate":
        yield Op("cut", file, int(args.rsplit(",", 1)[1]))
    elif name == "lseek":
        offsets[number] = result
    elif name == "write":
        data = texts[0][:result]
        appends = file.endswith(".nqj")  # always opened with O_APPEND
        yield Op("write", file, None if appends else offsets.get(number, 0), data)
        offsets[number] = offsets.get(number, 0) + result
    else:
        raise AssertionError(f"{name} is not known here")


def _named(args: str, folder: Path) -> str | None:
    found = _FILE.search(args)
    if found is None:
        return None
    path = found[2]
    if path.startswith("\\x"):
        path = os.fsdecode(bytes.fromhex(path.replace("\\x", "")))
    return _inside(path, folder)


def _inside(path: str, folder: Path) -> str | None:
    place = Path(os.path.normpath(path))
    return place.relative_to(folder).as_posix() if place.is_relative_to(folder) else None
