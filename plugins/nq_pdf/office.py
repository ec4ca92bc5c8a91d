"""LibreOffice in a process of its own, with one file and its own profile, ended when its time is over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from nqcore.plugin import ConversionFailed, ConverterMissing

SECONDS = 120
"""A report of fifty pages takes ten on a slow machine."""
MEGABYTES = 4096
"""Of address space: LibreOffice reserves far more than it uses."""
PROGRAMS = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
FONTS = Path(__file__).with_name("fonts")
"""Tinos, which has the widths of Times New Roman and every Vietnamese letter (`SOURCE.txt`)."""
_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""
_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
"""With tags, which tell a screen reader what is a head and what is a table."""
_KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMFILES", "LD_LIBRARY_PATH")
"""What LibreOffice learns of the machine; nothing else of this process."""


def to_pdf(document: bytes, *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """The .docx `document` as PDF. Raises ConverterMissing where LibreOffice is not installed, and
    ConversionFailed where it gave no PDF in that time and memory."""
    program = office_program()
    with TemporaryDirectory(prefix="nq-pdf-") as name:
        folder = Path(name)
        source, made = folder / "report.docx", folder / "report.pdf"
        source.write_bytes(document)
        said = _run(_command(program, folder, source), folder, seconds, megabytes)
        data = made.read_bytes() if made.is_file() else b""
    if not data.startswith(b"%PDF-"):
        raise ConversionFailed(detail=said)
    return data


def office_program() -> str:
    """The path of LibreOffice. Raises ConverterMissing."""
    found = next((path for one in PROGRAMS if (path := shutil.which(one))), None)
    found = found or next((path for path in _ELSEWHERE if Path(path).is_file()), None)
    if found is None:
        raise ConverterMissing(program="LibreOffice", package="libreoffice-writer")
    return found


def _command(program: str, folder: Path, source: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(folder),
        str(source),
    ]


def _run(command: list[str], folder: Path, seconds: int, megabytes: int) -> str:
    """Run the program to its end, or end it with all that it has started. What it said, in one line."""
    if os.name == "posix":
        script = str(Path(__file__).with_name("limited.py"))
        command = [sys.executable, "-I", script, str(megabytes), str(seconds), *command]
    heard = folder / "said"
    with heard.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return f"no PDF after {seconds} s"
        finally:
            _end(process)
    lines = heard.read_bytes().decode("utf-8", "replace").split("\n")
    told = [line.strip() for line in lines if line.strip()]
    return f"status {process.returncode}: {told[-1] if told else 'no message'}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children, which are in a session of their own."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )
    process.wait()


def _environment(folder: Path) -> dict[str, str]:
    config = folder / "fonts.conf"
    config.write_text(_FONTS_CONF.format(fonts=FONTS, cache=folder / "fonts"), encoding="utf-8")
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "TMP": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(config),
    }
