"""Backups while everybody saves: each one is restored and compared."""

from __future__ import annotations

import random
import shutil

from nqcore.clock import system_clock
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from tests.faults.kill9 import CLERKS, Load
from tests.faults.kit import Dose, Figures, room
from tests.faults.ledger import Ledger
from tests.faults.office import make_office
from tests.faults.server import Server


def backup_under_load(dose: Dose) -> Figures:
    """Back up, restore: what was acknowledged before is in it, and every file is as it was."""
    figures = Figures()
    rng = random.Random(dose.seed)
    rounds = dose.of(4, 100)
    with room() as folder:
        office, new = folder / "ws", folder / "new"
        load, ledger = Load(make_office(office, CLERKS)), Ledger()
        with Server(office) as server:
            for number in range(rounds):
                running = load.run(server, ledger, rng)
                running.working.wait(20)
                before = ledger.copy()
                file = folder / f"{number}.zip"
                write_backup(office, file, at=system_clock(), by="kit")
                running.finish()
                done = restore_backup(file, new)
                figures.rounds += 1
                figures.acked += running.acked
                # Before the judge opens the restored folder, which may leave a snapshot of its own there.
                for path in (p for p in new.rglob("*") if p.is_file() and p.name != "head"):
                    there = (office / path.relative_to(new)).read_bytes()
                    if not there.startswith(path.read_bytes()):
                        figures.changed += 1
                        figures.sample(f"backup {number}: {path.name} differs")
                before.judge(new, figures, f"backup {number}", sent=ledger)
                found = verify_folder(new, read_settings(new))
                figures.must(found.ok, f"backup {number}: {found.sentences[0]}")
                figures.must(found.seq == done.seq, f"backup {number} ends elsewhere")
                shutil.rmtree(new)
                file.unlink()
        ledger.judge(office, figures, "after all")
    return figures
