"""Profiles: the few numbers of each unit of the model commune from which its figures are computed.

Pairs are (in the third quarter of 2021, or when it opened; in the third quarter of 2026, or when it ended).
Rates are in thousandths, wages in thousand đồng a month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBody:
    """A commune, authority, agency or mass organisation.

    `due` people are to hear of the resolution in a quarter; `conferences` is the least and the most of a
    quarter; `members` are those of its union, which ended in June 2025; `cared_for` is the least and, at Tết
    and in the Month of Workers, the most; `houses`, `inspects`, `introduced` are chances in thousandths.
    `area`: enterprises, those with 25 workers or more, and those of them with a union, each a pair.
    """

    due: Pair
    conferences: Pair = (0, 1)
    attendance: Pair = (700, 840)
    members: Pair = (0, 0)
    area: tuple[Pair, Pair, Pair] | None = None
    cared_for: Pair = (0, 4)
    houses: int = 0
    inspects: int = 0
    introduced: int = 60
    troubles: tuple[str, ...] = ()
    plan: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An enterprise or co-operative. `union_since` is a quarter code, "" for always, None for never;
    `agreements` are the stretches of quarters (first, last) in which an agreement was in force; `talks` are
    the quarters of each year with a dialogue; `strikes` and `disputes` those that had one (`unsettled`: it
    was not settled in it), `accidents` the years (with how many people); `conference` is the first year
    with a workers' conference."""

    workers: Pair
    insured: Pair
    wage: Pair
    attendance: Pair = (450, 700)
    union_since: str | None = None
    unionised: Pair = (0, 0)
    agreements: tuple[tuple[str, str], ...] = ()
    talks: tuple[int, ...] = ()
    strikes: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    accidents: tuple[tuple[int, int], ...] = ()
    conference: int = 2021
    introduced: int = 0
    troubles: tuple[str, ...] = ()
    first: str = "2021-Q3"


ENDLESS = "2099-Q4"

# fmt: off
BODIES: dict[str, PublicBody] = {
    # The three communes, until June 2025
    "tt-dong-ky": PublicBody(
        due=(150, 165), conferences=(1, 2), members=(34, 31), area=((38, 44), (6, 7), (3, 4)),
        cared_for=(2, 8), houses=60, inspects=60, troubles=("quy-mo", "bien-dong"),
        plan=("14-KH/ĐU", date(2021, 11, 26)),
    ),
    "xa-hoa-lang": PublicBody(
        due=(120, 130), conferences=(0, 2), members=(29, 26), area=((17, 22), (3, 4), (1, 3)),
        cared_for=(1, 6), houses=90, inspects=40, troubles=("chu-dn", "bien-dong"),
        plan=("09-KH/ĐU", date(2022, 3, 8)),
    ),
    "xa-my-thach": PublicBody(
        due=(105, 110), attendance=(620, 720), members=(27, 24),
        area=((12, 14), (3, 3), (1, 2)), cared_for=(0, 4), houses=40,
        troubles=("quy-mo", "can-bo"),
    ),
    # The new commune and its bodies
    "tan-khe": PublicBody(
        due=(95, 105), conferences=(1, 2), attendance=(780, 860), area=((82, 88), (15, 17), (10, 13)),
        cared_for=(1, 5), houses=120, inspects=100, troubles=("sap-xep",),
        plan=("05-KH/ĐU", date(2025, 9, 15)),
    ),
    "ban-xay-dung-dang": PublicBody(due=(30, 36), conferences=(1, 2), inspects=80),
    "ubkt-xa": PublicBody(due=(12, 14), inspects=150, troubles=("sap-xep",)),
    "mttq-xa": PublicBody(
        due=(60, 75), conferences=(1, 3), cared_for=(3, 10), houses=300, introduced=0,
        troubles=("sap-xep", "can-bo"),
    ),
    "ubnd-xa": PublicBody(
        due=(70, 80), conferences=(0, 2), cared_for=(1, 6), houses=150, inspects=120,
        troubles=("quy-mo",), plan=("41/KH-UBND", date(2025, 10, 10)),
    ),
    "phong-kinh-te": PublicBody(due=(14, 16), inspects=200, troubles=("sap-xep",)),
    "phong-vh-xh": PublicBody(due=(13, 15)),
    "tram-y-te": PublicBody(due=(24, 26)),
    # Schools
    "th-dong-ky": PublicBody(due=(52, 55), members=(48, 50), cared_for=(0, 3), introduced=120),
    "th-hoa-lang": PublicBody(due=(46, 49), members=(43, 44), cared_for=(0, 3), introduced=100),
    "mn-my-thach": PublicBody(due=(31, 33), members=(28, 30), cared_for=(0, 2), introduced=80),
}

FIRMS: dict[str, Employer] = {
    "dn-may-dong-ky": Employer(
        workers=(468, 632), insured=(890, 945), wage=(6300, 8900), attendance=(560, 800),
        union_since="", unionised=(820, 900), agreements=(("2019-Q2", ENDLESS),), talks=(1, 2, 4),
        disputes=("2022-Q1", "2024-Q2", "2026-Q1"), accidents=((2022, 1), (2024, 2)), introduced=240,
        troubles=("bien-dong",),
    ),
    "dn-bao-bi-dong-ky": Employer(
        workers=(86, 124), insured=(800, 930), wage=(6800, 9400), union_since="2022-Q2",
        unionised=(450, 780), agreements=(("2023-Q4", ENDLESS),), talks=(2, 4), introduced=120,
        troubles=("can-bo",),
    ),
    "dn-nuoc-dong-ky": Employer(
        workers=(39, 37), insured=(1000, 1000), wage=(8600, 11200), attendance=(760, 900),
        union_since="", unionised=(960, 1000), agreements=(("2020-Q1", ENDLESS),), talks=(4,),
        introduced=100,
    ),
    "dn-xang-dau-phuc-loi": Employer(
        workers=(14, 12), insured=(430, 580), wage=(5600, 7300), attendance=(250, 380),
        conference=9999, troubles=("chu-dn", "quy-mo", "chua-hieu"),
    ),
    "dn-go-hoa-lang": Employer(
        workers=(152, 96), insured=(720, 610), wage=(6100, 7400), union_since="2021-Q4",
        unionised=(520, 430), agreements=(("2022-Q2", "2025-Q1"),), talks=(3,),
        disputes=("2023-Q3", "2023-Q4", "2025-Q4"), unsettled=("2025-Q4",), accidents=((2023, 1),),
        troubles=("chu-dn", "bien-dong", "can-bo", "chua-hieu"),
    ),
    "dn-giay-hoa-lang": Employer(
        workers=(290, 548), insured=(760, 900), wage=(6600, 8100), union_since="2024-Q2",
        unionised=(310, 690), agreements=(("2025-Q2", ENDLESS),), talks=(2, 4),
        strikes=("2024-Q1",), disputes=("2024-Q1", "2025-Q3"), accidents=((2025, 1),),
        conference=2024, introduced=60, troubles=("chu-dn", "bien-dong", "can-bo"), first="2023-Q2",
    ),
    "htx-rau-hoa-lang": Employer(
        workers=(21, 24), insured=(140, 420), wage=(4300, 6200), attendance=(480, 650),
        conference=2022, troubles=("quy-mo", "chua-hieu"),
    ),
    "dn-da-my-thach": Employer(
        workers=(61, 78), insured=(680, 860), wage=(6900, 9000), union_since="2022-Q4",
        unionised=(380, 640), agreements=(("2024-Q3", ENDLESS),), talks=(4,),
        disputes=("2023-Q2",), accidents=((2021, 1), (2023, 2), (2024, 1)), introduced=60,
        troubles=("chu-dn", "can-bo"),
    ),
    "htx-van-tai-my-thach": Employer(
        workers=(31, 36), insured=(260, 610), wage=(5200, 7600), union_since="2025-Q4",
        unionised=(500, 640), conference=2023, troubles=("quy-mo", "can-bo"),
    ),
}

# fmt: on

IDLE: dict[str, tuple[tuple[str, str], ...]] = {
    # Stretches of quarters (first, last) in which a unit held no meeting.
    "xa-my-thach": (("2022-Q3", "2023-Q1"), ("2024-Q2", "2024-Q4")),
    "dn-xang-dau-phuc-loi": (
        ("2021-Q3", "2022-Q4"),
        ("2023-Q3", "2024-Q2"),
        ("2025-Q1", "2026-Q2"),
    ),
    "htx-rau-hoa-lang": (("2022-Q1", "2022-Q4"), ("2025-Q3", "2026-Q1")),
    "tram-y-te": (("2025-Q3", "2026-Q1"),),
}
