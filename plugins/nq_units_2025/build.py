"""Makes this plugin's tables from communes.csv (done once; the plugin does not read that file).

python plugins/nq_units_2025/build.py path/to/communes.csv
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent


def code(text: str, digits: int) -> str:
    """A code as text with its leading zeros: the file has "1.0" for 00001."""
    return text.removesuffix(".0").zfill(digits) if text else ""


def write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    """One table, in the order of its first column."""
    lines = ["\t".join(row) for row in sorted(set(rows))]
    (HERE / name).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def main(source: str) -> None:
    """Write areas.tsv, old.tsv and new.tsv beside this file."""
    with open(source, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    areas: set[tuple[str, ...]] = set()
    new: set[tuple[str, ...]] = set()
    old: dict[tuple[str, ...], dict[str, None]] = {}
    for row in rows:
        province, district = code(row["provinceCode"], 2), code(row["districtCode"], 3)
        above = code(row["newProvinceCode"], 2)
        goes_on = row["isMergedProvince"] == "False"
        areas.add(("old", province, row["province"], above))
        areas.add(("new", above, row["newProvince"], "goes on" if goes_on else "merged"))
        areas.add(("district", district, row["district"], province))
        to = code(row["newWardCode"], 5)
        stays = "stays" if row["isMergedWard"] == "False" else ""
        new.add((to, above, row["newWard"], stays))
        # A district without communes (an island) became the new commune itself.
        ward = code(row["wardCode"], 5)
        key = (ward or f"district {district}", district, row["ward"] or row["district"])
        old.setdefault(key, {})[to] = None
    write("areas.tsv", areas)
    write("new.tsv", new)
    write("old.tsv", ((*key, " ".join(sorted(to))) for key, to in old.items()))


if __name__ == "__main__":
    main(sys.argv[1])
