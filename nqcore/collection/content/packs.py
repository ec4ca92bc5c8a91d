"""Packs: definition files in the folder `packs` of a workspace, which need nothing installed.

`workspace.toml` lists each with the SHA-256 of its file. A file that is another one now is put aside by name,
as a plugin that cannot be loaded: what it says is looked at first, and then its hash is written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from nqcore.catalogue import PackFile
from nqcore.catalogue.definitions import MAX_FILE
from nqcore.collection.settings import Pack

PACKS_FOLDER = "packs"


def read_packs(folder: Path, listed: Iterable[Pack]) -> Iterator[PackFile]:
    """The packs that are listed, and those that lie in the folder without being listed; each with its text,
    or with what is wrong with it."""
    names = set()
    for pack in listed:
        names.add(pack.name)
        yield _read(folder, pack)
    packs = folder / PACKS_FOLDER
    for path in sorted(packs.glob("*.toml")) if packs.is_dir() else ():
        if path.stem not in names:
            digest = _digest(path)
            detail = (
                f"is not listed; look what is in it, then add to workspace.toml: [[pack]] "
                f'name = "{path.stem}", sha256 = "{digest}"'
            )
            yield PackFile(name=path.stem, file=_named(path.stem), sha256=digest, fault=detail)


def _named(name: str) -> str:
    return f"{PACKS_FOLDER}/{name}.toml"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(folder: Path, pack: Pack) -> PackFile:
    file = _named(pack.name)
    try:
        data = (folder / file).read_bytes()
    except OSError as wrong:
        why = f"cannot be read ({type(wrong).__name__}); put the file back or take it off the list"
        return PackFile(name=pack.name, file=file, sha256=pack.sha256, fault=f"{file} {why}")
    digest = sha256(data).hexdigest()
    if digest != pack.sha256:
        why = (
            f"is not the file that workspace.toml lists; look what is in it, then write there "
            f'sha256 = "{digest}"'
        )
        return PackFile(name=pack.name, file=file, sha256=digest, fault=f"{file} {why}")
    if len(data) > MAX_FILE:
        why = "is over 256 KiB; split it"
        return PackFile(name=pack.name, file=file, sha256=digest, fault=f"{file} {why}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        why = "is not in UTF-8; save it again"
        return PackFile(name=pack.name, file=file, sha256=digest, fault=f"{file} {why}")
    return PackFile(name=pack.name, file=file, sha256=digest, text=text)
