"""Which new passwords are refused: those that are tried first."""

from __future__ import annotations

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.collection.accounts.password_rules import (
    PROGRAM_WORDS,
    CommonPassword,
    PasswordOfDigits,
    PasswordOfNames,
    _common,
    check_password,
)
from nqcore.collection.accounts.passwords import MIN_PASSWORD, WeakPassword
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON

NAMES = ("xa-an-phu", "Đặng Thị Mai", "Xã An Phú", "Huyện ủy Tân Hòa", "tan-hoa")


@pytest.mark.parametrize(
    "password",
    [
        *("12345678", "password", "aaaaaaaa", "        ", "PASSWORD", "Password1", "p@ssw0rd"),
        *("anhyeuem", "khongbiet", "iloveyou", "qwertyui", "1q2w3e4r", "11111111", "123123123"),
        *("Pass word", "pass-word", " password ", "mậtkhẩu", "１２３４５６７８"),
        *("abababab", "xyzxyzxyz", "phu1phu1phu1", "--------", "........", "ăăăăăăăă"),
        *("23456789", "hgfedcba", "98765432", "nmlkjihgfedcba", "a a a a a"),
        *("aaaaaaab", "a" * 20 + "b", "1111111122", "baaaaaaa", "000111000"),
    ],
)
def test_a_password_that_many_use_or_that_repeats_itself_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_password(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        *("xa-an-phu", "XaAnPhu2026", "xã an phú", "anphu@123", "2026-an-phu", "dangthimai"),
        *("Mai.Dang.Thi1990", "tan-hoa-2026", "huyenuytanhoa", "HuyenUy@2025", "tanhoa!!"),
        *("nqcore2026", "demo-2018", "demo2018", "admin12345", "quantri@1", "mat-khau-2018"),
        *("baocao2026", "nghiquyet20", "VanPhong123", "vietnam2026", "matkhau1", "dangnhap12"),
        *("an phu an phu 1", "demodemo", "xa an phu huyen uy tan hoa"),
    ],
)
def test_a_password_of_names_and_digits_alone_is_refused(password: str) -> None:
    with pytest.raises((PasswordOfNames, CommonPassword)):
        check_password(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        *("trời mưa hai hôm", "mat-khau-moi", "mật khẩu dài", "mot cau de nho", "sen nở cuối hồ"),
        *(
            "an phu que toi",
            "Xã An Phú có 12 thôn đẹp",
            "8274019365",
            "x9#Lq2vT",
            "ひらがなのことば",
        ),
        *("🙂🙃😉😊😇🥰😍🤩", "mai di cho som", "correct horse battery staple"),
        *("hop ngay 30/4/1975", "so 0912345678", "31312026", "99991231", "0112345678", "aaaaaabc"),
    ],
)
def test_a_password_of_ones_own_is_taken_whatever_it_is_made_of(password: str) -> None:
    check_password(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        *("01012026", "30041975", "19750430", "30/4/1975", "1-1-2026", "2/9/1945", "02.09.1945"),
        *("0912345678", "0912 345 678", "+84 912 345 678", "84912345678", "02363888888"),
        *("12251990", "1990 12 25", " 30041975 "),
    ],
)
def test_a_day_or_a_telephone_number_is_refused(password: str) -> None:
    with pytest.raises(PasswordOfDigits):
        check_password(password, NAMES)


@pytest.mark.parametrize("password", ["", "ngan", "x" * 7, "x" * 1025])
def test_its_length_is_asked_first(password: str) -> None:
    with pytest.raises(WeakPassword, match="8 to 1024"):
        check_password(password, NAMES)


def test_the_list_has_the_first_three_thousand_that_the_length_allows() -> None:
    """OWASP ASVS 5.0, 6.2.4: at least the top 3,000 passwords that fit the policy."""
    found = _common()
    assert len(found) > 3000
    assert {"12345678", "password", "123456789", "iloveyou", "sunshine"} <= found
    assert all(len(word) >= MIN_PASSWORD and word == word.lower() for word in found)
    assert not any(word.startswith("# ") for word in found)


@given(st.sampled_from(sorted(_common())), st.randoms())
def test_capitals_and_spaces_do_not_hide_a_common_password(word: str, random: Random) -> None:
    shouted = "".join(c.upper() if random.random() < 0.5 else c for c in word)
    with pytest.raises(WeakPassword):
        check_password(f" {shouted} ", ())


@given(st.lists(st.sampled_from(["anphu", "xa", "huyenuy", "7", "2026"]), min_size=3, max_size=8))
def test_any_row_of_names_and_digits_is_refused(parts: list[str]) -> None:
    password = "-".join(parts)
    names = ("Xã An Phú", "Huyện ủy", "xa")
    if len(password) < MIN_PASSWORD or {*parts} <= {"7", "2026"}:
        return
    with pytest.raises(WeakPassword):
        check_password(password, names)


@given(st.text(alphabet=string.ascii_lowercase, min_size=12, max_size=30))
def test_letters_that_no_name_has_are_taken(text: str) -> None:
    password = f"zqzk{text}vjwq"
    if len({*text}) > 4:
        check_password(password, NAMES)


def test_a_long_password_is_judged_at_once() -> None:
    """A row of overlapping words is looked through once, however many ways there are to cut it."""
    with pytest.raises(PasswordOfNames):
        check_password("demoadmin" * 113 + "1", ("demo" * 10, "admin" * 10))
    check_password("demo" * 255 + "x!", ("demodemo", "demodemodemo"))


def test_the_words_of_the_program_are_folded() -> None:
    assert all(word == word.lower() and word.isascii() for word in PROGRAM_WORDS)


def test_setting_a_password_asks_for_the_names_of_unit_and_office(ws: Workspace) -> None:
    unit = ws.units["xa-a"]
    assert (unit.name, ws.root.name) == ("Xã A", "Huyện")
    ws.accounts.add("thu-le", "Lê Thu", "dn-1", [], units=ws.units, by="test", at=NOON)
    for password in ("thu-le-2026", "lethu2026", "congtymot1", "CongTy Mot 88", "huyen-12345"):
        with pytest.raises(PasswordOfNames):
            ws.accounts.set_password("thu-le", password, by="thu-le", at=NOON)
    assert ws.accounts["thu-le"].password == ""
    ws.accounts.set_password("thu-le", "cong ty mot nha", by="thu-le", at=NOON)
