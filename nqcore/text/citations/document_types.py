"""Types of documents: the words that name them and their symbols in document numbers.

Two words may have the same symbol (``QĐ`` is *quyết định* and *quy định*), and one word may have
several symbols (*chương trình hành động* is printed ``CTr``, ``CTHĐ`` and ``CTrHĐ``). When the text
has no symbol, the first one of the word is assumed.
"""

from __future__ import annotations

import re
from typing import Final

LAW_TYPES: Final = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh"}

_WORDS: Final = """
nghị quyết: NQ
nghị quyết liên tịch: NQLT NQ
nghị quyết chuyên đề: NQ
nghị quyết đại hội: NQ NQĐH
kết luận: KL TBKL
kết luận thanh tra: KL KLTT
chỉ thị: CT
chỉ thị liên tịch: CTLT CT
quyết định: QĐ
quyết định liên tịch: QĐLT QĐ
quy định: QĐ QĐi QyĐ
quy chế: QC QĐ
quy chế phối hợp: QCPH QC
nghị định: NĐ
thông tư: TT TTLT
thông tư liên tịch: TTLT TT TTLB
thông tư liên lịch: TTLT
thông tư liên bộ: TTLB TTLT TT
thông tư liên ngành: TTLN TTLT TT
thông tri: TT
hướng dẫn: HD
hướng dẫn liên ngành: HDLN HD
hướng dẫn liên tịch: HDLT HD
thông báo: TB
thông báo kết luận: TB TBKL
thông cáo: TC
tuyên bố: TBo
quy hoạch: QH
chiến lược: CL
báo cáo: BC
kế hoạch: KH
kế hoạch hành động: KH
kế hoạch liên tịch: KHLT KH
kế hoạch liên ngành: KHLN KH
kế hoạch phối hợp: KHPH KH
chương trình: CTr CTHĐ
chương trình hành động: CTr CTHĐ
chương trình công tác: CTr
chương trình phối hợp: CTPH CTr CTLT
đề án: ĐA
đề cương: ĐC
quy trình: QT
phương án: PA
dự án: DA
tờ trình: TTr Tr
công văn: CV
công văn liên tịch: CVLT CV
công điện: CĐ
biên bản: BB
giấy mời: GM
giấy giới thiệu: GGT
giấy nghỉ phép: GNP
giấy ủy quyền: GUQ
giấy uỷ quyền: GUQ
phiếu gửi: PG
phiếu chuyển: PC
phiếu báo: PB
bản ghi nhớ: BGN
bản thỏa thuận: BTT
bản thoả thuận: BTT
sao y: SY
bản sao y: SY
trích sao: TrS
bản trích sao: TrS
sao lục: SL
bản sao lục: SL
lệnh: L
sắc lệnh: SL
văn bản hợp nhất: VBHN
"""  # "liên lịch" is a frequent misprint of "liên tịch", also in the Official Gazette

TYPE_WORDS: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(symbols.split())
    for word, _, symbols in (line.partition(":") for line in _WORDS.split("\n") if line)
} | {word: (type_,) for word, type_ in LAW_TYPES.items()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Symbols in document numbers; joint and special documents have a suffix (TTLT, CTrHĐ, HDLN).
TYPES: Final = _set(
    "NQ KL CT QĐ QĐi QyĐ QC NĐ TT HD TB TBo BC KH CTr CTHĐ CTPH ĐA PA DA TTr Tr CV CĐ BB GM L SL VBHN "
    "BGN BTT GUQ GGT GNP SY TrS NQĐH KLTT TBKL TTLT TTLB TTLN NQLT HDLT HDLN KHLT KHLN KHPH CTLT CTrHĐ CVLT"
)
_SUFFIXES: Final = ("LT", "LN", "PH", "LB", "HĐ", "BS")

# Abbreviations used instead of a type word: "NQ 20", "KL số 79-KL/TW".
SHORT_WORDS: Final = _set("NQ KL CT QĐ NĐ TT TTLT HD TB BC KH CTr CTHĐ CTrHĐ TTr CV QC ĐA PA")
# Types whose number alone ("KL 80", "Nghị định 100") is a citation, also without "số".
SHORT_FORMS: Final = _set("NQ KL CT QĐ NĐ TT TTLT HD")

# Words before a number that is not a document's: forms, codes, licences, standards, clauses.
NOT_DOCUMENTS: Final = (
    "mẫu", "mẫu biểu", "biểu", "biểu mẫu", "phiếu", "phụ lục", "phụ biểu", "mã", "mã hiệu", "bảng",
    "tờ khai", "bảng kê", "giấy phép", "giấy chứng nhận", "hợp đồng", "hóa đơn", "hoá đơn", "đơn",
    "qcvn", "tcvn", "tcxdvn", "tcn", "qcđp", "iso", "năm", "tháng", "ngày", "quý", "điều", "khoản",
    "điểm", "mục", "trang", "chương", "tập", "công báo", "tài khoản", "lô", "thửa", "tờ bản đồ",
    "hệ", "chứng chỉ", "thẻ", "án lệ", "bản án", "hồ sơ", "biển", "pháp luật", "kỷ luật",
)  # fmt: skip

# First groups of numbers of licences, certificates, contracts and court rulings.
NOT_TYPES: Final = _set(
    "GP GPXD GPMT GPLX GCN GCNĐKDN HĐ HĐKT HĐLĐ HĐMB BL PT PC HS DS HC AL PL ĐK KK"
)

_CASE: Final = {
    name.upper(): name
    for name in ("TTg", "CTr", "TTr", "Tr", "CTrHĐ", "QĐi", "QyĐ", "TBo", "TrS", "ThU")
}
_PLAIN: Final = {"ND": "NĐ", "QD": "QĐ", "CTHD": "CTHĐ"}  # typed without the bar of Đ
_LOOK_ALIKES: Final = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "đ": "Đ"})
_SPACE: Final = re.compile(r"\s+")


def canonical(group: str) -> str:
    """One group of a symbol in the form used for comparison: `T.Ư` and `TƯ` → `TW`, `CTR` → `CTr`."""
    group = _SPACE.sub("", group).translate(_LOOK_ALIKES)
    if group[1:2] == "." and len(group) == 3:
        group = group.replace(".", "").replace("TW", "TƯ")
    group = group.replace("TƯ", "TW")
    group = _PLAIN.get(group, group)
    return _CASE.get(group.upper(), group)


def base_type(group: str) -> str:
    """The type without the suffix of joint or special documents: HD of HDLN, CTr of CTrHĐ."""
    return group[:-2] if group[-2:] in _SUFFIXES and group[:-2] in TYPES else group


def is_type(group: str) -> bool:
    """Whether this group of a symbol is a document type."""
    return group in TYPES or base_type(group) in TYPES


def fits(type_: str | None, word_types: tuple[str, ...]) -> bool:
    """Whether the type in a symbol is one of the types of the word before the number."""
    return type_ in word_types or (type_ is not None and base_type(type_) in word_types)
