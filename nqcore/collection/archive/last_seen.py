"""What this machine last saw of a workspace at one place: its newest record, and who could do what.

Two small files beside the key, outside the workspace: `<id>.<place>.head` is overwritten after every change,
`<id>.<place>.accounts` after every change of accounts. So a folder that was put back to an earlier state is
noticed, and it can be said whose lock, password or role of then holds again. A file that is lost costs only
that. The passwords are in it as digests of their hashes.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nqcore.collection.tables import ACCOUNTS
from nqcore.errors import N_, Translate
from nqcore.store import Receipt, Store
from nqcore.store.files import BINARY, write_new
from nqcore.store.keys import key_file
from nqcore.store.place import place_of
from nqcore.store.secret import secret_file

log = logging.getLogger("nqcore.store")

_HEAD = re.compile(rb"([0-9]{20}) ([0-9a-f]{64})\n")
_REGISTERS = (".session", ".signed-in", ".signed-in-wal", ".signed-in-shm")


def _file(id: str, place: str, suffix: str) -> Path:
    return secret_file(id, place).with_suffix(suffix)


# -- writing -------------------------------------------------------------------------------------


class SeenWriter:
    """Writes the files of one place after each change; made where a workspace is opened."""

    def __init__(self, id: str, folder: Path, store: Store) -> None:
        self._id, self._folder, self._store = id, folder, store
        self._place: str | None = None
        store.watch(self._changed)

    def _changed(self, tables: frozenset[str]) -> None:
        try:
            if self._place is None or ACCOUNTS in tables:
                self._place = place_of(self._folder)
            if self._place is not None:
                _write_head(self._id, self._place, self._store)
                if ACCOUNTS in tables:
                    _write_accounts(self._id, self._place, self._store)
        except OSError as error:
            log.warning("What was seen of %s could not be noted: %s", self._folder, error)


def note_seen(id: str, place: str, store: Store) -> None:
    """Write both files now. Raises OSError."""
    _write_accounts(id, place, store)
    _write_head(id, place, store)


def _write_head(id: str, place: str, store: Store) -> None:
    # In one write and in place, as the journal's own head: after a crash it is old, never half.
    fd = os.open(_file(id, place, ".head"), os.O_WRONLY | os.O_CREAT | BINARY, 0o600)
    try:
        os.write(fd, b"%020d %b\n" % (store.head.seq, store.head.hash.encode()))
    finally:
        os.close(fd)


def _write_accounts(id: str, place: str, store: Store) -> None:
    seen = {str(doc.doc_id): _account(doc) for doc in store.table(ACCOUNTS)}
    path = _file(id, place, ".accounts")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    write_new(new, json.dumps(seen, ensure_ascii=False).encode())
    os.replace(new, path)


def _account(doc: Mapping[str, Any]) -> dict[str, Any]:
    password = str(doc.get("password", ""))
    return {
        "epoch": doc.get("epoch", 0),
        "locked": bool(doc.get("locked", False)),
        "password": sha256(password.encode()).hexdigest()[:16] if password else "",
        "roles": sorted(doc.get("roles", ())),
        "forms": sorted(doc.get("forms", ())),
        "unit": doc.get("unit", ""),
    }


# -- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """What was seen at `place`: the newest record, and the accounts by login."""

    place: str
    head: Receipt
    accounts: Mapping[str, Mapping[str, Any]]

    def is_in(self, store: Store) -> bool:
        """Whether the journal has that record: then nothing was put back."""
        if self.head.seq > store.version:
            return False
        return store.record(self.head.seq).hash == self.head.hash


def seen_at(id: str, place: str) -> LastSeen | None:
    """What was seen at the place; None where nothing readable was noted. Raises OSError."""
    try:
        found = _HEAD.fullmatch(_file(id, place, ".head").read_bytes())
    except FileNotFoundError:
        return None
    if found is None:
        return None
    head = Receipt(seq=int(found[1]), hash=found[2].decode())
    return LastSeen(place=place, head=head, accounts=_accounts(_file(id, place, ".accounts")))


def _accounts(file: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {login: one for login, one in found.items() if isinstance(one, dict)}


def newest_seen(id: str) -> LastSeen | None:
    """What was seen of the workspace at any place of this machine, up to the newest record. Raises
    OSError."""
    found = [seen for place in _places(id) if (seen := seen_at(id, place)) is not None]
    return max(found, key=lambda seen: seen.head.seq, default=None)


def _places(id: str) -> Iterator[str]:
    folder = key_file(id).parent
    for path in sorted(folder.glob(f"{id}.*.head")) if folder.is_dir() else ():
        yield path.name.removeprefix(f"{id}.").removesuffix(".head")


def forget_place(id: str, place: str) -> None:
    """Remove what belonged to a place that is one no more: the secret of its sessions, and the sessions."""
    for suffix in (*_REGISTERS, ".head", ".accounts"):
        with suppress(OSError):
            _file(id, place, suffix).unlink(missing_ok=True)


# -- comparing -----------------------------------------------------------------------------------


UNLOCKED = N_("{login} was locked and is open again. Run: nq user lock {login}")
OLD_PASSWORD = N_(
    "{login} has an earlier password again. Make a link for a new one, or lock the account."
)
MORE_ROLES = N_("{login} has the roles {more} again. Check its rights.")
MORE_FORMS = N_("{login} works with more forms again. Check its rights.")
OTHER_UNIT = N_("{login} belongs to {unit} again, and no longer to {before}. Check its rights.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weaker:
    """One account that may do more than this machine last saw. `template` is the msgid of a sentence."""

    login: str
    template: str
    params: Mapping[str, str]

    def message(self, translate: Translate = str) -> str:
        """The sentence, in the language of `translate`."""
        return translate(self.template).format(login=self.login, **self.params)


def read_weaker(text: str) -> Weaker:
    """The sentence `text` of a journal again as what it says, so that it can be said in another language.
    One of another version of the program stays as it is.

    >>> read_weaker("lan was locked and is open again. Run: nq user lock lan").login
    'lan'
    """
    for template in (UNLOCKED, OLD_PASSWORD, MORE_ROLES, MORE_FORMS, OTHER_UNIT):
        if found := _pattern(template).fullmatch(text):
            params = found.groupdict()
            return Weaker(login=params.pop("login"), template=template, params=params)
    return Weaker(login="", template="{text}", params={"text": text})


def _pattern(template: str) -> re.Pattern[str]:
    """The sentences that `template` makes, with the name of each part."""
    named: set[str] = set()

    def part(match: re.Match[str]) -> str:
        name = match[1]
        again = name in named
        named.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.*?)"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", part, re.escape(template)), re.DOTALL)


def weaker_accounts(seen: LastSeen | None, store: Store) -> tuple[Weaker, ...]:
    """What holds again in `store` that had ended when it was last seen, in the order of the logins.

    () where the journal has everything that was seen."""
    if seen is None or seen.is_in(store):
        return ()
    found = []
    for doc in store.table(ACCOUNTS):
        login = str(doc.doc_id)
        if before := seen.accounts.get(login):
            found += [
                Weaker(login=login, template=template, params=params)
                for template, params in _compared(before, _account(doc))
            ]
    return tuple(sorted(found, key=lambda one: one.login))


def _compared(
    before: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    if before.get("locked") and not now["locked"]:
        yield UNLOCKED, {}
    if now["password"] and before.get("password") != now["password"]:
        yield OLD_PASSWORD, {}
    if more := sorted(set(now["roles"]) - set(before.get("roles", ()))):
        yield MORE_ROLES, {"more": ", ".join(more)}
    had = set(before.get("forms", ()))
    if had and not (now["forms"] and set(now["forms"]) <= had):
        yield MORE_FORMS, {}
    if before.get("unit") != now["unit"]:
        yield OTHER_UNIT, {"unit": now["unit"], "before": str(before.get("unit", ""))}
