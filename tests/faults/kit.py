"""What every fault shares: the figures it gives, the dose, a folder to work in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(kw_only=True)
class Figures:
    """What one fault did. `rounds`: faults made; `acked`: writes the program promised to keep;
    `lost`, `changed`: promised ones that are gone or differ; `unreadable`: rounds after which the
    data could not be read, though nobody had damaged them; `silent`: damage not reported."""

    rounds: int = 0
    acked: int = 0
    lost: int = 0
    changed: int = 0
    unreadable: int = 0
    silent: int = 0
    more: dict[str, Any] = field(default_factory=dict)
    samples: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Did anything happen that must not?"""
        return bool(self.lost or self.changed or self.unreadable or self.silent or self.broken)

    def must(self, holds: bool, words: str) -> None:
        """Another promise of this fault; `words` say what was broken when it does not hold."""
        if not holds:
            self.broken.append(words)

    def sample(self, words: str) -> None:
        """Remember one of the first failures, to look into."""
        if len(self.samples) < 25:
            self.samples.append(words)

    def count(self, name: str, by: int = 1) -> None:
        """Add to one of the fault's own figures."""
        self.more[name] = self.more.get(name, 0) + by

    def line(self, name: str) -> dict[str, Any]:
        """The JSON object of this fault."""
        told: dict[str, Any] = {
            "fault": name,
            "rounds": self.rounds,
            "acked": self.acked,
            "lost": self.lost,
            "changed": self.changed,
            "unreadable": self.unreadable,
            "silent": self.silent,
            **self.more,
        }
        if self.broken:
            told["broken"] = self.broken[:5]
        if self.samples:
            told["samples"] = self.samples
        return told


@dataclass(frozen=True, kw_only=True)
class Dose:
    """How much of a fault to give: the whole, or what CI has time for."""

    full: bool
    seed: int = 1

    def of(self, short: int, full: int) -> int:
        """Rounds."""
        return full if self.full else short


Fault = Callable[[Dose], Figures]


@contextmanager
def room(*, fast: bool = False) -> Iterator[Path]:
    """A folder of its own, removed afterwards; keys made meanwhile stay inside it. On the disk, or
    in memory where the disk itself plays no part (`fast`)."""
    before = os.environ.get("NQ_KEYS")
    place = "/dev/shm" if fast and os.path.isdir("/dev/shm") else os.environ.get("NQ_FAULTS_DIR")
    folder = Path(tempfile.mkdtemp(prefix="nq-faults-", dir=place))
    os.environ["NQ_KEYS"] = str(folder / "keys")
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["NQ_KEYS"]
        else:
            os.environ["NQ_KEYS"] = before
        shutil.rmtree(folder, ignore_errors=True)


def copied(source: Path, target: Path) -> Path:
    """`target` as a fresh copy of the folder `source`."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target
