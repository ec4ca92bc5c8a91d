"""An office with an outline of its own."""

from __future__ import annotations

from pathlib import Path


def with_outline(folder: Path, table: str, chosen: str = "") -> None:
    """Put the table of an outline into the settings of an office that is closed; `chosen`: the id of the
    one that all its reports have."""
    file = folder / "workspace.toml"
    line = f'report_outline = "{chosen}"\n' if chosen else ""
    file.write_text(line + file.read_text("utf-8") + table, "utf-8")
