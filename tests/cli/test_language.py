"""`--lang` holds for everything that `nq` prints, and nothing is lost on a console of another code page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from tests.support.bug_office import UNITS
from tests.text.extracted_messages import help_texts


def help_of(*words: str, **environment: str) -> str:
    done = CliRunner().invoke(main, words, env=environment)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "en", "import", "--help"),
        ("import", "--lang", "en", "--help"),
        ("import", "--lang=en", "-h"),
        ("import", "--help", "--lang", "en"),
    ],
)
def test_the_language_of_a_help_may_be_said_anywhere(words: tuple[str, ...]) -> None:
    said = help_of(*words)
    assert "Usage: " in said
    assert "Options:" in said
    assert "Only say what would change." in said
    assert "Tùy chọn" not in said


def test_a_help_is_vietnamese_unless_something_else_is_said() -> None:
    said = help_of("import", "--help")
    assert "Cách dùng: " in said
    assert "Chỉ cho biết sẽ thay gì." in said
    assert "Only" not in said
    assert "Only say" in help_of("import", "--help", NQ_LANG="en")
    whole = help_of("--help")
    assert "Các lệnh:" in whole
    assert "Kết quả và tồn tại, kèm căn cứ." in whole
    assert "Phục vụ các trang web." in whole


@pytest.mark.parametrize("group", ["user", "plugins"])
def test_the_help_of_a_group_lists_its_commands_in_the_same_language(group: str) -> None:
    assert "Các lệnh:" in help_of(group, "--help")
    assert "Commands:" in help_of(group, "--help", "--lang", "en")


def test_every_help_has_its_translation() -> None:
    from nqcore.text.messages import translations

    vietnamese = translations("vi")
    assert [text for text in help_texts() if vietnamese.gettext(text) == text] == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii", "cp437", ""])
def test_output_on_a_console_of_another_code_page_is_no_traceback(
    tmp_path: Path, encoding: str
) -> None:
    environment = {
        **os.environ,
        "NQ_KEYS": str(tmp_path / "keys"),
        "PYTHONUTF8": "0",
        "LC_ALL": "C",
    }
    environment.pop("PYTHONIOENCODING", None)
    environment["PYTHONCOERCECLOCALE"] = "0"
    if encoding:
        environment["PYTHONIOENCODING"] = encoding
    code = "from nqcore.cli import main; main()"
    for words in (
        ["init", str(tmp_path / "w"), "--units", str(UNITS)],
        ["units", "-w", str(tmp_path / "w")],
        ["--help"],
        ["units", "không-có", "-w", str(tmp_path / "w")],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            capture_output=True,
            env=environment,
            timeout=120,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
        assert done.returncode == (2 if words[-3:-2] == ["không-có"] else 0)
        if words[0] == "units" and done.returncode == 0:
            shown = {
                "Huyện Tân Hòa".encode(one, "backslashreplace")
                for one in (encoding or "utf-8", "utf-8")
            }
            assert any(name in done.stdout for name in shown)
