"""Names of units and persons."""

from __future__ import annotations

import pytest

from nqcore.errors import InputError
from nqcore.text.messages import translator
from nqcore.text.names import check_name

GOOD = [
    "Xã An Phú", "XÃ Ea H'leo", "Xã Đắk Lắk", "Buôn Krông Pắc", "Xã Cư M'gar", "Phường 12",
    "Công ty TNHH Samsung Electronics Việt Nam", "Công ty Café Trung Nguyên", "Nguyễn Thị Hồng Gấm",
    "H'Bia Niê Kdăm", "Y Djhươi", "Siu Black", "Giàng Seo Phử", "Sùng A Páo", "Thạch Sô-vath", "O'Neill",
    "Sở GD&ĐT", "Chi bộ 3/2", "Huyện ủy Tân Hòa", "Đảng uỷ xã Hoà Lợi", "ĐTNCS HCM", "Liên đoàn LĐ (cũ)",
    "Muñoz Peña", "Café à la carte", "Nguyễn Văn Müller", "Hrê", "Xơ Đăng", "Gié Triêng", "Brâu", "Rơ Măm",
    "Zürich Việt Nam", "Công ty Citroën", "Kon Plông", "Ngọk Réo", "Đăk Tơ Lung", "Ia Đal", "Chư Prông",
]  # fmt: skip

BAD = [
    ("Xã An\u202e Phú", "Ô này có ký tự ẩn (U+202E). Xóa hết rồi gõ lại."),
    ("Xã\u2066 An Phú", "Ô này có ký tự ẩn (U+2066). Xóa hết rồi gõ lại."),
    ("Xã\u200f An Phú", "Ô này có ký tự ẩn (U+200F). Xóa hết rồi gõ lại."),
    ("Xã\u061c An Phú", "Ô này có ký tự ẩn (U+061C). Xóa hết rồi gõ lại."),
    ("Xã An\u200bPhú", "Ô này có ký tự ẩn (U+200B). Xóa hết rồi gõ lại."),
    ("Xã\nAn Phú", "Ô này có ký tự ẩn (U+000A). Xóa hết rồi gõ lại."),
    ("Huy?n T?n H?a", "Mất chữ có dấu trong “Huy?n T?n H?a”"),
    ("L? Ba", "Mất chữ có dấu trong “L? Ba”"),
    ("X\ufffd An Phú", "Mất chữ có dấu trong “X\ufffd An Phú”"),
    ("Huyeän Taân Hoøa", "phông cũ (VNI-Times). Có phải là “Huyện Tân Hòa”?"),
    ("HUYEÄN TAÂN HOØA", "phông cũ (VNI-Times). Có phải là “HUYỆN TÂN HÒA”?"),
    ("Xaõ An Phuù", "phông cũ (VNI-Times). Có phải là “Xã An Phú”?"),
    ("HuyÖn T©n Hßa", "phông cũ (.VnTime). Có phải là “Huyện Tân Hòa”?"),
    ("Huyá»‡n TÃ¢n HÃ²a", "đọc sai bảng mã. Có phải là “Huyện Tân Hòa”?"),
    ("Huyá»\x87n TÃ¢n HÃ²a", "đọc sai bảng mã. Có phải là “Huyện Tân Hòa”?"),
    ("MÃ£ sá»‘ 20", "đọc sai bảng mã. Có phải là “Mã số 20”?"),
    ("Tá»· lá»‡", "đọc sai bảng mã. Có phải là “Tỷ lệ”?"),
    ("ÄÃ´ng HÃ", "đọc sai bảng mã. Có phải là “Đông Hà”?"),
    ("XÃ£ Má» Ä\x90Ã´ng", "Mất chữ có dấu trong “Má»”"),
    ("HuyÖn Th\xadîng", "phông cũ (.VnTime). Có phải là “Huyện Thượng”?"),
    ("ÄÃ´ng HÃ", "đọc sai bảng mã. Có phải là “Đông Hà”?"),
    ("XÃ£ Má» Ä\x90Ã´ng", "Mất chữ có dấu trong “Má»”"),
    ("HuyÖn Th­îng", "phông cũ (.VnTime). Có phải là “Huyện Thượng”?"),
    ("NguyÃªÌƒn ThiÌ£ Hoa", "đọc sai bảng mã. Có phải là “Nguyễn Thị Hoa”?"),
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_name_of_any_people_or_firm_is_taken(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(("name", "words"), BAD)
def test_a_name_whose_letters_are_wrong_is_refused_with_what_may_be_meant(
    name: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        check_name(name)
    assert words in caught.value.message(translator("vi"))
