"""Commands for the history of an office and copies of it: verify, backup, restore."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from nqcore.cli.group import main, workspace_option
from nqcore.cli.localized import echo, spoken, usage_error
from nqcore.errors import N_, Phrase


@main.command()
@workspace_option
@click.option(
    "--receipt",
    "receipts",
    multiple=True,
    metavar="SEQ/HASH",
    help="As printed on a report or receipt: that record must be in the journal (may be repeated).",
)
def verify(workspace: Path, receipts: tuple[str, ...]) -> None:
    """Is every byte of history intact? Exit status 1 if not.

    Names each damaged record and what can still be read. A folder that was reset to an older state on
    another machine has no damage: give a --receipt that was kept elsewhere to find that.
    """
    from nqcore.collection.archive.backup_format import printable
    from nqcore.collection.archive.integrity import read_receipt, verify_folder
    from nqcore.collection.settings import read_settings

    found = verify_folder(
        workspace, read_settings(workspace), [read_receipt(text) for text in receipts]
    )
    for sentence in found.phrases:
        click.echo(printable(spoken(sentence)))
    sys.exit(0 if found.ok else 1)


@main.command()
@workspace_option
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--check", is_flag=True, help="FILE is there already: restore it on trial only.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="FILE is a folder: then delete the backups there that are older than the newest N sound ones.",
)
def backup(workspace: Path, file: Path | None, check: bool, keep: int | None) -> None:
    """Copy the workspace into FILE (.zip), also while it is served, and restore it on trial.

    FILE may be a folder: the backup gets a name of its own there. Without FILE it is the folder `backups`
    of workspace.toml. The key is not in it. Keep a copy of the key file in another place.
    """
    from nqcore.clock import system_clock
    from nqcore.collection.archive.backup import check_backup, write_backup
    from nqcore.collection.archive.backup_format import printable
    from nqcore.collection.archive.backup_rotation import free_name, rotate_backups
    from nqcore.collection.settings import read_settings
    from nqcore.store import Store, load_key

    place: Path | None = None
    if check:
        if file is None or keep is not None:
            raise usage_error(N_("--check needs FILE, and takes no --keep."))
        done = check_backup(file)
    else:
        settings, at = read_settings(workspace), system_clock()
        place = file or (workspace / settings.backups if settings.backups else None)
        if place is None:
            raise usage_error(
                N_('Name FILE or a folder, or write backups = "FOLDER" into workspace.toml.')
            )
        if keep is not None and not place.is_dir():
            raise usage_error(
                N_("--keep needs a folder, and {place} is none. Make it first."), place=place
            )
        target = free_name(place, settings.id, at) if place.is_dir() else place
        done = write_backup(workspace, target, at=at, by="nq backup")
    words = N_("{file}: {files} files up to record {receipt}, restored on trial. SHA-256 {sha256}")
    params = {
        "file": done.file, "files": done.files, "receipt": done.receipt, "sha256": done.sha256,
    }  # fmt: skip
    echo(Phrase(words, params))
    for sentence in done.problems:
        click.echo(printable(spoken(sentence)), err=True)
    if keep is not None and place is not None:
        with Store.open(workspace, load_key(settings.id)) as store:
            turned = rotate_backups(place, settings.id, store, keep)
        for path in turned.deleted:
            words = N_("{file}: deleted; {count} newer backups are kept.")
            echo(Phrase(words, {"file": path, "count": len(turned.kept)}))
        for path in turned.damaged:
            words = N_("{file} is damaged and does not count. It was left as it is.")
            echo(Phrase(words, {"file": path}), err=True)
        sys.exit(1 if turned.damaged else 0)


class _Until(click.ParamType[int | date]):
    """The number of a record, or a day."""

    name = "SEQ|DAY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | date:
        text = str(value)
        if re.fullmatch("[1-9][0-9]{0,17}", text):
            return int(text)
        try:
            return date.fromisoformat(text)
        except ValueError:
            words = N_("“{text}” is neither the number of a record nor a day like 2026-11-29.")
            self.fail(spoken(Phrase(words, {"text": text})))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--until",
    type=_Until(),
    default=None,
    help="Only the records up to this one, or to the end of this day. Other files stay as they were.",
)
def restore(file: Path, folder: Path, until: int | date | None) -> None:
    """Make the new FOLDER from the backup FILE. Nothing is ever overwritten.

    Exit status 1 when something in it is not as it should be: it is sealed with a key that is not here, or
    lacks evidence.
    """
    from nqcore.collection.archive.backup import restore_backup
    from nqcore.collection.archive.backup_format import printable
    from nqcore.collection.archive.last_seen import newest_seen, weaker_accounts
    from nqcore.collection.settings import read_settings
    from nqcore.store import Store, key_file, load_key

    done = restore_backup(file, folder, until=until)
    settings = read_settings(folder)
    params = {
        "folder": folder, "name": printable(settings.name), "id": settings.id, "files": done.files,
        "at": done.at, "receipt": done.receipt,
    }  # fmt: skip
    words = N_("{folder}: {name} (office {id}) as of {at}, up to record {receipt}, {files} files.")
    echo(Phrase(words, params))
    key = load_key(settings.id)
    if keyless := done.key is not None and key is None:
        words = N_(
            "The key {key} is not on this machine: seals cannot be checked and nothing can be written. Put "
            "its file at {file}, or run nq new-key -w {folder}."
        )
        file_of_key = key_file(settings.id)
        echo(Phrase(words, {"key": done.key, "file": file_of_key, "folder": folder}), err=True)
    echo(Phrase(N_("No session and no one-time link works in it; users sign in again.")))
    with Store.open(folder, key) as store:
        weaker = weaker_accounts(newest_seen(settings.id), store)
    for one in weaker:
        click.echo(printable(spoken(one)))
    for sentence in done.problems:
        click.echo(printable(spoken(sentence)), err=True)
    sys.exit(1 if done.problems or keyless else 0)
