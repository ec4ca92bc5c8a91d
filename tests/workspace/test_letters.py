"""Text in an old encoding, or with lost letters, at every way in of the library and the command line: what
may be meant is offered, and nothing is converted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.catalogue import parse_definitions
from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.collection.entry.autofill import in_unicode
from nqcore.collection.reorganisation.change_request import ChangeRequest
from nqcore.errors import DefinitionError, NqError
from nqcore.model.handovers import BrokenHandover, Disposal, Duty, Handover
from nqcore.model.units import Unit, UnitKind
from nqcore.text.messages import translator
from nqcore.text.old_encodings import letters_as_typed
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from nqcore.workspace.unit_list import read_units
from tests.collection.reorganisation.office import BASIS, DAY, office
from tests.support.small import PERIOD, add_accounts, found

VNI, TCVN3 = "Xaõ An Phuù Ñoâng", "X· An Phó §«ng"
MANGLED, LOST = "XÃ£ An PhÃº Ä\x90Ã´ng", "X? An Ph? ??ng"
MEANT = "Xã An Phú Đông"
OFFERED = [(VNI, f"“{MEANT}”"), (TCVN3, f"“{MEANT}”"), (MANGLED, f"“{MEANT}”"), (LOST, f"“{LOST}”")]
HIDDEN = [("Xã An\u202e Phú", "U+202E"), ("Xã An Phú\u2069", "U+2069")]
offered = pytest.mark.parametrize(("name", "words"), [*OFFERED, *HIDDEN])


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as ws:
        add_accounts(ws, {"quantri": ("huyen", Role.ADMIN)})
        yield ws


def refused(deed: Callable[[], object]) -> str:
    """What is said, in Vietnamese, when the deed is refused."""
    with pytest.raises(NqError) as caught:
        deed()
    return caught.value.message(translator("vi"))


def unit_list(folder: Path, name: str) -> Path:
    path = folder / "don-vi.csv"
    path.write_text(
        f'code,name,kind,parent\ntan-hoa,Huyện Tân Hòa,huyện ủy,\nxa,"{name}",xã,tan-hoa\n', "utf-8"
    )
    return path


@offered
def test_a_list_of_units_is_refused_by_its_row(tmp_path: Path, name: str, words: str) -> None:
    said = refused(lambda: read_units(unit_list(tmp_path, name)))
    assert "don-vi.csv, dòng 3: " in said
    assert words in said


@offered
def test_nq_init_makes_nothing_of_such_a_list(tmp_path: Path, name: str, words: str) -> None:
    folder, units = tmp_path / "ws", unit_list(tmp_path, name)
    result = CliRunner().invoke(main, ["init", str(folder), "--units", str(units)])
    assert result.exit_code == 2
    assert words in result.stderr
    assert not folder.exists()


@offered
def test_a_new_unit_and_a_new_name_are_refused(ws: Workspace, name: str, words: str) -> None:
    asked = ChangeRequest(catalogue=ws.catalogue, tree=ws.units, day=DAY, basis=BASIS)
    assert words in refused(lambda: asked.rename("xa-a", name))
    assert words in refused(lambda: asked.open("huyen", name, UnitKind.COMMUNE, None))
    assert words in refused(lambda: asked.merge(["xa-a", "xa-b"], name=name))
    assert words in refused(lambda: asked.merge(["xa-b"], into="xa-a", name=name))
    assert words in refused(lambda: asked.split("xa-a", [("Xã Một", None), (name, None)]))


@offered
def test_a_program_cannot_bring_such_a_unit_in(ws: Workspace, name: str, words: str) -> None:
    asked = ChangeRequest(catalogue=ws.catalogue, tree=ws.units, day=DAY, basis=BASIS)
    proposed = asked.rename("xa-a", "Xã Tốt")
    events = tuple(replace(event, name=name) for event in proposed.events)
    change = ws.organisation.change_units
    assert words in refused(lambda: change(*events, by="quantri"))
    unit = Unit(code="xa-moi", name=name, kind=UnitKind.COMMUNE, parent="huyen")
    assert words in refused(lambda: ws.organisation.add_units([unit], by="quantri"))
    assert "xa-moi" not in ws.units
    assert ws.units["xa-a"].name != name


@offered
def test_a_person_is_refused_by_the_line(ws: Workspace, name: str, words: str) -> None:
    people = f"Mai; xa-b\n{name}; xa-b"
    said = refused(
        lambda: ws.administration.add(people, [Role.ENTER], [], by=ws.account("quantri"))
    )
    assert said.startswith("Dòng 2: ")
    assert words in said
    assert ws.accounts.get("mai") is None


@offered
def test_nq_user_add_refuses_it_too(ws: Workspace, name: str, words: str) -> None:
    add = ws.accounts.add
    now = ws.clock()
    assert words in refused(
        lambda: add("moi", name, "xa-b", [Role.ENTER], units=ws.units, by="nq", at=now)
    )
    assert ws.accounts.get("moi") is None


PACK = '[pack]\nid = "p"\nsince = 2018-01-01\nbasis = "b"\n'


@offered
def test_a_definition_file_is_refused_by_its_line(name: str, words: str) -> None:
    name = name.replace("\x90", "\\u0090")  # TOML allows no controls
    text = f'{PACK}[[unit]]\ncode = "xa"\nname = "{name}"\nkind = "commune"\n'
    with pytest.raises(DefinitionError) as caught:
        parse_definitions("a.toml", text)
    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.key) == (7, "name")
    assert (words if name != LOST else "“X?, Ph?, ??ng”") in mistake.text


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (
            '[[directive]]\ntype = "Kế hoạch"\nnumber = "1-KH/HU"\nissuer = "HU"\nbody = "Huyện ủy"\n',
            "title",
        ),
        ('[[indicator]]\nlabel = "A1"\nmeasure = "người"\n', "name"),
    ],
)
@pytest.mark.parametrize(("words", "says"), OFFERED)
def test_any_text_of_a_definition_file_is_looked_at(
    table: str, key: str, words: str, says: str
) -> None:
    written = words.replace("\x90", "\\u0090")
    with pytest.raises(DefinitionError) as caught:
        parse_definitions("a.toml", f'{PACK}{table}{key} = "{written}"\n')
    says = says if words != LOST else "“X?, Ph?, ??ng”"
    assert any(key == one.key and says in one.text for one in caught.value.mistakes)


CITE = """Quy định số 08-QĐi/TW ngày 25/10/2018
NghÞ quyÕt sè 20-NQ/TW ngµy 28/01/2008
Nghò quyeát soá 20-NQ/TW ngaøy 28/01/2008
Nghá»‹ quyáº¿t sá»‘ 20-NQ/TW
Ngh? quy?t s? 20-NQ/TW
"""


def test_nq_cite_says_which_lines_are_misread_and_offers_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CITE, "utf-8")
    result = CliRunner().invoke(main, ["cite", str(tmp_path / "a.txt")])
    assert result.exit_code == 0
    said = result.stderr.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in said] == [
        f"a.txt, dòng {n}" for n in (2, 3, 4, 5)
    ]
    assert "Có phải là “Nghị quyết số 20-NQ/TW ngày 28/01/2008”?" in said[0]
    assert "Có phải là “Nghị quyết số 20-NQ/TW ngày 28/01/2008”?" in said[1]
    assert "Có phải là “Nghị quyết số 20-NQ/TW”?" in said[2]
    assert "Mất chữ có dấu trong “Ngh?, quy?t, s?”" in said[3]
    assert "Quy định số 08-QĐi/TW" in result.stdout


def test_nq_cite_names_only_the_first_lines_of_a_long_old_text() -> None:
    result = CliRunner().invoke(main, ["cite"], input="Xaõ An Phuù\n" * 12)
    assert len(result.stderr.splitlines()) == 6
    assert "Còn 7 dòng nữa như vậy" in result.stderr


def test_a_clean_text_says_nothing() -> None:
    result = CliRunner().invoke(main, ["cite"], input="Nghị quyết số 20-NQ/TW? Ai làm? Ở đâu?\n")
    assert result.stderr == ""


@pytest.mark.parametrize("text", [VNI, TCVN3, MANGLED])
def test_a_text_is_converted_only_when_a_button_asks(text: str) -> None:
    assert in_unicode({"N1": text, "N2": VNI}, "N1") == {"N1": MEANT, "N2": VNI}


@pytest.mark.parametrize("key", ["N1", "N9"])
def test_nothing_is_made_of_lost_letters_or_of_no_text(key: str) -> None:
    assert in_unicode({"N1": LOST}, key) == {"N1": LOST}


REASON = "Mưa lũ, đề nghị gia hạn thêm mười ngày"
BAD_REASON = "Möa luõ, ñeà nghò gia haïn theâm möôøi ngaøy"


def _handed(ws: Workspace, words: str) -> object:
    handover = Handover(
        unit="xa-a", duty=Duty.REPORTS, of="", disposal=Disposal.END, successor=None, since=DAY,
        basis=words,
    )  # fmt: skip
    return ws.organisation.hand_over(handover, by="quantri")


def _renamed(ws: Workspace, words: str) -> object:
    asked = ChangeRequest(catalogue=ws.catalogue, tree=ws.units, day=DAY, basis=words)
    proposed = asked.rename("xa-a", "Xã Tốt")
    return ws.organisation.change_units(*proposed.events, units=proposed.units, by="quantri")


def _day_off(ws: Workspace, words: str) -> object:
    day = ws.today.replace(year=ws.today.year + 1)
    return ws.monitoring.set_day_off(day, words, working=False, by="quantri")


@pytest.mark.parametrize("deed", [_renamed, _handed, _day_off])
def test_words_of_the_administration_are_asked_about_and_kept_if_they_are_meant(
    ws: Workspace, deed: Callable[[Workspace, str], object]
) -> None:
    head = ws.store.head
    assert f"“{REASON}”" in refused(lambda: deed(ws, BAD_REASON))
    assert ws.store.head == head
    with (
        letters_as_typed(),
        suppress(BrokenHandover),
    ):  # the unit has not ended; the words are taken
        deed(ws, BAD_REASON)
        assert ws.store.head != head


def test_the_reason_of_an_extension_and_of_entering_for_a_unit_is_asked_about(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "small") as ws:
        until = ws.today.replace(month=12)

        def extend(words: str) -> object:
            return ws.submissions.extend_deadline("xa-b", "s.q", PERIOD, until, words, by="duyet")

        def behalf(words: str) -> object:
            return ws.save_draft("xa-a", "s.q", PERIOD, {"A1": "7"}, by="duyet", reason=words)

        ws.save_draft("xa-a", "s.q", PERIOD, {"A1": "1"}, by="lan")
        for deed in (extend, behalf):
            head = ws.store.head
            assert f"“{REASON}”" in refused(partial(deed, BAD_REASON))
            assert "Mất chữ" in refused(partial(deed, LOST))
            assert ws.store.head == head
            with letters_as_typed():
                deed(BAD_REASON)
            assert ws.store.head != head
        # What is stored already is not asked about again.
        ws.save_draft("xa-a", "s.q", PERIOD, {"A1": "8"}, by="duyet", reason=BAD_REASON)


def test_a_name_is_kept_if_it_is_meant_but_never_with_a_replacement_character(
    ws: Workspace,
) -> None:
    def add(login: str, name: str) -> object:
        return ws.accounts.add(
            login, name, "xa-b", [Role.ENTER], units=ws.units, by="nq", at=ws.clock()
        )

    with letters_as_typed():
        for login, name in (("ten-1", VNI), ("ten-2", TCVN3), ("ten-3", LOST)):
            add(login, name)
            assert ws.accounts[login].name == name
        assert "U+202E" in refused(lambda: add("ten-4", "Lê\u202e An"))
        assert "Mất chữ" in refused(lambda: add("ten-5", "L\ufffd An"))
    with letters_as_typed(False):
        refused(lambda: add("ten-6", VNI))
    refused(lambda: add("ten-6", VNI))


def test_the_command_line_keeps_them_with_an_option(tmp_path: Path) -> None:
    folder, units = tmp_path / "ws", unit_list(tmp_path, VNI)
    nq = CliRunner().invoke
    assert nq(main, ["init", str(folder), "--units", str(units)]).exit_code == 2
    done = nq(main, ["init", str(folder), "--units", str(units), "--letters-as-typed"])
    assert done.exit_code == 0, done.stderr
    add = [
        "user",
        "add",
        "mai",
        "--name",
        VNI,
        "--unit",
        "xa",
        "--role",
        "enter",
        "-w",
        str(folder),
    ]
    assert nq(main, add).exit_code == 2
    assert nq(main, [*add, "--letters-as-typed"]).exit_code == 0
    with open_workspace(folder) as ws:
        assert (ws.units["xa"].name, ws.accounts["mai"].name) == (VNI, VNI)
