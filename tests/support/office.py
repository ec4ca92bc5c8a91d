"""LibreOffice for tests: it must be there in CI, and a test is skipped elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def need(*programs: str) -> None:
    """Skip the test where one of the programs is not installed; in CI that is a failure."""
    for program in programs:
        if shutil.which(program) is None:
            message = f"{program} is not installed (Debian: libreoffice-writer, poppler-utils)"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)


def run(*command: str | Path) -> str:
    """What the command prints; it must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    return done.stdout


def converted(file: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another format, in `folder`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, file)
    return folder / f"{file.stem}.{to}"
