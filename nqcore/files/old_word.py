"""Documents of Word 97-2003 (.doc), made into .docx by LibreOffice in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from nqcore.errors import N_
from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.refusals import Damaged, FileRefused, ReadersBusy, TooHeavy
from nqcore.files.incoming.run_in_child import PATIENCE, late

OFFICE = ("soffice", "libreoffice")
SECONDS = 30
"""Of processor time; a short document takes one or two."""
MEGABYTES = 4096
"""Of address space: LibreOffice maps far more than it uses."""
LARGEST = 200_000_000
"""Bytes of a file that it may write."""
_LIMITS = f"ulimit -v {MEGABYTES * 1024} && ulimit -t {SECONDS} && ulimit -f {LARGEST // 512}"
# They hold even if this process is killed while it waits.
_BOUNDED = ("/bin/sh", "-c", f'{_LIMITS} && exec "$@"', "sh")
_KILLED = (-9, 128 + 9, -24, 128 + 24)
"""Statuses of a program that SIGKILL or SIGXCPU ended, as its parent and as a shell give them: no processor
time or memory left."""
WAIT = 20.0
_place = BoundedSemaphore(1)
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")


class NoOldWord(FileRefused):
    """A .doc, where no LibreOffice is installed."""

    code = "file-no-office"
    template = N_(
        "{file} is an old Word document (.doc), and LibreOffice, which reads it, is not installed here. "
        "Save it as .docx and choose that file."
    )


def to_docx(data: bytes, name: str) -> bytes:
    """The document as .docx. Raises NoOldWord, ReadersBusy, TooHeavy, Damaged."""
    shown = shown_name(name)
    office = next((found for one in OFFICE if (found := shutil.which(one))), None)
    if office is None:
        raise NoOldWord(file=shown)
    if not _place.acquire(timeout=WAIT):
        raise ReadersBusy(file=shown)
    try:
        with tempfile.TemporaryDirectory(prefix="nq-doc-", ignore_cleanup_errors=True) as folder:
            return _convert(office, Path(folder), data, shown)
    finally:
        _place.release()


def _convert(office: str, folder: Path, data: bytes, shown: str) -> bytes:
    source, made = folder / "document.doc", folder / "out" / "document.docx"
    source.write_bytes(data)
    # A profile of its own: macros and links of the user's one are not there, nor is its lock.
    command = [
        *(_BOUNDED if os.name == "posix" else ()),
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault"),
        *("--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(made.parent), str(source)),
    ]
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    process = subprocess.Popen(
        command,
        env={**environment, "HOME": str(folder)},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = process.wait(timeout=SECONDS * PATIENCE)
    except subprocess.TimeoutExpired as wrong:
        raise late(shown) from wrong
    finally:
        _end(process)
    if status in _KILLED:
        raise TooHeavy(file=shown)
    if not made.exists():
        raise Damaged(file=shown, detail="LibreOffice")
    return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with those that it started."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, 9)
        except ProcessLookupError:
            return
    else:
        process.kill()
    process.wait()
