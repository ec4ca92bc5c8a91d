"""Codes of an authenticator app, recovery codes, and where their secrets lie."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pyotp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.factor_file import FactorFile, factor_file
from nqcore.collection.accounts.second_factors import (
    BEGIN_SECONDS,
    RECOVERY_CODES,
    STEP,
    NothingBegun,
    WrongCode,
    _matching_step,
)
from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.collection.settings import Settings, read_settings, write_settings
from nqcore.errors import DefinitionError, NotAllowed, StoreError, UnknownName
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, add_accounts, found, reopen

START = 1_700_000_010.0
"""A moment in the middle of a step."""


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    with found(tmp_path / "ws") as made:
        # A folder of keys of this test's own: it looks into every file of it.
        keys = shutil.copytree(os.environ["NQ_KEYS"], tmp_path / "keys", ignore=_folders)
        monkeypatch.setenv("NQ_KEYS", str(keys))
        add_accounts(made, {"qt": ("top", Role.ADMIN)})
        yield made


def _folders(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_dir()]


def set_up(ws: Workspace, login: str = "lan", at: float = START) -> tuple[str, tuple[str, ...]]:
    """The account's new seed, and its recovery codes."""
    seed = ws.second_factors.begin(login, seconds=at).seed
    code = pyotp.TOTP(seed).at(int(at))
    return seed, ws.second_factors.confirm(login, code, seconds=at, by=login, at=NOON)


def accepts(ws: Workspace, code: str, at: float, login: str = "lan") -> bool:
    return ws.second_factors.accepts(ws.account(login), code, seconds=at)


# -- codes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Its test vectors for SHA-1, the last six digits of them (appendix B)."""
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert _matching_step(seed, code, float(seconds)) == seconds // STEP


@pytest.mark.parametrize(
    ("late", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_one_step_early_or_late(ws: Workspace, late: int, taken: bool) -> None:
    seed, _codes = set_up(ws)
    now = START + 100 * STEP
    assert accepts(ws, pyotp.TOTP(seed).at(int(now - late * STEP)), now) == taken


def test_no_code_works_twice_and_no_earlier_one_after_it(ws: Workspace) -> None:
    seed, _codes = set_up(ws)
    app, now = pyotp.TOTP(seed), START + 100 * STEP
    assert not accepts(ws, app.at(int(START)), START), "the first code was used to set it up"
    assert accepts(ws, app.at(int(now)), now)
    assert not accepts(ws, app.at(int(now)), now)
    assert not accepts(ws, app.at(int(now - STEP)), now)
    assert accepts(ws, app.at(int(now + STEP)), now)


def test_of_many_that_send_one_code_at_once_one_is_let_in(ws: Workspace) -> None:
    seed, codes = set_up(ws)
    now = START + 100 * STEP
    for code in (pyotp.TOTP(seed).at(int(now)), codes[0]):
        start, let_in = Barrier(6), []

        def send(code: str = code, start: Barrier = start, let_in: list[bool] = let_in) -> None:
            start.wait(30)
            let_in.append(accepts(ws, code, now))

        threads = [Thread(target=send) for _each in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(let_in) == [False] * 5 + [True]


def test_the_code_may_be_typed_in_two_groups(ws: Workspace) -> None:
    seed, _codes = set_up(ws)
    now = START + 100 * STEP
    code = pyotp.TOTP(seed).at(int(now))
    assert accepts(ws, f" {code[:3]} {code[3:]} ", now)


@given(code=st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_other_text_is_refused_and_harms_nothing(ws: Workspace, code: str) -> None:
    if not ws.account("lan").second_factor:
        set_up(ws)
    known = FactorFile(ws.settings.id, ws.folder).get(ws.account("lan").second_factor)
    assert known is not None
    if code.replace(" ", "") not in {pyotp.TOTP(known.seed).at(0), pyotp.TOTP(known.seed).at(30)}:
        assert not accepts(ws, code, 0.0)


# -- setting it up -------------------------------------------------------------------------------------


def test_a_factor_counts_only_after_its_first_code(ws: Workspace) -> None:
    begun = ws.second_factors.begin("lan", seconds=START)
    assert ws.account("lan").second_factor == ""
    with pytest.raises(WrongCode):
        ws.second_factors.confirm("lan", "000000x", seconds=START, by="lan", at=NOON)
    assert ws.account("lan").second_factor == ""
    assert ws.second_factors.begun("lan", seconds=START) == begun
    epoch = ws.account("lan").session_epoch
    code = pyotp.TOTP(begun.seed).at(int(START))
    ws.second_factors.confirm("lan", code, seconds=START, by="lan", at=NOON)
    assert ws.account("lan").second_factor
    assert ws.account("lan").session_epoch == epoch + 1, "sessions end"
    assert ws.second_factors.begun("lan", seconds=START) is None


def test_what_was_begun_waits_half_an_hour(ws: Workspace) -> None:
    seed = ws.second_factors.begin("lan", seconds=START).seed
    late = START + BEGIN_SECONDS
    assert ws.second_factors.begun("lan", seconds=late - 1) is not None
    with pytest.raises(NothingBegun):
        ws.second_factors.confirm(
            "lan", pyotp.TOTP(seed).at(int(late)), seconds=late, by="lan", at=NOON
        )
    with pytest.raises(NothingBegun):
        ws.second_factors.confirm("binh", "123456", seconds=START, by="binh", at=NOON)
    with pytest.raises(UnknownName):
        ws.second_factors.begin("ai-do", seconds=START)


def test_setting_it_up_again_ends_the_old_secret_and_its_recovery_codes(ws: Workspace) -> None:
    old, codes = set_up(ws)
    now = START + 100 * STEP
    new, _codes = set_up(ws, at=now)
    later = now + 100 * STEP
    assert not accepts(ws, pyotp.TOTP(old).at(int(later)), later)
    assert not accepts(ws, codes[0], later)
    assert accepts(ws, pyotp.TOTP(new).at(int(later)), later)
    assert old.encode() not in factor_file(ws.settings.id).read_bytes(), (
        "overwritten, not only unlinked"
    )


def test_the_address_for_the_app_has_the_account_and_the_office(ws: Workspace) -> None:
    uri = ws.second_factors.begin("lan", seconds=START).uri
    parsed = pyotp.parse_uri(uri)
    assert (parsed.name, parsed.issuer) == ("lan", ws.settings.name)


# -- recovery codes --------------------------------------------------------------------------------------


def test_each_recovery_code_works_once_however_it_is_typed(ws: Workspace) -> None:
    _seed, codes = set_up(ws)
    assert len({*codes}) == RECOVERY_CODES
    assert ws.second_factors.recovery_left(ws.account("lan")) == RECOVERY_CODES
    typed = [codes[0], codes[1].lower(), codes[2].replace("-", ""), codes[3].replace("-", " – ")]
    for code in typed:
        assert accepts(ws, code, START)
        assert not accepts(ws, code, START)
    assert ws.second_factors.recovery_left(ws.account("lan")) == RECOVERY_CODES - 4
    assert not accepts(ws, codes[4][:-1], START)
    assert not accepts(ws, "", START)


def test_a_recovery_code_has_120_bits_and_only_its_digest_is_kept(ws: Workspace) -> None:
    """OWASP ASVS 5.0, 6.5.2: with 112 bits and more a plain hash is enough."""
    _seed, codes = set_up(ws)
    stored = factor_file(ws.settings.id).read_bytes()
    for code in codes:
        assert len(code.replace("-", "")) * 5 == 120
        assert code.encode() not in stored
        assert code.replace("-", "").encode() not in stored


def test_recovery_codes_of_one_account_open_no_other(ws: Workspace) -> None:
    _seed, codes = set_up(ws)
    set_up(ws, "binh")
    assert not accepts(ws, codes[0], START, "binh")


# -- resetting -------------------------------------------------------------------------------------------


def test_an_administrator_takes_it_off_and_nobody_else_does(ws: Workspace) -> None:
    seed, codes = set_up(ws)
    for login in ("duyet", "binh"):
        with pytest.raises(NotAllowed):
            ws.administration.reset_second_factor("lan", by=ws.account(login))
    assert ws.account("lan").second_factor
    ws.administration.reset_second_factor("lan", by=ws.account("qt"))
    assert ws.account("lan").second_factor == ""
    assert not accepts(ws, codes[0], START)
    assert seed.encode() not in factor_file(ws.settings.id).read_bytes()


def test_a_lost_secret_lets_nobody_in_and_is_noticed(ws: Workspace) -> None:
    seed, codes = set_up(ws)
    factor_file(ws.settings.id).unlink()
    now = START + 100 * STEP
    assert not accepts(ws, pyotp.TOTP(seed).at(int(now)), now)
    assert not accepts(ws, codes[0], now)
    assert ws.second_factors.lost(ws.account("lan"))
    assert not ws.second_factors.lost(ws.account("binh"))
    ws.second_factors.reset("lan", by="nq user", at=NOON)
    set_up(ws)


def test_the_last_administrator_comes_back_on_the_command_line(ws: Workspace) -> None:
    """Of the whole office `qt` is the only one; the factor goes, the account stays what it is."""
    set_up(ws, "qt")
    factor_file(ws.settings.id).unlink()
    ws.second_factors.reset("qt", by="nq user", at=NOON)
    assert ws.account("qt").second_factor == ""
    assert ws.account("qt").roles == {Role.ADMIN}


# -- where the secrets lie ---------------------------------------------------------------------------------


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_secret_is_in_the_workspace_a_backup_or_an_export(ws: Workspace, tmp_path: Path) -> None:
    seed, codes = set_up(ws)
    ws.second_factors.begin("binh", seconds=START)
    write_backup(ws.folder, tmp_path / "b.zip", at=NOON, by="test")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        backup = b"".join(archive.read(name) for name in archive.namelist())
        assert not any("factors" in name for name in archive.namelist())
    exported = str([ws.store.record(n) for n in range(1, ws.store.version + 1)]).encode()
    for secret in (seed, *codes, codes[0].replace("-", "")):
        for place in (everything_in(ws.folder), backup, exported):
            assert secret.encode() not in place
    assert ws.account("lan").second_factor.encode() in everything_in(ws.folder), "only its name"


def test_the_file_is_beside_the_journals_key_and_closed_to_others(ws: Workspace) -> None:
    set_up(ws)
    file = factor_file(ws.settings.id)
    assert file.parent == Path(os.environ["NQ_KEYS"])
    assert file.with_suffix(".key").exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.glob(f"{file.stem}.factors*")] == [file.name]
    file.chmod(0o640)
    with pytest.raises(StoreError, match="Other accounts may read"):
        accepts(ws, "123456", START)


def test_a_file_that_is_none_of_ours_is_an_error_that_says_what_to_do(ws: Workspace) -> None:
    set_up(ws)
    factor_file(ws.settings.id).write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="totp-reset --all"):
        accepts(ws, "123456", START)


def test_nothing_is_made_for_an_office_without_second_factors(ws: Workspace) -> None:
    assert not ws.second_factors.lost(ws.account("lan"))
    assert not accepts(ws, "123456", START)
    ws.second_factors.reset("lan", by="test", at=NOON)
    assert not factor_file(ws.settings.id).exists()


def test_a_copy_reads_the_secrets_and_cannot_take_them_from_the_original(
    ws: Workspace, tmp_path: Path
) -> None:
    """A restored copy has the same people with the same telephones. Its administrator resets what he likes
    there: in the original every factor stays."""
    seed, codes = set_up(ws)
    shutil.copytree(ws.folder, tmp_path / "copy")
    now = START + 100 * STEP
    with reopen(tmp_path / "copy") as copy:
        assert accepts(copy, pyotp.TOTP(seed).at(int(now)), now)
        copy.administration.reset_second_factor("lan", by=copy.account("qt"))
        assert copy.account("lan").second_factor == ""
        set_up(copy, at=now)
    later = now + 100 * STEP
    assert accepts(ws, pyotp.TOTP(seed).at(int(later)), later)
    assert accepts(ws, codes[0], later)


def test_a_backup_that_is_restored_needs_the_file_too(ws: Workspace, tmp_path: Path) -> None:
    seed, _codes = set_up(ws)
    write_backup(ws.folder, tmp_path / "b.zip", at=NOON, by="test")
    restore_backup(tmp_path / "b.zip", tmp_path / "restored")
    now = START + 100 * STEP
    with reopen(tmp_path / "restored") as restored:
        assert accepts(restored, pyotp.TOTP(seed).at(int(now)), now)
        factor_file(ws.settings.id).rename(tmp_path / "elsewhere")
        assert restored.second_factors.lost(restored.account("lan"))


def test_a_record_with_a_second_factor_is_refused_by_an_older_program(ws: Workspace) -> None:
    """It would let the account in with the password alone: the record has version 2."""
    before = ws.store.version
    set_up(ws)
    ws.accounts.set_password("lan", "trời mưa hai hôm", by="lan", at=NOON)
    ws.second_factors.reset("lan", by="test", at=NOON)
    versions = [ws.store.journal.record(n).version for n in range(before + 1, ws.store.version + 1)]
    assert versions == [2, 2, 1]


# -- for whom ------------------------------------------------------------------------------------------------


def test_the_office_says_for_which_roles(ws: Workspace) -> None:
    settings_ = read_settings(ws.folder)
    assert settings_.second_factor == frozenset()
    write_settings(
        ws.folder, Settings(**{**_fields(settings_), "second_factor": {Role.ADMIN, Role.INSPECT}})
    )
    with reopen(ws.folder) as again:
        assert again.settings.second_factor == {Role.ADMIN, Role.INSPECT}
        assert again.second_factors.required_for(again.account("qt"))
        assert not again.second_factors.required_for(again.account("lan"))


def _fields(settings_: Settings) -> dict[str, object]:
    return {name: getattr(settings_, name) for name in settings_.__slots__}


@pytest.mark.parametrize(
    "line", ['second_factor = ["boss"]', 'second_factor = "admin"', "idle_minutes = 4"]
)
def test_a_wrong_line_of_the_settings_is_refused_by_name(ws: Workspace, line: str) -> None:
    file = ws.folder / "workspace.toml"
    file.write_text(f"{line}\n{file.read_text('utf-8')}", "utf-8")
    with pytest.raises(DefinitionError, match=line.split()[0]):
        read_settings(ws.folder)
