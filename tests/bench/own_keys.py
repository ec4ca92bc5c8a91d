"""The keys of a benchmark's workspaces: beside them, and never those of the user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_keys(folder: str | Path) -> Iterator[None]:
    """The keys lie in `folder` meanwhile; after it as before."""
    before = os.environ.get("NQ_KEYS")
    os.environ["NQ_KEYS"] = str(Path(folder) / "keys")
    try:
        yield
    finally:
        os.environ.pop("NQ_KEYS")
        if before is not None:
            os.environ["NQ_KEYS"] = before
