"""The test run ends: nothing in it waits for a process or a thread without a limit of time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
RUNS = {"run", "call", "check_call", "check_output"}
"""The functions of subprocess that wait; they and `communicate` take the limit only by name."""
WAITS = {"wait", "join", "result"}
"""Methods that wait for ever when they are given nothing."""


def waits_for_ever(call: ast.Call) -> bool:
    """Whether the call waits for something outside without a limit."""
    limited = any(word.arg == "timeout" for word in call.keywords)
    match call.func:
        case ast.Attribute(value=ast.Name(id="subprocess"), attr=name) if name in RUNS:
            return not limited
        case ast.Attribute(attr="communicate"):
            return not limited
        case ast.Attribute(attr=name) if name in WAITS:
            return not limited and not call.args
        case ast.Attribute(value=ast.Attribute(attr="stdout" | "stderr"), attr="readline" | "read"):
            return True  # tests.support.waiting.Lines has a limit
        case ast.Attribute(value=ast.Name(id="os"), attr="wait"):
            return True
        case ast.Attribute(value=ast.Name(id="os"), attr="waitpid"):
            return not any("WNOHANG" in ast.unparse(option) for option in call.args)
    return False


def unlimited(source: str) -> Iterator[int]:
    """The lines that wait for ever; one that says `# bounded: by what` is believed."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and waits_for_ever(node):
            words = "".join(lines[node.lineno - 1 : node.end_lineno])
            if "# bounded: " not in words:
                yield node.lineno


def test_nothing_in_the_tests_waits_without_a_limit() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted(TESTS.rglob("*.py"))
        for line in unlimited(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run(['x'], check=True)",
        "subprocess.check_output(['x'])",
        "process.communicate()",
        "process.communicate('words')",
        "process.wait()",
        "thread.join()",
        "future.result()",
        "process.stdout.readline()",
        "os.waitpid(pid, 0)",
    ],
)
def test_a_wait_without_a_limit_is_found(code: str) -> None:
    assert list(unlimited(f"def test():\n    {code}\n")) == [2]


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run(['x'], timeout=60)",
        "process.communicate('words', timeout=60)",
        "process.wait(10)",
        "thread.join(timeout=10)",
        "', '.join(names)",
        "os.waitpid(pid, os.WNOHANG)",
    ],
)
def test_a_wait_with_a_limit_passes(code: str) -> None:
    assert list(unlimited(code)) == []
