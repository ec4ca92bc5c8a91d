"""Documents of Word 97-2003: made into .docx by LibreOffice, within limits."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from nqcore.files import old_word
from nqcore.files.incoming.refusals import Damaged, ReadersBusy, TooHeavy
from nqcore.text.messages import translator

posix = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")


def office(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_libreoffice_the_user_reads_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(old_word.NoOldWord) as refused:
        old_word.to_docx(b"x", "báo cáo.doc")
    said = refused.value.message(translator("vi"))
    assert "báo cáo.doc" in said
    assert "Ghi lại thành .docx" in said


@posix
def test_what_the_program_makes_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp "$3" "$2/document.docx"'
    office(tmp_path, monkeypatch, made)
    assert old_word.to_docx(b"content", "a.doc") == b"content"


@posix
def test_a_program_that_makes_nothing_or_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, "exit 0")
    with pytest.raises(Damaged):
        old_word.to_docx(b"x", "a.doc")
    office(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; sleep 600")
    monkeypatch.setattr(old_word, "SECONDS", 0.5)
    with pytest.raises(ReadersBusy):
        old_word.to_docx(b"x", "a.doc")
    pid = int((tmp_path / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@posix
def test_a_document_that_takes_too_much_is_too_heavy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, monkeypatch, "ulimit -t 1; while :; do :; done")
    with pytest.raises(TooHeavy):
        old_word.to_docx(b"x", "a.doc")


def test_one_document_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setattr(old_word, "WAIT", 0.01)
    with old_word._place, pytest.raises(ReadersBusy):
        old_word.to_docx(b"x", "a.doc")
