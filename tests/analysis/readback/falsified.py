"""False documents, each the demo's review with one thing made wrong, and true rewordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nqcore.analysis.readback import NumberStatus

HERE = Path(__file__).parent
AFTER = "after: "


@dataclass(frozen=True, slots=True)
class Falsified:
    """One false document: `new` is typed over `old`; with `added` it is a paragraph behind that with `old`.
    It has to be named as one of `statuses`, and `named` stands in the number's text or in the reason."""

    kind: str
    statuses: tuple[NumberStatus, ...]
    named: str
    old: str
    new: str
    added: bool


def _rows(name: str) -> Iterator[list[str]]:
    head, *lines = (HERE / name).read_text("utf-8").splitlines()
    assert "\t" in head
    return (line.split("\t") for line in lines)


FALSE = tuple(
    Falsified(
        kind,
        tuple(map(NumberStatus, statuses.split(" or "))),
        named,
        old.removeprefix(AFTER),
        new,
        old.startswith(AFTER),
    )
    for kind, statuses, named, old, new in _rows("falsified.tsv")
)
REWORDED = tuple((old, new) for old, new in _rows("reworded.tsv"))
"""What stands in the document, and what a clerk made of it."""
