"""Profiles: the few numbers of each unit of the model district from which its figures are computed.

Pairs are (at the start of 2008, or when it opened; in the third quarter of 2018). Rates are in
thousandths, wages in thousand đồng a month, debts in tenths of a million đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A commune, authority, agency, mass organisation or steering committee.

    `due` people must study each quarter; `conferences`, `sessions` (at enterprises), `surveys`,
    `visits` and `activities` are the minimum and maximum of a quarter; `crowd` is the number of people
    at one activity; `inspects`, `dialogues` and `violations` are probabilities in thousandths.
    """

    due: Pair
    conferences: Pair = (1, 2)
    attendance: Pair = (680, 860)
    sessions: Pair = (0, 1)
    listeners: Pair = (25, 60)
    state_firms: int = 0
    firms: Pair = (0, 0)
    unions: int = 0
    members: Pair = (0, 0)
    surveys: Pair = (0, 1)
    inspects: int = 40
    dialogues: int = 150
    violations: int = 0
    visits: Pair = (1, 4)
    activities: Pair = (0, 2)
    crowd: Pair = (30, 80)
    cared_for: Pair = (0, 6)
    troubles: tuple[str, ...] = ()
    plan: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An enterprise or co-operative. `union_since` is a quarter code, "" for always, None for never;
    `dialogue_quarters` are the quarters of each year with a dialogue, from `dialogue_from` on;
    `party_members` work there and belong to cells where they live."""

    state: bool = False
    workers: Pair
    women: int
    insured: Pair
    wage: Pair
    debt: Pair = (0, 0)
    attendance: Pair = (420, 700)
    union_since: str | None = None
    unionised: Pair = (0, 0)
    dialogue_quarters: tuple[int, ...] = ()
    dialogue_from: int = 2012
    activities: Pair = (0, 1)
    turnout: Pair = (200, 450)
    introduced: int = 0
    party_members: int = 0
    agreement_from: int | None = None
    troubles: tuple[str, ...] = ()
    first: str = "2008-Q1"
    last: str = "2018-Q3"


# fmt: off
COMMUNES: dict[str, Body] = {
    "tt-tan-hoa": Body(
        due=(230, 290), conferences=(2, 5), sessions=(0, 3), state_firms=2, firms=(9, 24),
        unions=1, members=(44, 52), surveys=(0, 2), dialogues=300, violations=180, visits=(2, 8),
        activities=(1, 3), crowd=(60, 160), cared_for=(2, 14), troubles=("quy-mo", "bien-dong"),
        plan=("12-KH/ĐU", date(2008, 6, 18)),
    ),
    "xa-an-phu": Body(
        due=(180, 225), conferences=(1, 4), sessions=(0, 2), firms=(5, 13), unions=1,
        members=(36, 42), violations=120, visits=(1, 6), activities=(1, 2), crowd=(50, 120),
        cared_for=(1, 9), troubles=("chu-dn", "quy-mo"), plan=("15-KH/ĐU", date(2008, 7, 4)),
    ),
    "xa-binh-minh": Body(
        due=(205, 260), conferences=(2, 4), sessions=(0, 3), firms=(6, 15), unions=1,
        members=(39, 47), surveys=(0, 2), dialogues=260, violations=160, visits=(2, 7),
        activities=(1, 3), crowd=(60, 150), cared_for=(2, 12), troubles=("bien-dong", "can-bo"),
        plan=("09-KH/ĐU", date(2008, 6, 25)),
    ),
    "xa-dong-ha": Body(
        due=(170, 210), conferences=(1, 3), sessions=(0, 2), firms=(5, 11), unions=1,
        members=(35, 41), violations=90, visits=(1, 5), activities=(0, 2), crowd=(50, 110),
        cared_for=(1, 8), troubles=("chu-dn", "can-bo"), plan=("21-KH/ĐU", date(2009, 3, 12)),
    ),
    "xa-hoa-loi": Body(
        due=(160, 195), conferences=(1, 2), attendance=(600, 760), firms=(4, 9), unions=1,
        members=(33, 39), violations=60, visits=(0, 3), activities=(0, 1), crowd=(40, 90),
        cared_for=(0, 5), troubles=("chu-dn", "quy-mo", "kinh-phi"),
    ),
    "xa-long-thanh": Body(
        due=(175, 220), conferences=(1, 4), sessions=(0, 2), state_firms=1, firms=(4, 8), unions=1,
        members=(36, 43), violations=80, visits=(1, 5), activities=(1, 2), crowd=(50, 130),
        cared_for=(1, 9), troubles=("quy-mo",), plan=("18-KH/ĐU", date(2008, 8, 15)),
    ),
    "xa-phuoc-son": Body(
        due=(150, 190), conferences=(1, 3), sessions=(0, 1), firms=(3, 8), unions=1,
        members=(32, 38), violations=50, visits=(1, 4), activities=(0, 2), crowd=(40, 100),
        cared_for=(0, 7), troubles=("quy-mo", "can-bo"), plan=("07-KH/ĐU", date(2010, 11, 30)),
    ),
    "xa-thanh-loc": Body(
        due=(145, 180), conferences=(1, 2), attendance=(580, 740), firms=(3, 7), unions=1,
        members=(31, 37), violations=40, visits=(0, 3), activities=(0, 1), crowd=(40, 80),
        cared_for=(0, 5), troubles=("chu-dn", "quy-mo", "can-bo"),
    ),
    "xa-vinh-thuan": Body(
        due=(185, 230), conferences=(1, 4), sessions=(0, 2), firms=(4, 12), unions=1,
        members=(37, 44), surveys=(0, 2), violations=110, visits=(1, 6), activities=(1, 2),
        crowd=(50, 140), cared_for=(1, 10), troubles=("bien-dong", "thoi-gian"),
        plan=("14-KH/ĐU", date(2014, 5, 20)),
    ),
}

OFFICES: dict[str, Body] = {
    "ubnd-huyen": Body(
        due=(70, 92), conferences=(1, 2), sessions=(0, 2), unions=1, members=(70, 86),
        surveys=(0, 2), dialogues=550, violations=150, visits=(2, 8), activities=(0, 2),
        crowd=(80, 220), cared_for=(2, 12), troubles=("chu-dn",),
        plan=("45/KH-UBND", date(2008, 7, 28)),
    ),
    "ban-chi-dao": Body(
        due=(42, 48), conferences=(1, 1), surveys=(0, 3), inspects=120, dialogues=200,
        visits=(1, 5), activities=(0, 1), crowd=(100, 260), troubles=("chu-dn", "can-bo"),
    ),
    "ban-to-chuc": Body(
        due=(10, 12), conferences=(1, 1), unions=1, members=(9, 11), surveys=(0, 4), visits=(1, 5),
        activities=(0, 0), cared_for=(0, 1), troubles=("chu-dn",),
        plan=("11-KH/BTCHU", date(2008, 8, 6)),
    ),
    "ban-tuyen-giao": Body(
        due=(9, 11), conferences=(2, 5), sessions=(1, 5), listeners=(40, 90), members=(8, 10),
        visits=(1, 6), activities=(0, 1), crowd=(80, 200), cared_for=(0, 1),
        troubles=("thoi-gian",), plan=("08-KH/BTGHU", date(2008, 5, 30)),
    ),
    "ubkt": Body(
        due=(9, 10), conferences=(1, 1), sessions=(0, 0), members=(8, 9), surveys=(0, 0),
        inspects=750, dialogues=0, visits=(0, 3), activities=(0, 0), cared_for=(0, 1),
        troubles=("can-bo",), plan=("06-KH/UBKTHU", date(2014, 7, 15)),
    ),
    "phong-ldtbxh": Body(
        due=(11, 14), conferences=(1, 2), sessions=(1, 3), members=(10, 13), inspects=300,
        dialogues=350, violations=620, visits=(2, 7), activities=(0, 1), crowd=(60, 140),
        cared_for=(2, 10), troubles=("bien-dong", "chu-dn"),
        plan=("118/KH-LĐTBXH", date(2008, 9, 10)),
    ),
    "ldld-huyen": Body(
        due=(8, 10), conferences=(2, 4), sessions=(2, 6), listeners=(45, 110), unions=1,
        members=(7, 9), surveys=(1, 5), dialogues=600, visits=(3, 10), activities=(2, 5),
        crowd=(150, 420), cared_for=(8, 45), troubles=("chu-dn", "bien-dong", "can-bo"),
        plan=("21/KH-LĐLĐ", date(2008, 6, 2)),
    ),
    "huyen-doan": Body(
        due=(8, 9), conferences=(1, 2), sessions=(0, 2), members=(6, 8), visits=(1, 5),
        activities=(1, 3), crowd=(90, 240), cared_for=(0, 8), troubles=("thoi-gian", "can-bo"),
    ),
}

FIRMS: dict[str, Firm] = {
    "dn-cao-su-tan-hoa": Firm(
        state=True, workers=(640, 586), women=380, insured=(960, 995), wage=(2100, 7200),
        attendance=(620, 830), union_since="", unionised=(930, 985), dialogue_quarters=(2, 4),
        dialogue_from=2008, activities=(1, 3), turnout=(380, 560), introduced=450,
        agreement_from=2008, troubles=("thoi-gian",),
    ),
    "dn-cap-nuoc": Firm(
        state=True, workers=(42, 51), women=300, insured=(970, 1000), wage=(1900, 6400),
        attendance=(700, 880), union_since="", unionised=(950, 1000), dialogue_quarters=(4,),
        dialogue_from=2009, activities=(0, 2), turnout=(450, 700), introduced=110,
        agreement_from=2010,
    ),
    "dn-thuy-loi": Firm(
        state=True, workers=(88, 96), women=250, insured=(960, 1000), wage=(1800, 6100),
        attendance=(680, 860), union_since="", unionised=(940, 1000), dialogue_quarters=(4,),
        dialogue_from=2010, activities=(0, 2), turnout=(420, 650), introduced=150,
        agreement_from=2010, troubles=("kinh-phi",),
    ),
    "dn-may-binh-minh": Firm(
        workers=(460, 1308), women=820, insured=(520, 890), wage=(1350, 5900), debt=(820, 11860),
        attendance=(380, 700), union_since="2009-Q3", unionised=(250, 640),
        dialogue_quarters=(2, 4), dialogue_from=2013, activities=(1, 3), turnout=(220, 480),
        introduced=120, party_members=3, agreement_from=2011,
        troubles=("bien-dong", "thoi-gian", "nhan-thuc"),
    ),
    "dn-go-an-phu": Firm(
        workers=(180, 425), women=300, insured=(430, 870), wage=(1250, 5300), debt=(350, 4120),
        attendance=(330, 620), union_since="2011-Q1", unionised=(200, 520), turnout=(180, 380),
        introduced=40, party_members=1, troubles=("chu-dn", "nhan-thuc", "chat-luong"),
    ),
    "dn-thuy-san-dong-ha": Firm(
        workers=(260, 515), women=640, insured=(480, 880), wage=(1300, 5500), debt=(410, 3670),
        attendance=(360, 680), union_since="2010-Q2", unionised=(220, 560), dialogue_quarters=(3,),
        dialogue_from=2014, activities=(0, 2), turnout=(200, 430), introduced=60, party_members=2,
        agreement_from=2013, troubles=("bien-dong", "nhan-thuc", "thoi-gian", "chat-luong"),
    ),
    "dn-giay-vinh-thuan": Firm(
        workers=(350, 905), women=790, insured=(700, 930), wage=(3300, 5800), debt=(0, 2950),
        attendance=(420, 690), union_since="2014-Q1", unionised=(180, 480), dialogue_quarters=(4,),
        dialogue_from=2015, activities=(0, 2), turnout=(220, 460), introduced=50, party_members=1,
        agreement_from=2015, troubles=("chu-dn", "bien-dong", "nhan-thuc", "thoi-gian"),
        first="2013-Q1",
    ),
    "dn-xay-dung-hoa-loi": Firm(
        workers=(58, 96), women=120, insured=(200, 640), wage=(1400, 5100), debt=(120, 1980),
        attendance=(250, 480), turnout=(150, 300), party_members=1,
        troubles=("chu-dn", "quy-mo", "bien-dong", "nhan-thuc", "chat-luong"),
    ),
    "dn-gach-long-thanh": Firm(
        workers=(150, 118), women=350, insured=(420, 610), wage=(1200, 3400), debt=(260, 2240),
        attendance=(350, 560), union_since="2009-Q1", unionised=(240, 430), turnout=(180, 320),
        party_members=1, troubles=("chu-dn", "nhan-thuc"), last="2015-Q4",
    ),
    "htx-dong-ha": Firm(
        workers=(24, 41), women=400, insured=(120, 560), wage=(950, 4200), attendance=(480, 720),
        turnout=(250, 450), party_members=2,
        troubles=("quy-mo", "chu-dn", "chat-luong", "kinh-phi"),
    ),
    "htx-phuoc-son": Firm(
        workers=(18, 30), women=420, insured=(110, 520), wage=(900, 3900), attendance=(450, 660),
        turnout=(220, 400), party_members=1,
        troubles=("quy-mo", "chu-dn", "nhan-thuc", "chat-luong"),
    ),
    "htx-thanh-loc": Firm(
        workers=(30, 45), women=80, insured=(200, 680), wage=(1150, 4800), debt=(0, 310),
        attendance=(440, 650), union_since="2012-Q1", unionised=(300, 510), dialogue_quarters=(4,),
        dialogue_from=2016, turnout=(220, 400), party_members=1,
        troubles=("quy-mo", "chat-luong", "bien-dong", "nhan-thuc", "chu-dn"),
    ),
}

# fmt: on

IDLE: dict[str, tuple[tuple[str, str], ...]] = {
    # Sequences of quarters (first, last) in which a unit held no conference.
    "xa-hoa-loi": (("2009-Q3", "2010-Q2"), ("2014-Q2", "2014-Q4"), ("2017-Q3", "2018-Q1")),
    "xa-thanh-loc": (("2010-Q1", "2010-Q3"), ("2013-Q1", "2013-Q4"), ("2016-Q2", "2016-Q4")),
    "huyen-doan": (("2012-Q3", "2013-Q1"),),
    "dn-go-an-phu": (("2011-Q1", "2011-Q3"), ("2015-Q3", "2016-Q2")),
    "dn-xay-dung-hoa-loi": (
        ("2008-Q1", "2009-Q4"),
        ("2013-Q2", "2014-Q1"),
        ("2016-Q4", "2017-Q3"),
    ),
    "htx-phuoc-son": (("2008-Q3", "2009-Q2"), ("2012-Q1", "2012-Q4"), ("2017-Q1", "2017-Q4")),
}
