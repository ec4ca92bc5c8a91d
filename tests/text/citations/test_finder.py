"""Sentences of every kind that cites documents, with all the noise of real files."""

from __future__ import annotations

import pytest

from nqcore.text.citations import Citation, find_citations

# Written as: number[/year] type issuer kind [date] [partial] [mismatch]; "-" where the text is silent.
PARTY = [
    (
        "Thực hiện Nghị quyết số 20-NQ/TW, ngày 28/01/2008 của Trung ương",
        "20 NQ TW party 2008-01-28",
    ),
    ("Kết luận số 80-KL/TW, ngày 29/7/2010 của Ban Bí thư", "80 KL TW party 2010-07-29"),
    ("Kế hoạch số 70-KH/HU của Ban Thường vụ Huyện ủy", "70 KH HU party"),
    ("Kế hoạch số 70-KH/HU - Ban Thường vụ Huyện ủy", "70 KH HU party"),
    ("Nghị quyết số 20-NQ/TW - BCH Trung ương khóa X", "20 NQ TW party"),
    ("Chương trình hành động số 13-NQ/TU của Tỉnh ủy", "13 NQ TU party mismatch"),
    ("Chương trình hành động số 39-CTr/TU", "39 CTr TU party"),
    ("Chương trình hành động số 147-CTHĐ/TU ngày 09/5/2019", "147 CTHĐ TU party 2019-05-09"),
    ("CTrHĐ số 05-CTrHĐ/HU", "05 CTrHĐ HU party"),
    ("Chỉ thị 33-CT/TW; Quy định số 37-QĐ/TW", "33 CT TW party", "37 QĐ TW party"),
    ("Thông tri số 07-TT/TC ngày 21/3/1979", "07 TT TC party 1979-03-21"),
    ("Hướng dẫn số 08-HD/BTCTW ngày 27/9/2021", "08 HD BTCTW party 2021-09-27"),
    ("Công văn số 15422-CV/VPTW", "15422 CV VPTW party"),
    ("Công văn số 29-CV/TC-NV", "29 CV TC party"),
    ("Quy chế số 09-QC/TW; Tờ trình số 11-TTr/HU", "09 QC TW party", "11 TTr HU party"),
    (
        "Nghị quyết số 05-NQ/ĐU của Đảng ủy xã, báo cáo số 12-BC/CB",
        "05 NQ ĐU party",
        "12 BC CB party",
    ),
    ("Kế hoạch số 01-KH/BCĐTW của Ban Chỉ đạo", "01 KH BCĐTW party"),
    ("Công văn số 59-CV/BCĐ ngày 12/9/2025", "59 CV BCĐ party 2025-09-12"),
    ("Thông báo kết luận số 05-TB/TU", "05 TB TU party"),
    ("Thông báo Kết luận số 121-TB/HU", "121 TB HU party"),
    (
        "Quyết định 217-QĐ/TW và 218-QĐ/TW ngày 12/12/2013",
        "217 QĐ TW party",
        "218 QĐ TW party 2013-12-12",
    ),
    ("Đề cương số 15-ĐC/BTGTU; quy trình số 03-QT/TU", "15 ĐC BTGTU party", "03 QT TU party"),
    ("Kết luận số 202-KL/BCS ngày 23/9/2013", "202 KL BCS party 2013-09-23"),
]

STATE = [
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020", "30/2020 NĐ CP state 2020-03-05"),
    ("Chỉ thị số 12/CT-TTg, Nghị quyết 97/NQ-CP", "12 CT TTg state", "97 NQ CP state"),
    ("Nghị quyết số 66.19/2026/NQ-CP", "66.19/2026 NQ CP state"),
    ("Nghị quyết số 30a/2008/NQ-CP ngày 27/12/2008", "30a/2008 NQ CP state 2008-12-27"),
    ("Kế hoạch số 130/KH-BCĐTKNQ18", "130 KH BCĐTKNQ18 state"),
    ("Quyết định số 37/2000/QĐ-BGD&ĐT", "37/2000 QĐ BGD&ĐT state"),
    ("Nghị quyết số 22/2019/NQ-HĐND", "22/2019 NQ HĐND state"),
    ("Quyết định số 12/QĐ-UBND.HC và 15/QĐ-CTUBND", "12 QĐ UBND.HC state", "15 QĐ CTUBND state"),
    ("Thông tư liên tịch số 58/2012/TTLT-BGDĐT-BLĐTBXH", "58/2012 TTLT BGDĐT-BLĐTBXH state"),
    ("Thông tư liên tịch 01/2022/TTLT/BTC-BNV", "01/2022 TTLT BTC-BNV state"),
    ("Thông tư liên tịch 08/2012/TTLT-BLĐTBXH- BNV -BTC", "08/2012 TTLT BLĐTBXH-BNV-BTC state"),
    ("Thông tư liên lịch số 17/2014/TTLT-BLĐTBXH-BTC", "17/2014 TTLT BLĐTBXH-BTC state"),
    (
        "Nghị quyết liên tịch số 403/2017/NQLT-CP-UBTVQH14-ĐCTUBTWMTTQVN",
        "403/2017 NQLT CP-UBTVQH14-ĐCTUBTWMTTQVN state",
    ),
    ("Hướng dẫn liên ngành số 1234/HDLN-BHXH-SYT", "1234 HDLN BHXH-SYT state"),
    ("Công văn số 12/UBND-VX ngày 04/5/2018", "12 CV UBND state 2018-05-04"),
    ("văn bản số 18/SXD-PTĐT; văn bản 1518/BNG-NVVH không có chữ số trước", "18 CV SXD state"),
    ("công văn 2180/SGD&ĐT-KTKĐCLGD", "2180 CV SGD&ĐT state"),
    ("Công văn số 673/SNgV-VP ngày 15 tháng 12 năm 2009", "673 CV SNgV state 2009-12-15"),
    ("Công văn số 55/UBND-TH và Công văn 56/SKHĐT-TT", "55 CV UBND state", "56 CV SKHĐT state"),
    ("Nghị định số 25/CP ngày 23/5/1993", "25 NĐ CP state 1993-05-23"),
    ("Nghị định của Chính phủ số 25/CP ngày 23/5/1993", "25 NĐ CP state 1993-05-23"),
    ("Quyết định số 206-CP ngày 30/5/1979", "206 QĐ CP state 1979-05-30"),
    ("Nghị định số 299-HĐBT; Quyết định 217-HĐBT", "299 NĐ HĐBT state", "217 QĐ HĐBT state"),
    ("Quyết định số 327-CT của Chủ tịch Hội đồng Bộ trưởng", "327 QĐ CT state"),
    ("Quyết định 747/TTg-QĐ; Quyết định số 763/TTg", "747 QĐ TTg state", "763 QĐ TTg state"),
    ("Thông tư số 05/LĐTBXH-TT; Thông tư 20-LĐTBXH/TT", "05 TT LĐTBXH state", "20 TT LĐTBXH state"),
    ("Quyết định số 1141-TC/QĐ/CĐKT ngày 1-11-1995", "1141 QĐ TC/CĐKT state 1995-11-01"),
    ("Thông tư liên bộ số 06-TT/LB ngày 04/4/1993", "06 TT LB state 1993-04-04"),
    ("Sắc lệnh số 29/SL ngày 12/3/1947", "29 SL - state 1947-03-12"),
    (
        "Lệnh số 05/2023/L-CTN; Văn bản hợp nhất số 12/VBHN-VPQH",
        "05/2023 L CTN state",
        "12 VBHN VPQH state",
    ),
    ("Thông tư số 05/TT-BTC/2015", "05/2015 TT BTC state"),
    (
        "Nghị quyết số 254/2025/QH15 và 17/2022/UBTVQH15",
        "254/2025 NQ QH15 state",
        "17/2022 NQ UBTVQH15 state",
    ),
    ("Công điện số 1234/CĐ-TTg; Giấy mời số 15/GM-UBND", "1234 CĐ TTg state", "15 GM UBND state"),
]

UNION = [
    (
        "Chương trình số 1464/Ctr-TLĐ; Công văn 4133/TLĐ-TC",
        "1464 CTr TLĐ union",
        "4133 CV TLĐ union",
    ),
    ("Nghị quyết 9b/NQ-BCH; Quyết định 1085/QĐ/TLĐ", "9b NQ BCH union", "1085 QĐ TLĐ union"),
    ("Quyết định số 4290/QĐ-TLĐ; Hướng dẫn 47/HD-TLĐ", "4290 QĐ TLĐ union", "47 HD TLĐ union"),
    ("Tờ trình số 71/TTr –TLĐ; Tờ trình 15/Tr-LĐLĐ", "71 TTr TLĐ union", "15 Tr LĐLĐ union"),
    ("Quyết định số 367-QĐ/TWĐTN-VP", "367 QĐ TWĐTN-VP union"),
    ("Quyết định số 84 QĐ/TWĐTN ngày 22/02/2013", "84 QĐ TWĐTN union 2013-02-22"),
    ("Kế hoạch 44-KH/TĐTN-BTC; Hướng dẫn số 05/HD-ĐCT", "44 KH TĐTN-BTC union", "05 HD ĐCT union"),
    ("Nghị quyết số 10c/NQ-BCH ngày 12/01/2017", "10c NQ BCH union 2017-01-12"),
]

LAWS = [
    ("khoản 3 điều 25 luật ngân sách nhà nước ngày 16/12/2002", "- Luật QH law 2002-12-16"),
    ("căn cứ luật Tổ chức HĐND và UBND năm 2003", "-/2003 Luật QH law"),
    ("Luật Công đoàn năm 2012 và Bộ luật Lao động", "-/2012 Luật QH law", "- Bộ luật QH law"),
    ("Luật Khiếu nại năm 2011, Luật Tố cáo 2018", "-/2011 Luật QH law", "-/2018 Luật QH law"),
    ("Luật Công đoàn (năm 2012)", "-/2012 Luật QH law"),
    ("Luật Đầu tư công số 58/2024/QH15", "58/2024 Luật QH15 law"),
    (
        "Luật số 57/2024/QH15 và Luật số 90/2025/QH15",
        "57/2024 Luật QH15 law",
        "90/2025 Luật QH15 law",
    ),
    ("Luật số 57/2024/QH15, 90/2025/QH15", "57/2024 Luật QH15 law", "90/2025 Luật QH15 law"),
    ("Điều 5 Luật 57/2024/QH15", "57/2024 Luật QH15 law"),
    ("Luật Giao dịch điện tử số 20/2023/QH15 năm 2023", "20/2023 Luật QH15 law"),
    ("Luật Đất đai (sửa đổi) ngày 18 tháng 01 năm 2024", "- Luật QH law 2024-01-18"),
    (
        "Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14",
        "02/2020 Pháp lệnh UBTVQH14 law",
    ),
    ("Pháp lệnh 01/2018/UBTVQH14 ngày 22/12/2018", "01/2018 Pháp lệnh UBTVQH14 law 2018-12-22"),
    ("Pháp lệnh Cán bộ, công chức năm 1998", "-/1998 Pháp lệnh UBTVQH law"),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa "
        "phương ngày 22 tháng 11 năm 2019",
        "- Luật QH law 2019-11-22",
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của các luật về thuế số 71/2014/QH13",
        "71/2014 Luật QH13 law",
    ),
    ("Luật Đường sắt đô thị ngày 05/5/2030", "- Luật QH law 2030-05-05"),
    ("Luật tổ chức Viện nghiên cứu ngày 05/5/2030", "- Luật QH law 2030-05-05"),
    ("hướng dẫn thi hành luật Công đoàn và bộ luật lao động", "- Luật QH law", "- Bộ luật QH law"),
    ("HƯỚNG DẪN THI HÀNH LUẬT CÔNG ĐOÀN", "- Luật QH law"),
    ("Luật Phòng, chống tác hại của rượu, bia; Luật Việc làm.", "- Luật QH law", "- Luật QH law"),
    ("Luật Hoà giải ở cơ sở, Luật Thuỷ lợi", "- Luật QH law", "- Luật QH law"),
]

NOISE = [
    (
        "thông tư 15/2020/tt-btc và nghị định 28/2015/nđ-cp",
        "15/2020 TT BTC state",
        "28/2015 NĐ CP state",
    ),
    ("Số: 10b/ 2003/NQ-HĐND4", "10b/2003 NQ HĐND4 state"),
    ("NGHỊ QUYẾT SỐ 20-NQ/TW NGÀY 28 THÁNG 01 NĂM 2008", "20 NQ TW party 2008-01-28"),
    ("KẾ HOẠCH SỐ 12-KH/TU, QUYẾT ĐỊNH 613/QĐ-TTG", "12 KH TU party", "613 QĐ TTg state"),
    ("CHƯƠNG TRÌNH SỐ 12-CTR/TU; TỜ TRÌNH 5/TTR-UBND", "12 CTr TU party", "5 TTr UBND state"),
    ("Nghị quyết số20-NQ/TWngày 28/01/2008", "20 NQ TW party 2008-01-28"),
    ("Nghịquyết số 20-NQ/TW", "20 NQ TW party"),
    ("Nghị  quyết   số   20 - NQ / TW", "20 NQ TW party"),
    ("Quyết định số 12 / QĐ - UBND , ngày 5 / 3 / 2019", "12 QĐ UBND state 2019-03-05"),
    ("Nghị quyết số 20–NQ/TW; Kết luận số 79 — KL/TW", "20 NQ TW party", "79 KL TW party"),
    (
        "số 20\u2011NQ/TW, số 21\u00adNQ/TW, số 22\u200b-NQ/TW",
        "20 NQ TW party",
        "21 NQ TW party",
        "22 NQ TW party",
    ),
    ("Nghị\u00a0quyết\u00a0số\u00a020-NQ/TW ngày\u00a028/01/2008", "20 NQ TW party 2008-01-28"),
    ("Nghị quyết số 20-NQ/\nTW và Kết luận số 79-\nKL/TW", "20 NQ TW party", "79 KL TW party"),
    ("Nghị \nquyết \nsố \n20-NQ/TW \nngày \n28/01/2008", "20 NQ TW party 2008-01-28"),
    ("Thông báo số 186/TB-\r\nVPCP", "186 TB VPCP state"),
    ("Thông tư số 14/2007/TT-BLĐ\nTBXH ngày 30/8/2007", "14/2007 TT BLĐTBXH state 2007-08-30"),
    (
        "Chỉ thị số 49-CT /TW; số 100 /NQ-CP; 157/2015/TT- BTC",
        "49 CT TW party",
        "100 NQ CP state",
        "157/2015 TT BTC state",
    ),
    (
        "Nghị quyết số 20-NQ/TƯ, 21-NQ/T.Ư, 22-NQ/T. Ư",
        "20 NQ TW party",
        "21 NQ TW party",
        "22 NQ TW party",
    ),
    ("Hướng dẫn 31-HD/BTCTƯ", "31 HD BTCTW party"),
    ("Nghị quyết 20/NQ-TW; Chỉ thị số 22/CT-TW", "20 NQ TW party", "22 CT TW party"),
    (
        "Quyết định số 45/2019/QĐUBND, Nghị định 30/2020/NĐCP",
        "45/2019 QĐ UBND state",
        "30/2020 NĐ CP state",
    ),
    ("Nghị quyết số 20-NQTW; Nghị quyết số 13-NQ TU", "20 NQ TW party", "13 NQ TU party"),
    ("Hướng dẫn số 06 HD/TW, Kế hoạch số 298 KH/TWĐTN", "06 HD TW party", "298 KH TWĐTN union"),
    ("Quyết định số 45/2003/QĐ.UB", "45/2003 QĐ UB state"),
    ("Nghị định 30/2020/ND-CP; 15/QD-TTg", "30/2020 NĐ CP state", "15 QĐ TTg state"),
    (
        "QĐ số 15/QĐ-LĐLĐ, KL số 79-KL/TW, TT 200/2014/TT-BTC",
        "15 QĐ LĐLĐ union",
        "79 KL TW party",
        "200/2014 TT BTC state",
    ),
    ("Quyết định số: 123/QĐ-UBND; Quyết định: 12/QĐ-UBND", "123 QĐ UBND state", "12 QĐ UBND state"),
    (
        "- Quyết định 217-QĐ/TW;\n+ 218-QĐ/TW;\n-219-QĐ/TW",
        "217 QĐ TW party",
        "218 QĐ TW party",
        "219 QĐ TW party",
    ),
    ("(79-KL/TW) “81-KL/TW”", "79 KL TW party", "81 KL TW party"),
]

LISTS = [
    (
        "các Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017",
        "18 NQ TW party 2017-10-25",
        "19 NQ TW party 2017-10-25",
    ),
    (
        "các nghị quyết số 18, 19, 20 và 21-NQ/TW",
        "18 NQ TW party",
        "19 NQ TW party",
        "20 NQ TW party",
        "21 NQ TW party",
    ),
    ("Nghị quyết số 18-NQ/TW và số 19-NQ/TW", "18 NQ TW party", "19 NQ TW party"),
    (
        "các Nghị quyết 18-NQ/TW, 19-NQ/TW, 20-NQ/TW",
        "18 NQ TW party",
        "19 NQ TW party",
        "20 NQ TW party",
    ),
    (
        "Quyết định số 22, 23 và 24/QĐ-UBND",
        "22 QĐ UBND state",
        "23 QĐ UBND state",
        "24 QĐ UBND state",
    ),
    ("Nghị định số 25/CP, 26/CP ngày 23/5/1993", "25 NĐ CP state", "26 NĐ CP state 1993-05-23"),
    ("các Thông tư 13, 15/2020/TT-BTC", "13/2020 TT BTC state", "15/2020 TT BTC state"),
    ("Công văn số 12/UBND-VX, 13/UBND-NC", "12 CV UBND state", "13 CV UBND state"),
]

SHORT = [
    (
        "thực hiện KL 80, NQ 28 và NQ20",
        "80 KL - - partial",
        "28 NQ - - partial",
        "20 NQ - - partial",
    ),
    ("Kết luận số 127 của Bộ Chính trị", "127 KL - - partial"),
    ("Kết luận 79 ngày 25/12/2013 của Bộ Chính trị", "79 KL - - 2013-12-25 partial"),
    ("Nghị quyết 18 và nghị quyết 19 khóa XII", "18 NQ - - partial", "19 NQ - - partial"),
    ("Nghị định 100/2019 và Thông tư 22/2021", "100/2019 NĐ - - partial", "22/2021 TT - - partial"),
    ("Nghị quyết 20 năm 2008; Quyết định số 1956", "20 NQ - - partial", "1956 QĐ - - partial"),
    ("Nghị quyết 20/NQ-TW (NQ20) Hội nghị lần 6", "20 NQ TW party", "20 NQ - - partial"),
]

DATES = [
    ("Nghị quyết 10/2016/NQ-HĐND tỉnh ngày 7/12/2016", "10/2016 NQ HĐND state 2016-12-07"),
    ("số 20-NQ/TW ngày 28 tháng 01 năm 2008", "20 NQ TW party 2008-01-28"),
    (
        "số 20-NQ/TW ngày 28-01-2008; số 79-KL/TW ngày 25.12.2013",
        "20 NQ TW party 2008-01-28",
        "79 KL TW party 2013-12-25",
    ),
    (
        "số 20-NQ/TW (28/01/2008), số 80-KL/TW (ngày 29 tháng Bảy năm 2010)",
        "20 NQ TW party 2008-01-28",
        "80 KL TW party 2010-07-29",
    ),
    (
        "số 20-NQ/TW ngày 28 tháng 01, 2008 và số 21-NQ/TW ngày 28/01 năm 2008",
        "20 NQ TW party 2008-01-28",
        "21 NQ TW party 2008-01-28",
    ),
    (
        "số 81-KL/TW ngày 29-7-98; số 82-KL/TW ngày 31/02/2010",
        "81 KL TW party 1998-07-29",
        "82 KL TW party",
    ),
    ("số 20-NQ/TW ban hành ngày 28/01/2008", "20 NQ TW party 2008-01-28"),
    (
        "số 20-NQ/TW của Ban Chấp hành Trung ương Đảng khóa X ngày 28/01/2008",
        "20 NQ TW party 2008-01-28",
    ),
    ("số 18-NQ/TW Hội nghị Trung ương 6 (khóa XII), ngày 25/10/2017", "18 NQ TW party 2017-10-25"),
    (
        "Ngày 28/01/2008, Ban Chấp hành Trung ương ban hành Nghị quyết số 20-NQ/TW",
        "20 NQ TW party 2008-01-28",
    ),
    ("Ngày 05/9/2018, tỉnh họp triển khai Nghị quyết số 20-NQ/TW", "20 NQ TW party"),
    ("số 97/NQ-CP của Chính phủ có hiệu lực từ ngày 01/7/2008", "97 NQ CP state"),
    ("số 97/NQ-CP\n12/8/2023\nCột sau", "97 NQ CP state"),
    ("Nghị định số 25/CP ngày 19 tháng Tám năm 1993", "25 NĐ CP state 1993-08-19"),
]

OWN = [
    (
        "Độc lập - Tự do - Hạnh phúc Số: 97/NQ-CP Hà Nội, ngày 06 tháng 4 năm 2026",
        "97 NQ CP state 2026-04-06",
    ),
    ("Số: 97/NQ-CP \nHà Nội, ngày 06 tháng 4 năm 2026 \nNGHỊ QUYẾT", "97 NQ CP state 2026-04-06"),
    (
        "HUYỆN ỦY Y\n*\nSố 70-KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nHạ Long, ngày 15 tháng 4 năm 2008\n",
        "70 KH HU party 2008-04-15",
    ),
    (
        "Số: 14/2007/QĐ-UBND\n|\nTam\nKỳ, ngày 19 tháng 6 năm 2007\n|\nQUYẾT ĐỊNH",
        "14/2007 QĐ UBND state 2007-06-19",
    ),
    (
        "Số: 225 - KH/TWĐTN-CTTN      Hà Nội, ngày 16 tháng 5 năm 2024\nKẾ HOẠCH",
        "225 KH TWĐTN-CTTN union 2024-05-16",
    ),
    ("Số: 12/KH-UBND\nCăn cứ yêu cầu, ngày 26/11/2003\nCăn cứ", "12 KH UBND state"),
]

NOTHING = [
    "CÔNG BÁO/Số 238/Ngày 21-04-2026",
    "CÔNG BÁO/SỐ 565 + 566/NGÀY 28-4-2024",
    "Mẫu số 01/PLI, Biểu số 117/LĐVL-Sở, Mẫu 02/TB-ĐKT và 03/TB-ĐKT",
    "Mẫu số: 26/TB - ĐKT; Biểu số 001.H/BCB-QP; Phụ lục số 02/KH-UBND",
    "Mẫu \nsố \n03-QĐTD/SHTT/2020, 05-TT/SHTT/2020 và Mẫu số 06-TBTD/SHTT/2020",
    "phục vụ 24/7, 24/24 giờ; HIV/AIDS; COVID-19; K/T; V/v; Đ/c",
    "giai đoạn 2008-2018; 2016 - 2020; năm học 2019-2020; quý II/2018",
    "750.000 đồng/người; 435/1.026; tỷ lệ 3/4-5/6; ngày 3/2-6/8",
    "https://vbpl.vn/TW/Pages/vbpq.aspx?ItemID=122882&Keyword=29/2017/QĐ-TTg",
    "https://x.gov.vn/van-ban/20-NQ/TW.pdf và tệp 20-NQ-TW.docx",
    "Keyword=\n14/2007/TT-BTC; S%E1%BB%91%20178/1998/TT-TCCP; 29/2017/Q%C4%90-TTg",
    "Lưu: VT, TH-TĐ10b, KH&CN; KH 2016-2020; KH 2018",
    "Kế hoạch 5 năm, Báo cáo 6 tháng, quyết định 5 nội dung, Kết luận 3 vấn đề",
    "Quyết định 25 tỷ đồng; Chỉ thị 10%; Hướng dẫn 15 đơn vị; Thông tư 5 điều",
    "Chương trình 135, Chương trình 30a, Đề án 06, Dự án 5",
    "Ký ngày 08.04.2022 15:53:58 +07:00; 2026-04-22 16:16:54",
    "QCVN 01-1:2018/BYT, TCVN 5945-2005, QCVN 02:2020/BCA",
    "giấy phép số 11/LĐTBXH-GP, 01/2019/SAG; hợp đồng số 05/2020/HĐKT; số 15/GP-UBND",
    "Quốc lộ 1A-QL5, xe 29A-12345, phòng 205-B, Trung đoàn 20-QK3, Sư đoàn 5/QK7",
    "Nghị quyết số 66…/2026/NQ-CP; Số:      /TB-UBND; Số ..../QĐ-UBND",
    "Nghị quyết Trung ương; Nghị quyết Đại hội XII; Nghị quyết này; Hội nghị Trung ương 6 khóa X",
    "quy định của pháp luật, kỷ luật Đảng, Luật này, Luật sư, quy luật, Pháp lệnh này",
    "Trường Đại học Luật Hà Nội, Khoa Luật Kinh tế, Công ty Luật Minh An, Luật gia",
    "khoản 3 Điều 12; mục 2 - NQ; lương hệ số 2,34; điểm 3/10-A",
    "Nghị quyết 20-ban hành; quyết định 5/người; theo luật lao động hiện nay; bị kỷ luật năm 2018",
    "KL: 50 kg; TT 1; chung cư CT2; Dự án 5-ODA; Nghị quyết: 5 nội dung; Chương trình 3-ĐBSCL",
    "THÔNG BÁO SỐ LƯỢNG 20 - KINH PHÍ",
]

SENTENCES = [*PARTY, *STATE, *UNION, *LAWS, *NOISE, *LISTS, *SHORT, *DATES, *OWN]


def short(c: Citation) -> str:
    number = (c.number or "-") + (f"/{c.year}" if c.year else "")
    words = [number, c.type or "-", c.issuer or "-", c.kind or "-"]
    words += [c.date.isoformat()] if c.date else []
    words += ["partial"] if c.partial else []
    words += ["mismatch"] if c.mismatch else []
    return " ".join(words)


@pytest.mark.parametrize(("sentence", "expected"), [(s[0], list(s[1:])) for s in SENTENCES])
def test_a_sentence_cites_exactly_its_documents(sentence: str, expected: list[str]) -> None:
    assert [short(c) for c in find_citations(sentence)] == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_headings_forms_codes_ranges_and_addresses_are_no_citations(sentence: str) -> None:
    assert find_citations(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("theo Nghị quyết số: 20-NQ/TW ngày 28/01/2008", ["Nghị quyết số: 20-NQ/TW"]),
        ("các văn bản số 34/TTr-BTP và số 35/TTr-BTP", ["34/TTr-BTP", "35/TTr-BTP"]),
        ("Quyết \nđịnh \nsố \n67/1998/QĐ-TTg", ["Quyết \nđịnh \nsố \n67/1998/QĐ-TTg"]),
        ("Quyết định Thủ tướng số 29/2017/QĐ-TTg", ["29/2017/QĐ-TTg"]),
        ("Số: 97/NQ-CP", ["97/NQ-CP"]),
        ("các Nghị quyết số 18, 19-NQ/TW", ["Nghị quyết số 18", "19-NQ/TW"]),
        (
            "Luật Bảo vệ và kiểm dịch thực vật, Luật Trồng trọt và sửa đổi",
            ["Luật Bảo vệ và kiểm dịch thực vật", "Luật Trồng trọt"],
        ),
        ("Luật Bảo hiểm xã hội và các văn bản hướng dẫn", ["Luật Bảo hiểm xã hội"]),
        ("Luật Xanh hóa công nghiệp quy định rằng", ["Luật Xanh hóa công nghiệp"]),
        ("Luật Công đoàn năm 2012 quy định", ["Luật Công đoàn năm 2012"]),
        ("Luật \nQuy hoạch \n12/8/2023", ["Luật \nQuy hoạch"]),
        ("Luật Công đoàn, số 50/2024/QH15", ["Luật Công đoàn, số 50/2024/QH15"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Bộ luật Tố tụng hình sự ngày 12/11/2021",
            ["Luật sửa đổi, bổ sung một số điều của Bộ luật Tố tụng hình sự"],
        ),
    ],
)
def test_a_citation_spans_from_its_type_word_to_the_end_of_its_symbol(
    sentence: str, texts: list[str]
) -> None:
    assert [c.text for c in find_citations(sentence)] == texts


def test_an_empty_text_cites_nothing() -> None:
    assert find_citations("") == []


def test_characters_beyond_16_bits_do_not_shift_offsets() -> None:
    text = "😀😀 Nghị quyết số 20-NQ/TW 😀 và 79-KL/TW"
    assert [text[c.start : c.end] for c in find_citations(text)] == [
        "Nghị quyết số 20-NQ/TW",
        "79-KL/TW",
    ]


def test_letters_that_share_a_byte_with_a_digit_are_no_digits() -> None:
    assert find_citations("İ-NQ/TW ĲḰ/QĐ-TTg") == []
