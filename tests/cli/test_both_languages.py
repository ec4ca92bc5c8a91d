"""Every command speaks one language: all of its output is Vietnamese, or all of it is English.

The office of these tests has names without accents. So an accent in an English output, or one of the common
English words in a Vietnamese one, belongs to a sentence of `nq` itself.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

import nqcore
from nqcore.catalogue.bundled_outlines import bundled_outlines
from nqcore.cli import main
from nqcore.cli.usage_errors import said_again
from nqcore.collection.accounts.access import Role
from nqcore.collection.settings import read_settings
from nqcore.errors import Phrase
from nqcore.store import key_file
from nqcore.text.messages import LANGUAGES
from tests.conftest import Install

PLUGIN = '''
from nqcore.plugin import hook, read_definitions

@hook
def definitions():
    return read_definitions(TEXT)

TEXT = """
[pack]
id = "t"
since = 2017-01-01
basis = "Ke hoach 1"
[[directive]]
type = "Nghi quyet"
number = "1-NQ/HU"
issuer = "HU"
body = "Huyen uy"
title = "ve mot viec"
date = 2017-01-05
[[task]]
id = "t1"
directive = "1-NQ/HU"
title = "Tuyen truyen"
responsible = "huyen"
[[indicator]]
label = "A1"
name = "Hoi nghi"
measure = "hoi nghi"
[[indicator]]
label = "A2"
name = "Nu"
measure = "hoi nghi"
[[indicator]]
label = "A3"
name = "Tong"
measure = "hoi nghi"
formula = "A1 + A2"
[[form]]
id = "t.q"
title = "Bao cao quy"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "So lieu"
figures = ["A1", "A2"]
"""
'''
UNITS = "code,name,kind,parent\nhuyen,Huyen,committee,\nxa-a,Xa A,commune,huyen\nxa-b,Xa B,commune,huyen\n"
DATA = (
    *("Quản trị", "số 1-NQ/HU", "(mã, tên, loại, cấp trên)"),
    *(outline.title for outline in bundled_outlines()),
)
"""Names that the program itself gives what it makes: they are data of the office."""
DOCUMENT = re.compile(
    r"^  [-+] .*|(?<=was in )“[^”]*”|(?<=: )kết quả năm 2018 .*|(?<=Its coverage: )“[^”]*”"
)
"""What a review itself says: its changed blocks, its sentences, its title and its coverage. A
review is written in Vietnamese, also for an English call."""
ENGLISH = re.compile(
    r"\b(the|is|are|was|were|of|not|and|with|this|that|it|its|has|have|cannot|could|which|already|there|must"
    r"|does|did|missing|records?|reports?|accepted|waiting|error|invalid|usage|try|unknown|unit|units|value"
    r"|state|login|roles|locked|choose|give|write|directory|denied|exists?)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile("[À-ỹ]")
CODES = re.compile(
    r"'[^'\n]*'|`[^`]*`|--[\w-]+|/\S+|\S+@\S+|\bt\.[\w.]+|\[[^\]]*\]|\bmain [\w ]+|\b[A-Z]{2,}\b"
    r"|\bunit, ?period, ?indicator, ?value\b|^ +[\w-]+  |\b[a-z]+-of-[a-z]+\b|\benter, lead, [a-z, ]*"
)
"""What stands for itself in both languages: quoted names, options, paths, codes."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `nq`: its words, its exit status, and what is done before it."""

    words: str
    code: int = 0
    before: Callable[[Path], object] = field(default=lambda place: None)


def write(name: str, text: str | bytes) -> Callable[[Path], object]:
    data = text.encode() if isinstance(text, str) else text
    return lambda place: (place / name).write_bytes(data)


MORE = "Don vi (quy I/2018);A1\nXa A;12\nXa C;1\n"
TABLE = "Don vi (quy I/2018);A1\nXa A;12\nXa B;-\nTong cong;11\n"


def keep_mapping(place: Path) -> None:
    """The table is written, and how it is read is kept in the office."""
    write("b.csv", TABLE)(place)
    with nqcore.open(place / "ws") as ws:
        by = next(one for one in ws.accounts.all() if Role.APPROVE in one.roles and not one.locked)
        (mapping,) = ws.tables.guess(ws.tables.read("b.csv", TABLE.encode()), by=by)
        ws.tables.keep(replace(mapping, name="Bieu 1", period="2018-Q1"), by=by)


def settings(old: str, new: str) -> Callable[[Path], object]:
    """A copy of the office, with other words in its workspace.toml."""

    def change(place: Path) -> None:
        shutil.rmtree(place / "other", ignore_errors=True)
        shutil.copytree(place / "ws", place / "other")
        file = place / "other/workspace.toml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def own_outline(*parts: str) -> Callable[[Path], object]:
    """A copy of the office with an outline of its own: these tables [[outline.part]]."""

    def change(place: Path) -> None:
        settings("name", "name")(place)
        tables = "".join(f"[[outline.part]]\n{part}\n" for part in parts)
        with (place / "other/workspace.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[[outline]]\nid = "rieng"\ntitle = "De cuong"\nbasis = "x"\n{tables}')

    return change


def word_file(name: str, *paragraphs: str) -> Callable[[Path], object]:
    """A .docx of these paragraphs."""

    def write_it(place: Path) -> None:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(str(place / name))

    return write_it


def history(place: Path) -> None:
    """Figures of a report that was never entered, for a copy of the office."""
    settings("name", "name")(place)
    write("h.csv", "unit,period,indicator,value\nxa-b,2018-Q4,t.A1,5\n")(place)


def damaged_journal(place: Path) -> None:
    settings("name", "name")(place)
    segment = next((place / "other/journal").glob("*.nqj"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(bytes(data))


def without_key(place: Path) -> None:
    key_file(read_settings(place / "ws").id).rename(place / "key")


def with_key(place: Path) -> None:
    (place / "key").rename(key_file(read_settings(place / "ws").id))


def linked(place: Path) -> None:
    (place / "ws/link").symlink_to(place / "units.csv")


def unlinked(place: Path) -> None:
    (place / "ws/link").unlink()


def other_zip(place: Path) -> None:
    with zipfile.ZipFile(place / "plain.zip", "w") as archive:
        archive.writestr("a.txt", "x")


CONTENT = """[pack]
id = "vp"
since = 2018-04-01
basis = "Cong van 5"
[[indicator]]
label = "A9"
name = "Buoi"
measure = "buoi"
[[question]]
form = "t.q"
section = "A"
type = "figure"
indicator = "A9"
"""
VALUES = "unit,period,indicator,value\nxa-a,2018-Q1,t.A1,{0}\nxa-a,2018-Q1,t.A2,2\n"
CALLS = (
    # init
    Call("init {p}/ws --units {p}/units.csv --plugin nq_plain --plugin nq_party_report --since 2018-01-01"),
    Call("init {p}/ws --units {p}/units.csv", 2),
    Call("init {p}/n1", 2),
    Call("init {p}/n2 --units {p}/two.csv", 2, write("two.csv", UNITS + "h2,Huyen 2,committee,\n")),
    Call("init {p}/n3 --units {p}/bad.csv", 2, write("bad.csv", UNITS + "x y,,nothing,huyen\n")),
    Call("init {p}/n4 --units {p}/cols.csv", 2, write("cols.csv", "ma,ten\nx,y\n")),
    Call("init {p}/n5 --units {p}/no.csv", 2),
    Call("init {p}/n6 --units {p}/units.csv --admin ''", 2),
    Call("init {p}/n7 --units {p}/units.csv --plugin nq_gone", 2),
    Call("init {p}/n8 --units {p}/list.pdf", 2, write("list.pdf", b"%PDF-1.4")),
    Call("init {p}/n9 --units {p}/list.xlsx", 2, write("list.xlsx", b"PK\x03\x04 broken")),
    Call("init {p}/n10 --units {p}/empty.csv", 2, write("empty.csv", "")),
    # lists
    *map(Call, ("units -w {w}", "units xa-a -w {w}", "units find xa -w {w}", "units --questions -w {w}")),
    *map(Call, ("indicators --used -w {w}", "indicators --used --json -w {w}")),
    Call("indicators A3 --used -w {w}", 2),
    *map(Call, ("indicators -w {w}", "indicators A3 -w {w}", "directives -w {w}", "plugins -w {w}")),
    *map(Call, ("directives 1-NQ/HU -w {w}", "directives 1-NQ/HU --at 2016-01-01 -w {w}")),
    *map(Call, ("directives --plans -w {w}", "directives 1-NQ/HU --tasks -w {w}")),
    *map(Call, ("units --list -w {w}", "units xa-a --list -w {w}", "export --unit xa-a -w {w}")),
    Call("units --list --json -w {w}", 2),
    Call("units nothing --list -w {w}", 2),
    Call("export --unit nothing -w {w}", 2),
    Call("units nothing -w {w}", 2),
    Call("units -w {p}", 2),
    Call("units a b -w {w}", 2),
    Call("units --questions xa-a -w {w}", 2),
    Call("units find xa --at 2018-01-01 -w {w}", 2),
    Call("directives --plans --tasks -w {w}", 2),
    Call("directives --tasks -w {w}", 2),
    Call("directives nothing -w {w}", 2),
    Call("indicators nothing -w {w}", 2),
    # users
    Call("user add lan --name Lan --unit huyen --role review -w {w}"),
    Call("user add lan --name Lan --unit huyen --role review -w {w}", 2),
    Call("user add hoa --name Hoa --unit xa-x --role enter -w {w}", 2),
    Call("user add hoa --name Hoa --unit xa-a --role chief -w {w}", 2),
    Call("user add hoa -w {w}", 2),
    *map(Call, ("user link lan -w {w}", "user lock lan -w {w}", "user list -w {w}")),
    Call("user unlock lan -w {w}"),
    *map(Call, ("user sign-out lan -w {w}", "user sign-out --all -w {w}", "user totp-reset lan -w {w}")),
    Call("user lock quantri -w {w}", 2),
    Call("user link nobody -w {w}", 2),
    Call("user sign-out -w {w}", 2),
    Call("user", 2),
    # import, export, figures
    Call("import {p}/v.csv --dry-run -w {w}", 0, write("v.csv", VALUES.format(5))),
    Call("import {p}/b.csv --map 'Bieu 1' --by lan -w {w}", 2, write("b.csv", TABLE)),
    Call("import {p}/b.csv --map 'Bieu 1' --by lan --dry-run -w {w}", 0, keep_mapping),
    Call("import {p}/b.csv --map 'Bieu 1' --by lan --period 2018-Q2 -w {w}", 2, write("b.csv", MORE)),
    Call("import {p}/v.csv --map 'Bieu 1' --by lan -w {w}", 2, write("v.csv", VALUES.format(5))),
    Call("import {p}/v.csv --period 2018-Q1 -w {w}", 2),
    Call("import {p}/v.csv --by lan -w {w}"),
    Call("import {p}/v.csv --by lan -w {w}"),
    Call("import {p}/v6.csv -w {w}", 2, write("v6.csv", VALUES.format(7))),
    Call("import {p}/v1.csv -w {w}", 2, write("v1.csv", VALUES.format("5 triệu"))),
    Call("import {p}/v2.csv -w {w}", 2, write("v2.csv", VALUES.format("1/5") + "xa-x,2018-Q1,t.A1,1\n")),
    Call("import {p}/v3.csv -w {w}", 2, write("v3.csv", "a,b\n1,2\n")),
    Call("import {p}/v4.csv -w {w}", 2, write("v4.csv", VALUES.format(1).replace("2018-Q1", "2019"))),
    Call("import {p}/v5.csv -w {w}", 2, write("v5.csv", b"\xff\xfe\x00")),
    Call("import {p}/v.pdf -w {w}", 2, write("v.pdf", b"%PDF-1.4")),
    Call("import {p}/v.xlsx -w {w}", 2, write("v.xlsx", b"PK\x03\x04 broken")),
    Call("import {p}/none.csv -w {w}", 2),
    Call("import {p} -w {w}", 2),
    Call("import -w {w}", 2),
    Call("import {p}/v.csv --by nobody -w {w}", 0),
    Call("import {p}/v6.csv --by nobody -w {w}", 2),
    *map(Call, ("export -w {w}", "export -o {p}/out.csv -w {w}")),
    Call("export -o {p}/no/out.csv -w {w}", 2),
    Call("status --form t.q --period 2018-Q1 --today 2018-04-01 -w {w}"),
    Call("status --form t.q --period 2018-Q1 --today 2018-06-01 -w {w}"),
    Call("status --form t.x --period 2018-Q1 -w {w}", 2),
    Call("status --form t.q --period 2018 -w {w}", 2),
    Call("status --form t.q --period nothing -w {w}", 2),
    Call("status -w {w}", 2),
    Call("debts --today 2018-06-01 -w {w}"),
    Call("debts --unit nothing -w {w}", 2),
    Call("rollup --form t.q --period 2018-Q1 -w {w}"),
    Call("rollup --form t.q --period 2018-Q1 --boundaries nothing -w {w}", 2),
    Call("rollup --form t.q --period 2018-Q1 --unit nothing -w {w}", 2),
    Call("rollup --form t.q --period 2018-Q1 --as-of 2099-01-01 -w {w}", 2),
    Call("explain --indicator A3 --period 2018-Q1 -w {w}"),
    Call("explain -w {w}", 2),
    Call("explain --figure nothing -w {w}", 2),
    Call("findings --directive 1-NQ/HU --period 2018 --all -w {w}"),
    Call("findings --directive nothing --period 2018 -w {w}", 2),
    Call("report --directive 1-NQ/HU --period 2018 --format nothing -o {p}/a -w {w}", 2),
    Call("extend --form t.q --period 2018-Q1 --unit xa-b --until 2099-05-01 --reason x --by lan -w {w}"),
    Call("extend --form t.q --period 2018-Q1 --unit xa-b --until 2017-05-01 --reason x --by lan -w {w}", 2),
    Call("extend --form t.q --period 2018-Q1 --unit xa-b --until 2099-05-01 --reason x --by no -w {w}", 2),
    # frozen reviews
    Call("freeze --directive 1-NQ/HU --period 2018 --by lan -w {w}"),
    Call("freeze --directive 1-NQ/HU --period 2018 --by nobody -w {w}", 2),
    Call("freeze --directive nothing --period 2018 --by lan -w {w}", 2),
    Call("freeze --directive 1-NQ/HU --period nothing --by lan -w {w}", 2),
    Call("freeze --directive 1-NQ/HU --period 2016 --by lan -w {w}", 2),
    Call("freeze --directive 1-NQ/HU --period 2018 --by lan --as-of 2099-01-01 -w {w}", 2),
    Call("freeze --directive 1-NQ/HU --period 2018 -w {w}", 2),
    *map(Call, ("editions -w {w}", "editions --recompute 1 -w {w}", "diff 1 -w {w}")),
    Call("editions --recompute 77 -w {w}", 2),
    Call("editions --directive nothing -w {w}", 2),
    Call("diff 1 -w {p}/other", 0, settings("since = 2018-01-01", "since = 2018-07-01")),
    Call("diff 77 -w {w}", 2),
    Call("diff -w {w}", 2),
    Call("report --edition 77 --format json -o {p}/a -w {w}", 2),
    Call("report --format json -o {p}/a -w {w}", 2),
    # documents that come back
    Call("report --edition 1 --format party-docx -o {p}/r.docx -w {w}"),
    Call("check {p}/r.docx -w {w}"),
    Call("check {p}/r.docx --edition 77 -w {w}", 2),
    Call("check {p}/d.docx -w {w}", 2, word_file("d.docx", "Don xin nghi 3 ngay.", "Da mo 9 hoi nghi.")),
    Call("check {p}/d.docx --edition 1 -w {w}", 1),
    Call("check {p}/d.docx --directive 1-NQ/HU --period 2018 -w {w}", 1),
    Call("check {p}/d.docx --directive 1-NQ/HU -w {w}", 2),
    Call("check {p}/v.pdf -w {w}", 2),
    Call("check {p}/broken.docx -w {w}", 2, write("broken.docx", b"PK\x03\x04 broken")),
    Call("check {p}/none.docx -w {w}", 2),
    # outlines
    Call("outlines -w {w}"),
    Call("outlines show nothing -w {w}", 2),
    Call("outlines show -w {w}", 2),
    Call("outlines show rieng -w {p}/other", 0, own_outline('key = "a"\nheading = "A"')),
    Call("outlines -w {p}/other"),
    Call("outlines import {p}/o.docx", 0, word_file("o.docx", "I- Tinh hinh", "1. Ket qua", "2. Han che")),
    Call("outlines import {p}/o.docx", 2, word_file("o.docx", "Khong co de muc nao")),
    Call("outlines import {p}/o.docx --save -w {w}", 2),
    Call("outlines import {p}/o.docx --by an -w {w}", 2),
    Call("outlines import {p}/o.docx --save --by nobody -w {w}", 2),
    Call(
        "outlines import {p}/o.docx --save --by lan --directive 1-NQ/HU --every quarter -w {w}", 0,
        word_file("o.docx", "I- Tinh hinh", "1. Ket qua", "2. Han che"),
    ),
    Call("outlines remove o --by lan -w {w}"),
    Call("outlines remove o --by lan -w {w}", 2),
    Call("outlines import {p}/v.pdf", 2),
    # brought in
    Call("import {p}/h.csv --accept --by quantri -w {w}", 2, write("h.csv", VALUES.format(5))),
    Call("import {p}/h.csv --accept --basis x -w {w}", 2),
    Call("import {p}/h.csv --accept --basis x --by quantri -w {p}/other", 0, settings("name", "name")),
    Call("import {p}/h.csv --accept --basis x --by quantri -w {p}/other", 0, history),
    Call("brought-in -w {p}/other"),
    Call("brought-in --take-out 1 --by quantri -w {p}/other", 2),
    Call("brought-in --take-out 1 -w {p}/other", 2),
    # content
    Call("content -w {w}"),
    Call("content export {p}/c.xlsx -w {w}"),
    Call("content import {p}/c.xlsx -w {w}"),
    Call("content export {p}/ws -w {w}", 2),
    Call("content import {p}/vp.toml -w {w}", 0, write("vp.toml", CONTENT)),
    Call("content import {p}/vp.toml --save -w {w}", 2),
    Call("content import {p}/vp.toml --by quantri -w {w}", 2),
    Call("content import {p}/vp.toml --save --by nobody -w {w}", 2),
    Call("content import {p}/vp.toml --save --by quantri -w {w}"),
    Call("content import {p}/vp.toml -w {w}", 0, write("vp.toml", CONTENT.replace("Buoi", "Cuoc"))),
    Call("content import {p}/vp.toml -w {w}", 2, write("vp.toml", CONTENT.replace('n = "A"', 'n = "Z"'))),
    Call("content import {p}/vp.toml -w {w}", 2, write("vp.toml", CONTENT.replace("name", "nam"))),
    Call("content import {p}/empty -w {w}", 2, lambda place: (place / "empty").mkdir(exist_ok=True)),
    Call("content export {p}/toml -w {w}", 0, lambda place: shutil.rmtree(place / "toml", True)),
    Call("content pack nq_goi {p}/goi -w {w}", 0, lambda place: shutil.rmtree(place / "goi", True)),
    Call("content pack goi {p}/goi2 -w {w}", 2),
    Call("outlines import {p}/none.docx", 2),
    Call("units -w {p}/other", 2, own_outline()),
    Call("units -w {p}/other", 2, own_outline('key = "a"', 'key = "a"\nheading = "A"\nlevel = 3')),
    *(
        Call("units -w {p}/other", 2, own_outline(f'key = "a"\nheading = "A"\ntakes = [{takes}]'))
        for takes in (
            '{ what = "result" }',
            '{ what = "results" }, { what = "results" }',
            '{ what = "results", rows = ["R"] }, { what = "results", rows = ["R"] }',
            '{ what = "solutions", rules = ["r"] }',
            '{ what = "table" }',
            '{ what = "results", leads = [{ text = "{x}" }] }',
        )
    ),
    Call("units -w {p}/other", 2, own_outline('key = "a"\n[[outline]]\nannexes = ["x", "tasks", "tasks"]')),
    # history and copies
    *map(Call, ("verify -w {w}", "log -w {w}", "backup {p}/b.zip -w {w}", "backup --check {p}/b.zip")),
    Call("verify --receipt 3/aaaaaaaaaaaa -w {w}", 1),
    Call("verify --receipt nothing -w {w}", 2),
    Call("verify -w {p}/other", 1, damaged_journal),
    Call("units -w {p}/other", 2),
    Call("backup {p}/b2.zip -w {p}/other", 2),
    Call("backup {p}/b.zip -w {w}", 2),
    Call("backup {w}/b.zip -w {w}", 2),
    Call("backup -w {w}", 2),
    Call("backup --check", 2),
    Call("backup {p}/none --keep 1 -w {w}", 2),
    Call("backup {p}/none/b.zip -w {w}", 2),
    Call("backup {p}/b3.zip -w {w}", 2, linked),
    Call("backup {p}/b3.zip -w {w}", 0, unlinked),
    Call("backup {p}/many --keep 1 -w {w}", 0, lambda place: (place / "many").mkdir()),
    Call("backup {p}/many --keep 1 -w {w}"),
    Call("restore {p}/b.zip {p}/r1"),
    Call("restore {p}/b.zip {p}/r1", 2),
    Call("restore {p}/b.zip {p}/r2 --until 3"),
    Call("restore {p}/b.zip {p}/r3 --until 99999", 2),
    Call("restore {p}/b.zip {p}/r3 --until 2001-01-01", 2),
    Call("restore {p}/b.zip {p}/r3 --until soon", 2),
    Call("restore {p}/units.csv {p}/r3", 2),
    Call("restore {p}/plain.zip {p}/r3", 2, other_zip),
    Call("restore {p}/none.zip {p}/r3", 2),
    Call("restore {p}/b.zip {p}/r4", 1, without_key),
    Call("units -w {w}"),
    Call("user lock lan -w {w}", 2),
    Call("new-key --why x -w {w}", 2, with_key),
    Call("new-key -w {w}", 2),
    Call("purge-evidence --dry-run -w {w}"),
    Call("purge-evidence -w {w}"),
    Call("doctor -w {w}", 1),
    # settings
    Call("units -w {p}/other", 2, settings("name =", "nam =")),
    Call("units -w {p}/other", 2, settings('root = "huyen"', "root = 5")),
    Call("units -w {p}/other", 2, settings('language = "vi"', 'language = "fr"')),
    Call("units -w {p}/other", 2, settings('id = "', 'id = "x')),
    Call("units -w {p}/other", 2, settings('root = "huyen"', 'root = "huyen"\nidle_minutes = 1')),
    Call("units -w {p}/other", 2, settings('root = "huyen"', 'root = "huyen"\nsecond_factor = ["boss"]')),
    Call("units -w {p}/other", 2, settings('root = "huyen"', 'root = "huyen"\nletterhead = 1')),
    Call("units -w {p}/other", 2, settings('root = "huyen"', 'root = ""')),
    # cite
    Call("cite {p}/c.txt", 0, write("c.txt", "Nghi quyet 1-NQ/HU ngay 05/01/2017")),
    Call("cite {p}/none.txt", 2),
    Call("cite -w {w} {p}/c.txt"),
    Call("cite {p}/v.xlsx", 2),
    Call("cite {p}/v.pdf", 2),
    Call("cite --json --register {p}/c.txt", 2),
    # plugins
    Call("plugins new nq_x {p}/x"),
    Call("plugins new nq_x {p}/x", 2),
    Call("plugins check nq_plain"),
    Call("plugins check nq_gone", 1),  # the kit is for those who write plugins: English
    Call("plugins test nq_plain"),
    Call("plugins test nq_gone", 2),
    # click's own errors
    Call("nothing", 2),
    Call("units --nothing -w {w}", 2),
    Call("units -w", 2),
    Call("units --json=yes -w {w}", 2),
    Call("units --at soon -w {w}", 2),
    Call("init {p}/n --port many", 2),
    Call("init {p}/n --port 99999", 2),
    Call("status --form t.q --period 2018-Q1 more -w {w}", 2),
    Call("rollup --form t.q --period 2018-Q1 --format pdf -w {w}", 2),
    Call("units -w {p}/units.csv", 2),
    *(Call(f"{name} --help") for name in ("", "import", "restore", "user", "user add", "plugins check")),
)  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said(call: Call, place: Path, language: str) -> Iterator[str]:
    """What the call prints, line by line; its exit status is compared."""
    import shlex

    call.before(place)
    words = shlex.split(call.words.format(p=place, w=place / "ws"))
    done = CliRunner().invoke(main, ["--lang", language, *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), (call, done.exception)
    yield from (line for line in done.output.splitlines() if line.strip())
    if done.exit_code != call.code:
        yield f"EXIT {done.exit_code} {done.output}"


def mixed(line: str, language: str) -> bool:
    """Whether the line has words of the other language."""
    for name in DATA:
        line = line.replace(name, "")
    line = DOCUMENT.sub("", line)
    if line.startswith(("EXIT", "nq: nq_gone:", "nq_gone is")):  # a plugin's faults are in English
        return line.startswith("EXIT")
    if language == "en":
        return bool(VIETNAMESE.search(line.replace("5 triệu", "")))
    return bool(ENGLISH.search(CODES.sub(" ", line)))


def test_no_command_speaks_two_languages(tmp_path: Path, install: Install, language: str) -> None:
    install("nq_plain", PLUGIN)
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    bad = [
        (call.words, line)
        for call in CALLS
        for line in said(call, tmp_path, language)
        if not call.words.startswith("log") and mixed(line, language)
    ]
    assert bad == []


def test_the_table_has_every_command() -> None:
    import click

    def names(group: click.Group, above: str = "") -> Iterator[str]:
        context = click.Context(group)
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, click.Group):
                yield from names(found, f"{name} ")
            else:
                yield f"{above}{name}"

    called = [call.words for call in CALLS]
    silent = {"demo", "serve"}  # they make ten years of figures, and a server
    missing = [
        name
        for name in names(main)
        if name not in silent and not any(f"{words} ".startswith(f"{name} ") for words in called)
    ]
    assert missing == []


@pytest.mark.parametrize(
    "sentence",
    [
        "No such option '--x'.",
        "No such option: --x",  # click 8.2
        "No such option: --form Did you mean --from?",
        "No such command 'x'.",
        "Missing command.",
        "Got unexpected extra argument (x)",
        "Got unexpected extra arguments (x y)",
        "Option '--x' requires an argument.",
        "Option '--x' does not take a value.",
        "'x' is not one of 'a', 'b'.",
        "'x' is not 'a'.",
        "'x' does not match the format '%Y-%m-%d'.",
        "'x' is not a valid integer.",
        "'x' is not a valid integer range.",
        "99 is not in the range 0<=x<=9.",
        "File 'x' does not exist.",
        "Directory 'x' is a file.",
        "File 'x' is a directory.",
        "File 'x' is not readable.",
    ],
)
def test_each_sentence_of_click_is_said_again(sentence: str) -> None:
    words = said_again(sentence)
    assert isinstance(words, Phrase)
    assert str(words) != sentence
