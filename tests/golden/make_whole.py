"""Makes a golden folder with every action word and every table: `python -m tests.golden.make_whole NAME`
(such as 0.2.0-whole). Once per release, and before it for as long as a new word or table comes up.

Half a year of a small office: accounts of every role, reports through every step, changes of units of
every kind, decisions on findings. Everything is done through the doors that the pages use, at moments
that are written here.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from nqcore.collection.archive.backup import write_backup
from nqcore.store.place import PLACE
from nqcore.workspace.demo import PLUGINS
from nqcore.workspace.opening import create_workspace
from tests.golden.story import (
    Q4,
    QUARTER,
    Days,
    Story,
)
from tests.golden.story_december import commune, content, handovers, reorganisation, year
from tests.golden.story_july import doors, office, people, second_quarter
from tests.golden.story_october import (
    decisions,
    editions,
    history,
    mappings,
    notes,
    third_quarter,
)
from tests.golden.whole import (
    EXPECTED,
    few_reports_speak,
    whole,
    written,
)

HERE = Path(__file__).parent


def make(folder: Path) -> None:
    """The folder: `workspace/`, the keys in `keys/`, and what must be read from it."""
    os.environ["NQ_KEYS"] = str(folder / "keys")
    days = Days()
    ws = create_workspace(
        folder / "workspace",
        name="Huyện Tân Hòa (bản vàng)",
        plugins=PLUGINS,
        root="huyen",
        units=[commune("xa-tan-lap", "Xã Tân Lập", "25195")],
        since=date(2018, 1, 1),
        clock=days,
    )
    (folder / "workspace" / "days-off.toml").write_text(
        '[[day]]\ndate = 2018-12-31\nname = "Nghỉ Tết dương lịch"\nworking = false\n', "utf-8"
    )
    with ws:
        story = Story(ws, days)
        # The file of days off is noticed; then the folder is one that was restored here.
        ws.archive.take_custody(by="nq serve")
        (folder / "workspace" / "journal" / PLACE).unlink()
        ws.archive.take_custody(by="nq serve")
        for chapter in (
            people,
            doors,
            office,
            second_quarter,
            third_quarter,
            decisions,
            editions,
            notes,
            mappings,
            history,
            reorganisation,
            handovers,
            year,
            content,
        ):
            chapter(story)
        days.at("2019-01-19 17:00")
        with TemporaryDirectory() as away:
            copy = Path(away) / "huyen.nqb"
            write_backup(folder / "workspace", copy, at=days.now, by="vanphong")
        ws.refresh()
        days.at("2019-01-20 08:00")
        ws.store.journal.take_snapshot()
        # What stands behind the snapshot is read from the records.
        link = ws.administration.link("xa-dong-ha", by=ws.account("vanphong"))
        story.send("ban-tuyen-giao", QUARTER, Q4, by="hanh")
        expected = {"opened": days.now.isoformat(), "link": link.token, **whole(ws)}
    (folder / EXPECTED).write_text(written(expected), "utf-8")
    # What belongs to this folder of this machine only.
    (folder / "workspace" / "journal" / PLACE).unlink()
    for of_place in (folder / "keys").glob("*.*.*"):
        of_place.unlink()


def main(name: str) -> None:
    """Make the folder of that name here, or none."""
    target = HERE / name
    if target.exists():
        sys.exit(f"{target} exists: what was released is never made again.")
    target.mkdir()
    try:
        with few_reports_speak():
            make(target)
    except BaseException:
        shutil.rmtree(target)
        raise


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"[\w.-]+", sys.argv[1]):
        sys.exit("Name the new folder: python -m tests.golden.make_whole 0.2.0-whole")
    main(sys.argv[1])
