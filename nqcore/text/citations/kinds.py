"""The vocabulary of document numbers: types, the words for them, issuers, and whose they are.

A type has a symbol (``NQ``) and one or more words ("nghị quyết"). Two words may share a symbol
(``QĐ`` is *quyết định* and *quy định*), and one word may go with several (*chương trình hành động*
is printed ``CTr``, ``CTHĐ`` and ``CTrHĐ``). The first symbol of a word is the one to assume when
the text prints none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["party", "state", "union", "law"]

LAW_TYPES: Final = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh"}

# word -> symbols it may carry, the usual one first
TYPE_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "nghị quyết": ("NQ",),
    "nghị quyết liên tịch": ("NQLT", "NQ"),
    "nghị quyết chuyên đề": ("NQ",),
    "nghị quyết đại hội": ("NQ", "NQĐH"),
    "kết luận": ("KL", "TBKL"),
    "kết luận thanh tra": ("KL", "KLTT"),
    "chỉ thị": ("CT",),
    "chỉ thị liên tịch": ("CTLT", "CT"),
    "quyết định": ("QĐ",),
    "quyết định liên tịch": ("QĐLT", "QĐ"),
    "quy định": ("QĐ", "QyĐ"),
    "quy chế": ("QC", "QĐ"),
    "quy chế phối hợp": ("QC", "QCPH", "QCLN"),
    "nghị định": ("NĐ",),
    "nghị định thư": ("NĐ",),
    "thông tư": ("TT", "TTLT"),
    "thông tư liên tịch": ("TTLT", "TT", "TTLB"),
    "thông tư liên lịch": ("TTLT",),  # a frequent misprint, also in the Official Gazette
    "thông tư liên bộ": ("TTLB", "TTLT", "TT"),
    "thông tư liên ngành": ("TTLN", "TTLT", "TT"),
    "thông tri": ("TT",),
    "hướng dẫn": ("HD",),
    "hướng dẫn liên ngành": ("HDLN", "HD"),
    "hướng dẫn liên tịch": ("HDLT", "HD"),
    "thông báo": ("TB",),
    "thông báo kết luận": ("TB", "TBKL"),
    "thông cáo": ("TC",),
    "tuyên bố": ("TBo",),
    "báo cáo": ("BC",),
    "kế hoạch": ("KH",),
    "kế hoạch hành động": ("KH", "KHHĐ"),
    "kế hoạch liên tịch": ("KHLT", "KH"),
    "kế hoạch liên ngành": ("KHLN", "KH"),
    "kế hoạch phối hợp": ("KHPH", "KH"),
    "chương trình": ("CTr", "CTHĐ", "CTrHĐ"),
    "chương trình hành động": ("CTr", "CTHĐ", "CTrHĐ"),
    "chương trình công tác": ("CTr",),
    "chương trình phối hợp": ("CTPH", "CTrPH", "CTr", "CTLT"),
    "đề án": ("ĐA",),
    "đề cương": ("ĐC",),
    "quy trình": ("QT",),
    "phương án": ("PA",),
    "dự án": ("DA",),
    "tờ trình": ("TTr", "Tr"),
    "công văn": ("CV",),
    "công văn liên tịch": ("CVLT", "CV"),
    "công điện": ("CĐ",),
    "biên bản": ("BB",),
    "giấy mời": ("GM",),
    "lệnh": ("L",),
    "sắc lệnh": ("SL",),
    "văn bản hợp nhất": ("VBHN",),
    "văn kiện": ("VK",),
    "luật": ("Luật",),
    "bộ luật": ("Bộ luật",),
    "pháp lệnh": ("Pháp lệnh",),
}

# Symbols printed in a number. One-letter and ambiguous ones are handled where they are read.
TYPES: Final[frozenset[str]] = frozenset(
    [
        "NQ",
        "NQLT",
        "NQĐH",
        "KL",
        "KLTT",
        "CT",
        "CTLT",
        "QĐ",
        "QyĐ",
        "QĐLT",
        "QC",
        "QCPH",
        "QCLN",
        "NĐ",
        "TT",
        "TTLT",
        "TTLB",
        "TTLN",
        "HD",
        "HDLN",
        "HDLT",
        "TB",
        "TBKL",
        "TBo",
        "BC",
        "KH",
        "KHHĐ",
        "KHLT",
        "KHLN",
        "KHPH",
        "CTr",
        "CTHĐ",
        "CTrHĐ",
        "CTPH",
        "CTrPH",
        "CTLT",
        "ĐA",
        "PA",
        "DA",
        "TTr",
        "Tr",
        "CV",
        "CVLT",
        "CĐ",
        "BB",
        "GM",
        "L",
        "SL",
        "VBHN",
        "BGN",
        "BTT",
        "GUQ",
        "GGT",
    ]
)

# Shorthands that stand where a type word stands: "NQ 20", "KL số 79-KL/TW".
SHORT_WORDS: Final[frozenset[str]] = frozenset(
    ["NQ", "KL", "CT", "QĐ", "NĐ", "TT", "TTLT", "HD", "TB", "BC", "KH", "CTr", "CTHĐ", "TTr", "CV"]
)
# Of these and of the full words: those whose bare number ("KL 80", "Nghị định 100") is a citation.
SHORT_FORMS: Final[frozenset[str]] = frozenset(["NQ", "KL", "CT", "QĐ", "NĐ", "TT", "TTLT", "HD"])

# A word before a number that says it is no document: forms, codes, licences, standards, clauses.
NOT_DOCUMENTS: Final[tuple[str, ...]] = (
    "mẫu", "mẫu biểu", "biểu", "biểu mẫu", "phiếu", "phụ lục", "phụ biểu", "mã", "mã hiệu", "bảng",
    "tờ khai", "bảng kê", "giấy phép", "giấy chứng nhận", "hợp đồng", "hóa đơn", "hoá đơn", "đơn",
    "qcvn", "tcvn", "tcxdvn", "tcn", "qcđp", "iso", "năm", "tháng", "ngày", "quý", "điều", "khoản",
    "điểm", "mục", "trang", "chương", "tập", "công báo", "tài khoản", "lô", "thửa", "tờ bản đồ",
    "hệ", "chứng chỉ", "thẻ", "án lệ", "bản án", "hồ sơ", "biển", "pháp luật", "kỷ luật",
)  # fmt: skip

# First groups that make the whole number a licence, a certificate or a contract.
NOT_TYPES: Final[frozenset[str]] = frozenset(
    [
        "GP",
        "GPXD",
        "GPMT",
        "GPLX",
        "GCN",
        "GCNĐKDN",
        "HĐ",
        "HĐKT",
        "HĐLĐ",
        "HĐMB",
        "BL",
        "PT",
        "PC",
        "HS",
        "DS",
        "HC",
        "LĐ",
        "AL",
        "PL",
    ]
)

_CASE: Final = {
    "TTG": "TTg", "CTR": "CTr", "TTR": "TTr", "TR": "Tr", "CTRHĐ": "CTrHĐ", "CTRPH": "CTrPH",
    "QYĐ": "QyĐ", "THU": "ThU", "TXU": "TXU", "ND": "NĐ", "QD": "QĐ", "CTHD": "CTHĐ", "CTRHD": "CTrHĐ",
}  # fmt: skip
_LOOK_ALIKES: Final = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "đ": "Đ"})
_SPACE: Final = re.compile(r"\s+")


def canonical(group: str) -> str:
    """One group of a symbol as it is compared: `T.Ư` and `TƯ` are `TW`, `CTR` is `CTr`."""
    group = _SPACE.sub("", group).translate(_LOOK_ALIKES)
    if group in ("T.Ư", "T.W"):
        return "TW"
    if group in ("T.U", "Đ.U"):
        return group.replace(".", "")
    group = group.replace("TƯ", "TW")
    return _CASE.get(group.upper(), group) if not group.isdigit() else group


_SUFFIXES: Final = ("LT", "LN", "PH", "LB", "HĐ", "BS")


def base_type(group: str) -> str:
    """The type without what is added for joint or special ones: HD of HDLN, CTr of CTrHĐ."""
    return group[:-2] if group[-2:] in _SUFFIXES and group[:-2] in TYPES else group


def is_type(group: str) -> bool:
    """Is this group of a symbol a document type?"""
    return group in TYPES or base_type(group) in TYPES


def fits(type_: str | None, word_types: tuple[str, ...]) -> bool:
    """Does the type a symbol shows fit the word before it?"""
    return type_ in word_types or (type_ is not None and base_type(type_) in word_types)


_PARTY: Final = re.compile(
    r"(?:TW|TU|HU|QU|ThU|TX[UƯ]|TxU|CB\d*|ĐH|ĐU[A-ZĐ0-9]*|UBKT[A-ZĐƯ]*|VP(?:TW|TU|HU|QU|ThU|ĐU)"
    r"|(?:BTC|BTG|BTGDV|BDV|BNC|BKT|BĐN|BBVCSSK|BCSĐ|ĐĐ|BCĐ|BXDĐ|BCS|BTTV|TCT|BCL|BCKT)"
    r"(?:TW|TU|HU|QU|ThU|ĐU)|BCSĐ[A-ZĐ]*|BTGDV|BXDĐ|TTCT|TTBDCT|[A-ZĐ]{2,6}(?:TW|HU|QU|ĐU)"
    r"|[A-ZĐ]{3,6}TU|HĐLL[A-ZĐ]*|VPĐU|HVCTQG[A-ZĐ]*|TTVH|BTVTU|BTVHU)"
)
_UNION: Final = re.compile(
    r"(?:TLĐ[A-ZĐ]*|LĐLĐ[A-ZĐ]*|CĐ[A-ZĐ]{1,10}|CĐ|CNVC|T[WƯ]ĐTN[A-ZĐ]*|[TĐHQ]?ĐTN[A-ZĐ]*|ĐĐTN"
    r"|TWĐ|HLHTN[A-ZĐ]*|TWHLHTN[A-ZĐ]*|HĐĐ[A-ZĐ]*|MTT[QW][A-ZĐ]*|UBMT[A-ZĐ]*|[ĐA-Z]{0,6}UBTWMTTQ[A-ZĐ]*"
    r"|H?ND[TVH]{1,2}|HND[A-ZĐ]*|HNDVN|H?LHPN[A-ZĐ]*|HPN|HLHPN|ĐCT|ĐCT-HLHPN|H?CCB[A-ZĐ]*)"
)
_STATE: Final = re.compile(
    r"(?:CP|TTg(?:CP)?|VPCP|QH\d{0,2}K?\d*|VPQH|UBTVQH\d{0,2}|UB[A-ZĐ]{0,12}\d*|CTN|VPCTN|HĐBT|HĐCP"
    r"|HĐNN\d*|CT|CTUB(?:ND)?|HĐND\d*|TTHĐND|TT\.HĐND|HĐ[A-ZĐ]{2,8}|TAND[A-ZĐ]*|TATC|VKS[A-ZĐ]*|KTNN"
    r"|NHNN\d*|TTCP|TTNN|LB|LN|[A-ZĐ]{0,3}TBXH|LĐTBXH|GDĐT|GD&ĐT|KHĐT|TNMT|NNPTNT|TCCP|BHXH[A-ZĐ]*"
    r"|TC[A-ZĐ]{1,8}|TC|CA[A-ZĐ]{0,4}|BCĐ[A-ZĐ0-9]*|B[A-ZĐ&]{1,11}|S[A-ZĐ&]{2,11}|VP[A-ZĐ]{0,8}|P[A-ZĐ&]{2,9}"
    r"|ĐH[A-ZĐ&]{1,12}|KB[A-Z]*|CT[A-Z]{1,6}|CTK|CHK|TTT[A-ZĐ]*|XD|YT|NV|TM|VHTT|GTVT|NL|UQ|NN|TTr|NHCS|CCT"
    r"|C[A-ZĐ]{2,8})"
)

# Ministries and the like that a line break may cut in two: "BLĐ\nTBXH".
WELL_KNOWN: Final[frozenset[str]] = frozenset(
    [
        "BLĐTBXH",
        "BGDĐT",
        "BKHĐT",
        "BVHTTDL",
        "BNNPTNT",
        "BTNMT",
        "BTTTT",
        "BKHCN",
        "BNNMT",
        "BGTVT",
        "BCT",
        "BXD",
        "BYT",
        "BNV",
        "BTP",
        "BTC",
        "BNG",
        "BQP",
        "BCA",
        "BDTTG",
        "UBTVQH13",
        "UBTVQH14",
        "UBTVQH15",
        "UBND",
        "HĐND",
        "UBDT",
        "NHNN",
        "TTCP",
        "VPCP",
        "TANDTC",
        "VKSNDTC",
        "TWĐTN",
        "LĐLĐ",
        "BTCTW",
        "BTGTW",
        "BTGDVTW",
        "BNCTW",
        "BDVTW",
        "UBKTTW",
        "VPTW",
        "BCĐTW",
        "BCĐTKNQ18",
        "BHXH",
        "TCTK",
    ]
)


def known_issuer(group: str) -> bool:
    """Does this group look like a body that issues documents?"""
    head = group.partition("-")[0].partition(".")[0] if group not in ("T.Ư",) else group
    return bool(_STATE.fullmatch(head) or _PARTY.fullmatch(head) or _UNION.fullmatch(head))


@lru_cache(maxsize=4096)
def kind_of(type_: str | None, issuer: str | None, *, party_style: bool) -> Kind | None:
    """Whose document it is: by its issuer, and where that may be either, by its style."""
    if type_ in ("Luật", "Bộ luật", "Pháp lệnh"):
        return "law"
    if issuer is None:
        return "state" if type_ in ("SL", "VBHN") else None
    head = issuer.partition("-")[0].partition("/")[0]
    if _UNION.fullmatch(head):
        return "union"
    if _PARTY.fullmatch(head) and not (
        head.startswith("UBKT") and not party_style and head == "UBKT"
    ):
        return "party"
    if head in ("BCH", "BTV") and not party_style:
        return "union"
    if head.startswith("BCĐ") or not _SURELY_STATE.fullmatch(head):
        return "party" if party_style else "state"
    return "state"


_SURELY_STATE: Final = re.compile(
    r"(?:CP|TTg|VPCP|LB|LN|LĐTBXH|TCCP|UB|CTUB|CTUBND|QH\d*|UBTVQH\d*|UBND[A-Z]*|UBHC|HĐND\d*|CTN|HĐBT|HĐCP|TANDTC|VKSNDTC|NHNN|KTNN"
    r"|TTCP|B(?:LĐTBXH|GDĐT|KHĐT|VHTTDL|NNPTNT|TNMT|TTTT|KHCN|NNMT|GTVT|CT|XD|YT|NV|TP|NG|QP|CA))"
)
