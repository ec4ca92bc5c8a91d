"""The settings of a workspace (`workspace.toml`) and the days off of the office (`days-off.toml`):
two small TOML files that a person can read and change."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from nqcore.catalogue.directive_tables import LETTERHEAD, LETTERHEADS
from nqcore.catalogue.outline_tables import OUTLINE
from nqcore.catalogue.outline_text import outline_lines
from nqcore.catalogue.owners import BUILT_IN, WORKSPACE
from nqcore.catalogue.toml_table import (
    REQUIRED,
    Key,
    Reading,
    TableCheck,
    TableKind,
    TableProblem,
    TomlFile,
)
from nqcore.catalogue.toml_text import ParsedToml
from nqcore.catalogue.toml_values import (
    DAY,
    FLAG,
    TEXT,
    converted,
    one_of,
    several,
    table_kind,
    tables_of,
    whole,
)
from nqcore.collection.accounts.access import Role
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.files.incoming import TOML, FileRefused, load_text, parse_toml
from nqcore.model.days_off import VIET_NAM, DaysOff
from nqcore.model.outlines import Outline
from nqcore.model.reports import Letterhead
from nqcore.text.messages import LANGUAGES

SETTINGS_FILE = "workspace.toml"
DAYS_OFF_FILE = "days-off.toml"
IDLE_MINUTES = 60
"""Minutes without a request after which a session ends, where the office says nothing: the limit of NIST SP
800-63B-4 for accounts with two factors. What is typed then is kept and saved after the next sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The definition file packs/`name`.toml with the SHA-256 that it had when it was allowed."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `workspace.toml` says.

    - `id`: 16 hex digits that name the workspace and never change; its key is kept under this name.
    - `plugins`: the plugins that may be loaded, each as "name" or "name==version".
    - `root`: the code of the unit at the top of all reports.
    - `since`: the day from which the office collects; no report is owed for an earlier period.
    - `hosts`: the host names under which the pages are served behind a proxy (empty: any name).
    - `letterheads`: those of the office's own units, as tables [[letterhead]]; they hold before those of
      plugins.
    - `report_outline`: the id of the outline of the office's reports ("": as plugins say).
    - `outlines`: the office's own, as tables [[outline]]; they hold before those of plugins.
    - `packs`: the definition files in the folder `packs` that may be loaded, as tables [[pack]].
    - `idle_minutes`: after so many minutes without a request a session ends (5 to 720).
    - `evidence_report_mb`, `evidence_day_mb`, `evidence_unit_mb`: how many MB the attached files may take of
      one report, of one unit on one day, and of one unit.
    - `second_factor`: the roles that need a second factor to sign in, as ["admin", "review"].
    - `backups`: the folder of the backups, which `nq doctor` looks at ("": not known).
    - `today`: set in a demo only: the day on which the demo always works.
    """

    id: str
    name: str
    plugins: tuple[str, ...]
    root: str
    language: str = "vi"
    since: date | None = None
    today: date | None = None
    hosts: tuple[str, ...] = ()
    backups: str = ""
    letterheads: tuple[Letterhead, ...] = ()
    report_outline: str = ""
    outlines: tuple[Outline, ...] = ()
    packs: tuple[Pack, ...] = ()
    idle_minutes: int = IDLE_MINUTES
    evidence_report_mb: int = 100
    evidence_day_mb: int = 300
    evidence_unit_mb: int = 3000
    second_factor: frozenset[Role] = frozenset()

    @property
    def demo(self) -> bool:
        """Whether this is a demo: a fixed day and preset accounts."""
        return self.today is not None


def _one_letterhead(reading: Reading) -> Iterator[TableProblem]:
    """A unit has one letterhead."""
    units = [head.unit or reading.found["root"] for head in reading.found["letterheads"]]
    for nth, unit in enumerate(units):
        if unit in units[:nth]:
            yield TableProblem(
                f"letterhead[{nth + 1}].unit",
                Phrase(N_("“{unit}” has a letterhead already"), {"unit": unit}),
                Phrase(N_("take one of the two out")),
                ("letterhead", nth, "unit"),
            )


def _one_outline(reading: Reading) -> Iterator[TableProblem]:
    """An outline of the office stands once."""
    ids = [one.id for one in reading.found["outlines"]]
    for nth, id in enumerate(ids):
        if ids.index(id) < nth:
            yield TableProblem(
                f"outline[{id}].id",
                "stands twice",
                "take one of the two out, or give it another id",
                ("outline", nth, "id"),
            )


def _one_pack(reading: Reading) -> Iterator[TableProblem]:
    """A pack stands once, under a name that no other owner has."""
    names = [pack.name for pack in reading.found["packs"]]
    for nth, name in enumerate(names):
        if name in names[:nth] or name in (WORKSPACE, BUILT_IN):
            yield TableProblem(
                f"pack[{nth + 1}].name",
                Phrase(N_("is “{text}”, which is taken"), {"text": name}),
                Phrase(N_("give another name")),
                ("pack", nth, "name"),
            )


def _pack_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", text):
        raise ValueError(text)
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError(text)
    return text


PACK_NAME = converted(Phrase(N_("small letters without accents, digits, “_” and “-”")), _pack_name)
SHA256 = converted(Phrase(N_("64 hex digits, as `nq plugins` says")), _sha256)
PACK = table_kind(Pack, name=Key(PACK_NAME), sha256=Key(SHA256))
"""The table [[pack]]."""

SETTINGS = table_kind(
    Settings,
    plugins=Key(default=()),
    language=Key(one_of(LANGUAGES), "vi"),
    letterheads=Key(LETTERHEADS, (), "letterhead"),
    outlines=Key(tables_of(OUTLINE), (), "outline"),
    packs=Key(tables_of(PACK), (), "pack"),
    idle_minutes=Key(whole(5, 720), IDLE_MINUTES),
    evidence_report_mb=Key(whole(1, 10_000), 100),
    evidence_day_mb=Key(whole(1, 100_000), 300),
    evidence_unit_mb=Key(whole(1, 1_000_000), 3000),
    second_factor=Key(several(Role), frozenset()),
    checks=[
        TableCheck(("letterheads", "root"), _one_letterhead),
        TableCheck(("outlines",), _one_outline),
        TableCheck(("packs",), _one_pack),
    ],
)
"""The file workspace.toml."""


class OwnDay(NamedTuple):
    """A day that the office itself declares: a day off, or a working day."""

    date: date
    name: str
    working: bool


def _days_once(reading: Reading) -> Iterator[TableProblem]:
    """No day is given twice. Days with another mistake are looked at too."""
    seen: set[date] = set()
    for nth, each in enumerate(reading.table.tables("day", reading.table.values.get("day", []))):
        day = each.values.get("date")
        if isinstance(day, date):
            if day in seen:
                where = ("day", nth, "date")
                yield TableProblem(
                    f"day[{nth + 1}].date",
                    Phrase(N_("stands twice: {day}"), {"day": day.isoformat()}),
                    "",
                    where,
                )
            seen.add(day)


def _own_days(day: tuple[OwnDay, ...]) -> DaysOff:
    return DaysOff(
        {each.date: each.working for each in day}, {each.date: each.name for each in day}
    )


OWN_DAY = TableKind(
    OwnDay,
    {"date": Key(DAY, REQUIRED), "name": Key(TEXT, REQUIRED), "working": Key(FLAG, REQUIRED)},
)
"""The table [[day]] of the file days-off.toml."""
OWN_DAYS = TableKind(
    _own_days, {"day": Key(tables_of(OWN_DAY), ())}, checks=[TableCheck(("day",), _days_once)]
)
"""The file days-off.toml."""


def new_id() -> str:
    """A random workspace id of 16 hex digits."""
    return secrets.token_hex(8)


def read_settings(folder: Path) -> Settings:
    """The settings of the workspace in `folder`. Raises WorkspaceError where there is no such file or
    it cannot be read, DefinitionError where a key is missing, unknown or of the wrong type."""
    file = folder / SETTINGS_FILE
    try:
        read = _toml_file(file)
    except (FileNotFoundError, NotADirectoryError):
        raise WorkspaceError(
            detail=Phrase(
                N_(
                    "{folder} is not a workspace (no {file}). Make one with `nq init` or "
                    "`nq demo`, or name one with -w."
                ),
                {"folder": folder, "file": SETTINGS_FILE},
            )
        ) from None
    except FileRefused as wrong:
        raise _unreadable(file, wrong) from wrong
    settings = SETTINGS.read(read.top)
    read.finish()
    assert settings is not None
    if not re.fullmatch(r"[0-9a-f]{16}", settings.id):
        raise WorkspaceError(
            detail=Phrase(
                N_("{file}: id must be 16 hex digits, as `nq init` made it"), {"file": file}
            )
        )
    return settings


def _toml_file(file: Path) -> TomlFile:
    """The file, parsed. Raises FileRefused, OSError."""
    text = load_text(file, TOML)
    return TomlFile(str(file), ParsedToml(text, parse_toml(file.name, text)))


def _unreadable(file: Path, wrong: FileRefused) -> WorkspaceError:
    return WorkspaceError(
        detail=Phrase("{file}: {why}", {"file": file, "why": wrong.params.get("detail", wrong)})
    )


def read_days_off(folder: Path) -> DaysOff:
    """The public holidays of Viet Nam, with the days off and days of work that the office has added in
    `folder`. Raises WorkspaceError where the file cannot be read, DefinitionError where a key in it is
    wrong."""
    file = folder / DAYS_OFF_FILE
    try:
        read = _toml_file(file)
    except FileNotFoundError:
        return VIET_NAM
    except FileRefused as wrong:
        raise _unreadable(file, wrong) from wrong
    found = OWN_DAYS.read(read.top)
    read.finish()
    assert found is not None
    return found


def write_settings(folder: Path, settings: Settings) -> None:
    """Write `workspace.toml`. It is replaced in one step: a crash leaves the old or the new file."""
    new = folder / f".{SETTINGS_FILE}.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(settings_text(settings))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / SETTINGS_FILE)


def settings_text(settings: Settings) -> str:
    """The text of `workspace.toml`."""
    lines = [
        "# Settings of this nqcore workspace. `plugins` lists what may be loaded.",
        f"id = {_quoted(settings.id)}",
        f"name = {_quoted(settings.name)}",
        f"plugins = [{', '.join(map(_quoted, settings.plugins))}]",
        f"root = {_quoted(settings.root)}",
        f"language = {_quoted(settings.language)}",
    ]
    if settings.hosts:
        lines.append(f"hosts = [{', '.join(map(_quoted, settings.hosts))}]")
    if settings.backups:
        lines.append(f"backups = {_quoted(settings.backups)}")
    if settings.idle_minutes != IDLE_MINUTES:
        lines.append(f"idle_minutes = {settings.idle_minutes}")
    for key in ("evidence_report_mb", "evidence_day_mb", "evidence_unit_mb"):
        if getattr(settings, key) != Settings.__dataclass_fields__[key].default:
            lines.append(f"{key} = {getattr(settings, key)}")
    if settings.report_outline:
        lines.append(f"report_outline = {_quoted(settings.report_outline)}")
    if settings.second_factor:
        lines.append(f"second_factor = [{', '.join(map(_quoted, sorted(settings.second_factor)))}]")
    if settings.since is not None:
        lines.append(f"since = {settings.since.isoformat()}  # nothing is owed for periods before")
    if settings.today is not None:
        lines.append(f"today = {settings.today.isoformat()}  # a demo stays on this day")
    lines += [line for head in settings.letterheads for line in ("", *letterhead_lines(head))]
    lines += [line for one in settings.outlines for line in ("", *outline_lines(one))]
    for pack in settings.packs:
        lines += [
            "",
            "[[pack]]",
            f"name = {_quoted(pack.name)}",
            f"sha256 = {_quoted(pack.sha256)}",
        ]
    return "\n".join(lines) + "\n"


def letterhead_lines(head: Letterhead) -> Iterator[str]:
    """The letterhead as a table of TOML, as `workspace.toml` and definition files have it."""
    yield "[[letterhead]]"
    for key in sorted(LETTERHEAD.names, key="unit".__ne__):  # its unit first
        value = getattr(head, key)
        if isinstance(value, tuple):
            yield f"{key} = [{', '.join(map(_quoted, value))}]"
        elif value is False:
            yield f"{key} = false"
        elif value and value is not True:
            yield f"{key} = {_quoted(value)}"


def _quoted(text: str) -> str:
    """The text as TOML: a JSON string that keeps all letters as they are is one."""
    return json.dumps(text, ensure_ascii=False)
