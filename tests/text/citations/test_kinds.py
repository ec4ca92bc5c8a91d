"""Every kind of document of the Party and the State, and the ways in which texts print their numbers, days
and names. Each row is a sentence and what it cites: the words of the citation, its number, type, issuer,
and its day where the sentence says it."""

from __future__ import annotations

import pytest

from nqcore.text.citations import find_citations, parse_number

Row = tuple[str, ...]

SYMBOLS: list[Row] = [
    ("Quy định số 08-QĐi/TW ngày 25/10/2018", "Quy định số 08-QĐi/TW | 08 QĐi TW 2018-10-25"),
    ("Quy định số 05-QĐi/TW, ngày 28/8/2020", "Quy định số 05-QĐi/TW | 05 QĐi TW 2020-08-28"),
    ("QUY ĐỊNH SỐ 12-QĐI/HU", "QUY ĐỊNH SỐ 12-QĐI/HU | 12 QĐi HU"),
    ("theo 08-QĐi/TW và 37-QĐ/TW", "08-QĐi/TW | 08 QĐi TW", "37-QĐ/TW | 37 QĐ TW"),
    ("quy định số 22-Qđi/TU", "quy định số 22-Qđi/TU | 22 QĐi TU"),
    ("các Quy định số 07, 08-QĐi/TW", "Quy định số 07 | 07 QĐi TW", "08-QĐi/TW | 08 QĐi TW"),
    ("Quyết định số 15-QĐi/HU", "Quyết định số 15-QĐi/HU | 15 QĐi HU mismatch"),
    ("Quy định số 15/QyĐ-UBND", "Quy định số 15/QyĐ-UBND | 15 QyĐ UBND"),
    ("QUY ĐỊNH SỐ 15/QYĐ-UBND", "QUY ĐỊNH SỐ 15/QYĐ-UBND | 15 QyĐ UBND"),
    ("Tuyên bố số 01-TBo/TW", "Tuyên bố số 01-TBo/TW | 01 TBo TW"),
    ("TUYÊN BỐ SỐ 01-TBO/TW", "TUYÊN BỐ SỐ 01-TBO/TW | 01 TBo TW"),
    ("Thông cáo số 05-TC/TW", "Thông cáo số 05-TC/TW | 05 TC TW"),
    ("Quy hoạch số 03-QH/TU", "Quy hoạch số 03-QH/TU | 03 QH TU"),
    ("Chiến lược số 04-CL/TW", "Chiến lược số 04-CL/TW | 04 CL TW"),
    (
        "Phương án số 03-PA/TU và Dự án số 04-DA/TU",
        "Phương án số 03-PA/TU | 03 PA TU",
        "Dự án số 04-DA/TU | 04 DA TU",
    ),
    (
        "Đề án số 05-ĐA/TU; Biên bản số 06-BB/HU",
        "Đề án số 05-ĐA/TU | 05 ĐA TU",
        "Biên bản số 06-BB/HU | 06 BB HU",
    ),
    (
        "Giấy mời số 07-GM/HU; Giấy giới thiệu số 08-GGT/ĐU",
        "Giấy mời số 07-GM/HU | 07 GM HU",
        "Giấy giới thiệu số 08-GGT/ĐU | 08 GGT ĐU",
    ),
    ("Bản ghi nhớ số 02/BGN-BCT", "Bản ghi nhớ số 02/BGN-BCT | 02 BGN BCT"),
    ("Bản thỏa thuận số 05/BTT-UBND", "Bản thỏa thuận số 05/BTT-UBND | 05 BTT UBND"),
    ("Giấy ủy quyền số 06/GUQ-UBND", "Giấy ủy quyền số 06/GUQ-UBND | 06 GUQ UBND"),
    ("Giấy uỷ quyền số 06/GUQ-UBND", "Giấy uỷ quyền số 06/GUQ-UBND | 06 GUQ UBND"),
    ("Giấy nghỉ phép số 09/GNP-UBND", "Giấy nghỉ phép số 09/GNP-UBND | 09 GNP UBND"),
    ("Phiếu gửi số 10/PG-UBND", "Phiếu gửi số 10/PG-UBND | 10 PG UBND"),
    ("Phiếu chuyển số 11/PC-VPUB", "Phiếu chuyển số 11/PC-VPUB | 11 PC VPUB"),
    ("Phiếu báo số 12/PB-SNV", "Phiếu báo số 12/PB-SNV | 12 PB SNV"),
    ("Sao y số 14/SY-UBND", "Sao y số 14/SY-UBND | 14 SY UBND"),
    (
        "Trích sao số 15/TrS-UBND; TRÍCH SAO SỐ 15/TRS-UBND",
        "Trích sao số 15/TrS-UBND | 15 TrS UBND",
        "TRÍCH SAO SỐ 15/TRS-UBND | 15 TrS UBND",
    ),
    ("Bản sao lục số 16/SL-UBND", "Bản sao lục số 16/SL-UBND | 16 SL UBND"),
]

INVISIBLE: list[Row] = [
    (
        "Nghị quyết số 20\u00ad-NQ/TW ngày 28/01/2008",
        "Nghị quyết số 20\u00ad-NQ/TW | 20 NQ TW 2008-01-28",
    ),
    ("Nghị quyết số 20-\u00adNQ/TW", "Nghị quyết số 20-\u00adNQ/TW | 20 NQ TW"),
    (
        "Nghị quyết số 2\u00ad0-N\u00adQ/T\u00adW",
        "Nghị quyết số 2\u00ad0-N\u00adQ/T\u00adW | 20 NQ TW",
    ),
    ("Nghị quyết số 20\u00adNQ/TW", "Nghị quyết số 20\u00adNQ/TW | 20 NQ TW"),
    ("Nghị\u00ad quy\u00adết số 20-NQ/TW", "Nghị\u00ad quy\u00adết số 20-NQ/TW | 20 NQ TW"),
    (
        "theo\u200b Nghị quyết số 20-NQ/\u200bTW\u200b ngày 28\u200b/01/2008",
        "Nghị quyết số 20-NQ/\u200bTW | 20 NQ TW 2008-01-28",
    ),
    (
        "số 21\u200d-NQ/TW; số 22-\u200eNQ/TW; số 23-NQ\u200f/TW",
        "21\u200d-NQ/TW | 21 NQ TW",
        "22-\u200eNQ/TW | 22 NQ TW",
        "23-NQ\u200f/TW | 23 NQ TW",
    ),
    (
        "số 24\u2060-NQ/TW; số 25\ufeff-NQ/TW; số 26\u061c-NQ/TW",
        "24\u2060-NQ/TW | 24 NQ TW",
        "25\ufeff-NQ/TW | 25 NQ TW",
        "26\u061c-NQ/TW | 26 NQ TW",
    ),
    (
        "\u202aKết luận số 79-KL/TW\u202c, \u2067số 80-KL/TW\u2069",
        "Kết luận số 79-KL/TW | 79 KL TW",
        "80-KL/TW | 80 KL TW",
    ),
    (
        "Nghị quyết số 20-\ufe0fNQ/TW\ufe0f và số 21\U000e0100-NQ/TW",
        "Nghị quyết số 20-\ufe0fNQ/TW | 20 NQ TW",
        "21\U000e0100-NQ/TW | 21 NQ TW",
    ),
    ("Nghị quyết số 20\u2011\u00adNQ/TW", "Nghị quyết số 20\u2011\u00adNQ/TW | 20 NQ TW"),
    ("Luật Công\u00ad đoàn năm 20\u00ad12", "Luật Công\u00ad đoàn năm 20\u00ad12 | -/2012 Luật QH"),
    ("😀\u200b Nghi\u0323\u0302 quyết số 20\u00ad-NQ/TƯ\u200b.", "20\u00ad-NQ/TƯ | 20 NQ TW"),
]

ISSUERS: list[Row] = [
    ("Thông báo số 12-TB/VPTW-BTC", "Thông báo số 12-TB/VPTW-BTC | 12 TB VPTW-BTC"),
    (
        "Quy chế phối hợp số 03-QCPH/BDVTU-UBND",
        "Quy chế phối hợp số 03-QCPH/BDVTU-UBND | 03 QCPH BDVTU-UBND",
    ),
    (
        "Quy chế phối hợp số 03-QCPH/TU - UBND",
        "Quy chế phối hợp số 03-QCPH/TU - UBND | 03 QCPH TU-UBND",
    ),
    (
        "Kế hoạch liên tịch số 05-KHLT/BTGTU-SGDĐT",
        "Kế hoạch liên tịch số 05-KHLT/BTGTU-SGDĐT | 05 KHLT BTGTU-SGDĐT",
    ),
    (
        "Hướng dẫn liên ngành số 07/HDLN-SNV-STC",
        "Hướng dẫn liên ngành số 07/HDLN-SNV-STC | 07 HDLN SNV-STC",
    ),
    ("Quy chế số 12-QC/TU-BCSĐUBND", "Quy chế số 12-QC/TU-BCSĐUBND | 12 QC TU-BCSĐUBND"),
    (
        "Chương trình phối hợp số 02/CTPH-HND-HLHPN",
        "Chương trình phối hợp số 02/CTPH-HND-HLHPN | 02 CTPH HND-HLHPN",
    ),
    ("Hướng dẫn số 06-HD/BTCTU-UBKTTU", "Hướng dẫn số 06-HD/BTCTU-UBKTTU | 06 HD BTCTU-UBKTTU"),
    ("Quyết định số 12-QĐ/BCĐ-TU", "Quyết định số 12-QĐ/BCĐ-TU | 12 QĐ BCĐ-TU"),
    ("Thông tri liên tịch số 02-TTLT/BTCTW/BNV", "02-TTLT/BTCTW/BNV | 02 TTLT BTCTW/BNV"),
    (
        "Công văn liên tịch số 11-CVLT/BTCTW–ĐUCA",
        "Công văn liên tịch số 11-CVLT/BTCTW–ĐUCA | 11 CVLT BTCTW-ĐUCA",
    ),
]

ISSUERS += [
    (
        "Hướng dẫn số 08-HD/BTC TW ngày 27/9/2021",
        "Hướng dẫn số 08-HD/BTC TW | 08 HD BTCTW 2021-09-27",
    ),
    ("Kế hoạch số 12-KH/UBKT HU", "Kế hoạch số 12-KH/UBKT HU | 12 KH UBKTHU"),
    (
        "Công văn số 15-CV/VP TƯ, 16-CV/BTG TU",
        "Công văn số 15-CV/VP TƯ | 15 CV VPTW",
        "16-CV/BTG TU | 16 CV BTGTU",
    ),
    ("Quyết định số 12-QĐ/BCĐ HU của Huyện ủy", "Quyết định số 12-QĐ/BCĐ HU | 12 QĐ BCĐHU"),
    ("Thông tư số 05/TT-BTC TW", "Thông tư số 05/TT-BTC | 05 TT BTC"),
]

SAME_DAY: list[Row] = [
    (
        "Nghị quyết số 18-NQ/TW và số 19-NQ/TW cùng ngày 25/10/2017",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
        "19-NQ/TW | 19 NQ TW 2017-10-25",
    ),
    (
        "các Nghị quyết số 18-NQ/TW, số 19-NQ/TW, cùng ngày 25 tháng 10 năm 2017",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
        "19-NQ/TW | 19 NQ TW 2017-10-25",
    ),
    (
        "Nghị quyết số 18-NQ/TW, Nghị quyết số 19-NQ/TW của Ban Chấp hành Trung ương cùng ngày 25/10/2017",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
        "Nghị quyết số 19-NQ/TW | 19 NQ TW 2017-10-25",
    ),
    (
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017 và Nghị quyết số 19-NQ/TW cùng ngày",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
        "Nghị quyết số 19-NQ/TW | 19 NQ TW 2017-10-25",
    ),
    (
        "Quyết định số 12/QĐ-UBND ngày 05/3/2019; Kế hoạch số 13/KH-UBND ban hành cùng ngày",
        "Quyết định số 12/QĐ-UBND | 12 QĐ UBND 2019-03-05",
        "Kế hoạch số 13/KH-UBND | 13 KH UBND 2019-03-05",
    ),
    (
        "Ngày 25/10/2017, Trung ương ban hành Nghị quyết số 18-NQ/TW, cùng ngày ban hành Nghị quyết số "
        "19-NQ/TW",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
        "Nghị quyết số 19-NQ/TW | 19 NQ TW 2017-10-25",
    ),
    (
        "Kết luận số 79-KL/TW ngày 25/12/2013. Cùng ngày, huyện họp bàn Kế hoạch số 70-KH/HU",
        "Kết luận số 79-KL/TW | 79 KL TW 2013-12-25",
        "Kế hoạch số 70-KH/HU | 70 KH HU",
    ),
    (
        "Nghị quyết Trung ương 6 khóa X\nNghị quyết số 18-NQ/TW cùng ngày 25/10/2017",
        "Nghị quyết Trung ương 6 khóa X | - NQ TW partial 6/X",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW 2017-10-25",
    ),
    (
        "Nghị quyết số 18-NQ/TW về tổ chức; hội nghị họp cùng ngày 25/10/2017",
        "Nghị quyết số 18-NQ/TW | 18 NQ TW",
    ),
]

DAYS_IN_TURN: list[Row] = [
    (
        "Kế hoạch số 12-KH/HU, 13-KH/HU ngày 05/01/2017 và ngày 06/02/2017",
        "Kế hoạch số 12-KH/HU | 12 KH HU 2017-01-05",
        "13-KH/HU | 13 KH HU 2017-02-06",
    ),
    (
        "Nghị quyết số 20-NQ/TW và Kết luận số 79-KL/TW ngày 28/01/2008, 25/12/2013",
        "Nghị quyết số 20-NQ/TW | 20 NQ TW 2008-01-28",
        "Kết luận số 79-KL/TW | 79 KL TW 2013-12-25",
    ),
    (
        "Quyết định số 12 và 13/QĐ-UBND lần lượt ngày 05/01/2017 và 06/02/2017",
        "Quyết định số 12 | 12 QĐ UBND 2017-01-05",
        "13/QĐ-UBND | 13 QĐ UBND 2017-02-06",
    ),
    (
        "Quyết định số 12/QĐ-UBND, số 13/QĐ-UBND của Ủy ban nhân dân tỉnh ngày 5/1/2017 và ngày 6/2/2017",
        "Quyết định số 12/QĐ-UBND | 12 QĐ UBND 2017-01-05",
        "13/QĐ-UBND | 13 QĐ UBND 2017-02-06",
    ),
    (
        "Kế hoạch số 12-KH/HU và số 13-KH/HU ngày 05 tháng 01 và ngày 06 tháng 02 năm 2017",
        "Kế hoạch số 12-KH/HU | 12 KH HU 2017-01-05",
        "13-KH/HU | 13 KH HU 2017-02-06",
    ),
    (
        "Kế hoạch số 12-KH/HU, 13-KH/HU và 14-KH/HU các ngày 05, 06/02/2017 và 07/3/2017",
        "Kế hoạch số 12-KH/HU | 12 KH HU 2017-02-05",
        "13-KH/HU | 13 KH HU 2017-02-06",
        "14-KH/HU | 14 KH HU 2017-03-07",
    ),
    (  # three numbers and two days: it is not known which is whose
        "Kế hoạch số 12-KH/HU, 13-KH/HU và 14-KH/HU ngày 05/01/2017 và 06/02/2017",
        "Kế hoạch số 12-KH/HU | 12 KH HU",
        "13-KH/HU | 13 KH HU",
        "14-KH/HU | 14 KH HU",
    ),
    (
        "Kế hoạch số 12-KH/HU ngày 05/01/2017 và số 13-KH/HU ngày 06/02/2017",
        "Kế hoạch số 12-KH/HU | 12 KH HU 2017-01-05",
        "13-KH/HU | 13 KH HU 2017-02-06",
    ),
    (
        "Kế hoạch số 12-KH/HU ngày 05/01/2017, 20 xã thực hiện",
        "Kế hoạch số 12-KH/HU | 12 KH HU 2017-01-05",
    ),
]

YEARS: list[Row] = [
    (
        "các nghị định 113, 114/2018/NĐ-CP",
        "nghị định 113 | 113/2018 NĐ CP",
        "114/2018/NĐ-CP | 114/2018 NĐ CP",
    ),
    (
        "Nghị định số 113 và 114/2018/NĐ-CP ngày 31/8/2018",
        "Nghị định số 113 | 113/2018 NĐ CP 2018-08-31",
        "114/2018/NĐ-CP | 114/2018 NĐ CP 2018-08-31",
    ),
    (
        "Nghị định 113/2018, 114/2018/NĐ-CP",
        "Nghị định 113/2018 | 113/2018 NĐ CP",
        "114/2018/NĐ-CP | 114/2018 NĐ CP",
    ),
    (
        "Nghị định số 108/2014 và 113/2018, 114/2018/NĐ-CP",
        "Nghị định số 108/2014 | 108/2014 NĐ CP",
        "113/2018 | 113/2018 NĐ CP",
        "114/2018/NĐ-CP | 114/2018 NĐ CP",
    ),
    (
        "các Thông tư số 13, 15 và 17/2020/TT-BTC",
        "Thông tư số 13 | 13/2020 TT BTC",
        "15 | 15/2020 TT BTC",
        "17/2020/TT-BTC | 17/2020 TT BTC",
    ),
    (
        "Nghị định số 113/, 114/2018/NĐ-CP",
        "Nghị định số 113 | 113/2018 NĐ CP",
        "114/2018/NĐ-CP | 114/2018 NĐ CP",
    ),
]

TELEGRAMS: list[Row] = [
    (
        "Công điện số 01/CĐ-TTg hồi 10 giờ 00 ngày 02/01/2020",
        "Công điện số 01/CĐ-TTg | 01 CĐ TTg 2020-01-02",
    ),
    (
        "Công điện số 02/CĐ-TTg hồi 7 giờ 30 phút ngày 03 tháng 01 năm 2020",
        "Công điện số 02/CĐ-TTg | 02 CĐ TTg 2020-01-03",
    ),
    (
        "Công điện 03/CĐ-UBND, hồi 16h00 ngày 04/01/2020",
        "Công điện 03/CĐ-UBND | 03 CĐ UBND 2020-01-04",
    ),
    (
        "Công điện số 04/CĐ-BCĐ lúc 9h, ngày 05/01/2020",
        "Công điện số 04/CĐ-BCĐ | 04 CĐ BCĐ 2020-01-05",
    ),
    (
        "Công điện số 05/CĐ-TTg vào hồi 21:15 ngày 06/01/2020",
        "Công điện số 05/CĐ-TTg | 05 CĐ TTg 2020-01-06",
    ),
    (
        "Công điện số 06-CĐ/TW hồi 10 giờ, ngày 07/01/2020",
        "Công điện số 06-CĐ/TW | 06 CĐ TW 2020-01-07",
    ),
]

HEADS: list[Row] = [
    (
        "TỈNH ỦY X\n*\nSố 20-NQ/TU\tĐẢNG CỘNG SẢN VIỆT NAM\nTam Kỳ, ngày 28 tháng 01 năm 2008\nNGHỊ QUYẾT",
        "20-NQ/TU | 20 NQ TU 2008-01-28",
    ),
    (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 28 tháng 01 năm 2008\nBAN CHẤP HÀNH TRUNG ƯƠNG\n*\n"
        "Số 20-NQ/TW\nNGHỊ QUYẾT",
        "20-NQ/TW | 20 NQ TW 2008-01-28",
    ),
    ("Số 20-NQ/TW | Hà Nội, ngày 28 tháng 01 năm 2008", "20-NQ/TW | 20 NQ TW 2008-01-28"),
    (
        "Số\n20-NQ/TW\nHà Nội,\nngày 28 tháng 01\nnăm 2008\nNGHỊ QUYẾT",
        "20-NQ/TW | 20 NQ TW 2008-01-28",
    ),
    (
        "Số:\n12/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHạ Long, ngày 05 tháng 3 năm 2019\n",
        "12/KH-UBND | 12 KH UBND 2019-03-05",
    ),
    ("Số     -KH/HU\nHà Nội, ngày    tháng 01 năm 2008\n",),
]

PLENUMS: list[Row] = [
    ("Nghị quyết Trung ương 6 khóa X", "Nghị quyết Trung ương 6 khóa X | - NQ TW partial 6/X"),
    (
        "Nghị quyết Trung ương 4 khóa XI, XII và XIII",
        "Nghị quyết Trung ương 4 khóa XI | - NQ TW partial 4/XI",
        "XII | - NQ TW partial 4/XII",
        "XIII | - NQ TW partial 4/XIII",
    ),
    (
        "Nghị quyết Trung ương 4 khóa XI, khóa XII; Chương I, V",
        "Nghị quyết Trung ương 4 khóa XI | - NQ TW partial 4/XI",
        "XII | - NQ TW partial 4/XII",
    ),
    ("Nghị quyết Trung ương 6 khóa X, I", "Nghị quyết Trung ương 6 khóa X | - NQ TW partial 6/X"),
    (
        "các Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị",
        "Nghị quyết 57 | 57 NQ partial",
        "59 | 59 NQ partial",
        "66 | 66 NQ partial",
        "68 | 68 NQ partial",
    ),
    (
        "Ngày 15/5/2016, Bộ Chính trị ban hành Chỉ thị 05-CT/TW; ngày 18/5/2021 ban hành Kết luận 01-KL/TW.",
        "Chỉ thị 05-CT/TW | 05 CT TW 2016-05-15",
        "Kết luận 01-KL/TW | 01 KL TW 2021-05-18",
    ),
    (
        "Huyện ủy ban hành Kế hoạch số 70-KH/HU; ngày 30/9/2018 đã tổ chức sơ kết.",
        "Kế hoạch số 70-KH/HU | 70 KH HU",
    ),
    (
        "Quán triệt Chỉ thị 05-CT/TW, ngày 20/6/2016 Huyện ủy tổ chức hội nghị.",
        "Chỉ thị 05-CT/TW | 05 CT TW",
    ),
    (
        "Chỉ thị 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị",
        "Chỉ thị 05-CT/TW | 05 CT TW 2016-05-15",
    ),
    (
        "Chỉ thị 05-CT/TW, ngày 15/5/2016 Bộ Chính trị về học tập",
        "Chỉ thị 05-CT/TW | 05 CT TW 2016-05-15",
    ),
    ("Nghị quyết 57, 59.", "Nghị quyết 57 | 57 NQ partial", "59 | 59 NQ partial"),
    ("Nghị quyết 57, 28 đơn vị đã lập kế hoạch", "Nghị quyết 57 | 57 NQ partial"),
    ("Nghị quyết 57 và 12 kế hoạch của huyện", "Nghị quyết 57 | 57 NQ partial"),
    ("Nghị quyết 57, 2.500 người", "Nghị quyết 57 | 57 NQ partial"),
    ("Nghị quyết Trung ương 6 (khóa X)", "Nghị quyết Trung ương 6 (khóa X) | - NQ TW partial 6/X"),
    (
        "theo Nghị quyết Trung ương 6, khoá X, về công nhân",
        "Nghị quyết Trung ương 6, khoá X | - NQ TW partial 6/X",
    ),
    ("(Nghị quyết Trung ương 6 khóa X)", "Nghị quyết Trung ương 6 khóa X | - NQ TW partial 6/X"),
    ("NGHỊ QUYẾT TRUNG ƯƠNG 6 KHÓA X", "NGHỊ QUYẾT TRUNG ƯƠNG 6 KHÓA X | - NQ TW partial 6/X"),
    (
        "Nghị quyết Hội nghị Trung ương 6 khóa X",
        "Nghị quyết Hội nghị Trung ương 6 khóa X | - NQ TW partial 6/X",
    ),
    (
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa X",
        "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa X | - NQ TW partial 6/X",
    ),
    (
        "Nghị quyết Hội nghị lần thứ 6, BCH Trung ương (khóa X)",
        "Nghị quyết Hội nghị lần thứ 6, BCH Trung ương (khóa X) | - NQ TW partial 6/X",
    ),
    (
        "Nghị quyết Trung ương VI khóa X; Nghị quyết TW4 khóa XII",
        "Nghị quyết Trung ương VI khóa X | - NQ TW partial 6/X",
        "Nghị quyết TW4 khóa XII | - NQ TW partial 4/XII",
    ),
    (
        "NQTW 6 khóa X và Kết luận Trung ương 4 (khóa XIII)",
        "NQTW 6 khóa X | - NQ TW partial 6/X",
        "Kết luận Trung ương 4 (khóa XIII) | - KL TW partial 4/XIII",
    ),
    (
        "Nghị quyết \nTrung ương \n6 \nkhóa X",
        "Nghị quyết \nTrung ương \n6 \nkhóa X | - NQ TW partial 6/X",
    ),
    (
        "Nghị quyết Trung ương mười một khóa VIII ngày 16/8/1999",
        "Nghị quyết Trung ương mười một khóa VIII | - NQ TW 1999-08-16 partial 11/VIII",
    ),
    ("Hội nghị Trung ương 6 khóa X; công nghiệp hóa X; Nghị quyết Trung ương; khóa X",),
    ("Nghị quyết số 20-NQ/TW Hội nghị Trung ương 6 khóa X", "Nghị quyết số 20-NQ/TW | 20 NQ TW"),
]

ROWS = [
    *SYMBOLS,
    *INVISIBLE,
    *ISSUERS,
    *SAME_DAY,
    *DAYS_IN_TURN,
    *YEARS,
    *TELEGRAMS,
    *HEADS,
    *PLENUMS,
]


@pytest.mark.parametrize(("sentence", "expected"), [(row[0], list(row[1:])) for row in ROWS])
def test_a_sentence_cites_exactly_these_documents(sentence: str, expected: list[str]) -> None:
    found = []
    for c in find_citations(sentence):
        assert sentence[c.start : c.end] == c.text
        words = [(c.number or "-") + (f"/{c.year}" if c.year else ""), c.type, c.issuer]
        words += [c.date.isoformat() if c.date else "", "partial" if c.partial else ""]
        words += ["mismatch" if c.mismatch else ""]
        words += [f"{c.plenum.number}/{c.plenum.term}" if c.plenum else ""]
        found.append(f"{c.text} | {' '.join(word for word in words if word)}")
    assert found == expected


def test_the_table_has_the_sixty_sentences_and_more() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("20\u00ad-NQ/TW", "20-NQ/TW"),
        ("08-qđi/TW".upper(), "08-QĐi/TW"),
        ("20-\u200bNQ/TW", "20-NQ/TW"),
        ("08-HD/BTC TW", "08-HD/BTCTW"),
    ],
)
def test_a_number_with_an_invisible_character_is_read(typed: str, printed: str) -> None:
    assert str(parse_number(typed)) == printed
