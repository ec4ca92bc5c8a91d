"""Issuing bodies by their abbreviation in a document number, and whether they belong to the Party,
the State or a mass organisation.

The patterns describe kinds of bodies: a ministry is ``B`` and capitals, a department ``S`` and
capitals; a Party committee's commission ends with the committee's abbreviation (``BTCTW``, ``VPTU``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from nqcore.text.citations.citation import Kind

_C: Final = "[A-ZĐƯ]"  # a capital of an abbreviation
_COMMITTEE: Final = "(?:TW|TU|HU|QU|ThU|TXU|TxU|ĐU)"

_PARTY: Final = re.compile(
    rf"{_COMMITTEE}|ĐU[A-ZĐ0-9]+|CB\d*|ĐH|UBKT{_C}*|VP{_COMMITTEE}|{_C}{{2,8}}(?:TW|HU|QU|ĐU)"
    rf"|{_C}{{3,8}}TU|BCSĐ?{_C}*|BTGDV|BXDĐ|TTCT|TTBDCT|HVCTQG{_C}*"
)
_UNION: Final = re.compile(
    rf"TLĐ{_C}*|LĐLĐ{_C}*|CĐ{_C}{{0,10}}|TWĐ|TWĐTN{_C}*|[TĐHQX]?ĐTN{_C}*|ĐĐTN|(?:TW)?HLHTN{_C}*|HĐĐ{_C}*"
    rf"|MTT[QW]{_C}*|UBMT{_C}*|{_C}{{0,6}}UBTWMTTQ{_C}*|HND{_C}*|H?LHPN{_C}*|HPN|ĐCT|H?CCB{_C}*"
)
_STATE: Final = re.compile(
    rf"CP|TTg(?:CP)?|VPCP|QH\d*|VPQH|UBTVQH\d*|UB{_C}{{0,12}}\d*|CTN|VPCTN|HĐBT|HĐCP|HĐNN\d*|CT"
    rf"|CTUB(?:ND)?|HĐND\d*|TTHĐND|TT\.HĐND|HĐ{_C}{{2,8}}|TAND{_C}*|TATC|VKS{_C}*|KTNN|NHNN\d*|TTCP"
    rf"|LB|LN|{_C}{{0,3}}TBXH|GD&?ĐT|KHĐT|TNMT|NN&?PTNT|TCCP|BHXH{_C}*|TC{_C}{{0,8}}|CA{_C}{{0,4}}"
    rf"|BCĐ[A-ZĐ0-9]*|B[A-ZĐ&]{{1,11}}|S[A-ZĐ&g]{{2,11}}|VP{_C}{{0,8}}|P[A-ZĐ&]{{2,9}}|ĐH[A-ZĐ&]{{1,12}}"
    rf"|KB{_C}*|CT{_C}{{1,6}}|TTT{_C}*|XD|YT|NV|TM|VHTT|GTVT|NL|UQ|NN|C{_C}{{2,8}}"
)
# State bodies whatever the style of the number: they never issue documents for the Party.
_SURELY_STATE: Final = re.compile(
    r"CP|TTg|VPCP|LB|LN|LĐTBXH|TCCP|UB|CTUB|CTUBND|QH\d*|UBTVQH\d*|UBND[A-Z]*|UBHC|HĐND\d*|CTN|HĐBT"
    r"|HĐCP|TANDTC|VKSNDTC|NHNN|KTNN|TTCP|B(?:LĐTBXH|GDĐT|KHĐT|VHTTDL|NNPTNT|TNMT|TTTT|KHCN|NNMT"
    r"|GTVT|CT|XD|YT|NV|TP|NG|QP|CA)"
)
# Clear enough to be recognised directly after a type ("QĐUBND") or after an unknown type.
_SURE: Final = re.compile(
    r"TW|TU|HU|ĐU|CP|TTg|VPCP|UBND|HĐND|CTUBND|UBTVQH\d*|TLĐ|LĐLĐ|TWĐTN|BCĐ[A-ZĐ]*"
    r"|B(?:LĐTBXH|GDĐT|KHĐT|VHTTDL|NNPTNT|TNMT|TTTT|KHCN|NNMT|GTVT|CT|XD|YT|NV|TP|TC|NG|QP|CA)"
)
# Bodies whose abbreviation a line break may split: "BLĐ\nTBXH".
WELL_KNOWN: Final = frozenset(
    [
        *("BLĐTBXH", "BGDĐT", "BKHĐT", "BVHTTDL", "BNNPTNT", "BTNMT", "BTTTT", "BKHCN", "BNNMT"),
        *("BGTVT", "BXD", "BYT", "BNV", "BTP", "BTC", "BNG", "BQP", "BCA", "UBTVQH13", "UBTVQH14"),
        *("UBTVQH15", "UBND", "HĐND", "UBDT", "NHNN", "VPCP", "TANDTC", "VKSNDTC", "TWĐTN", "LĐLĐ"),
        *("BTCTW", "BTGTW", "BTGDVTW", "BNCTW", "BDVTW", "UBKTTW", "VPTW", "BCĐTW", "BHXH", "TCTK"),
    ]
)


def known_issuer(group: str) -> bool:
    """Whether this group looks like the abbreviation of an issuing body."""
    head = group.partition("-")[0]
    if head.count(".") == 1 and head != "TT.HĐND":
        head = head.partition(".")[0]
    patterns = (_STATE, _PARTY, _UNION)
    return any(pattern.fullmatch(head) for pattern in patterns)


def sure_issuer(group: str) -> bool:
    """Whether this group is an issuing body that cannot be confused with anything else."""
    return _SURE.fullmatch(group) is not None


@lru_cache(maxsize=4096)
def kind_of(type_: str | None, issuer: str | None, party_style: bool) -> Kind | None:
    """The kind of document ("party", "state", "union", "law"): by its issuer; when the issuer may be
    of the Party or the State, by the style of the number. None when it is not known."""
    if type_ in ("Luật", "Bộ luật", "Pháp lệnh"):
        return "law"
    if issuer is None:
        return "state" if type_ in ("SL", "VBHN") else None
    head = issuer.partition("-")[0].partition("/")[0]
    if _UNION.fullmatch(head) or (head in ("BCH", "BTV") and not party_style):
        return "union"
    if _PARTY.fullmatch(head) and (party_style or head != "UBKT"):
        return "party"
    if head.startswith("BCĐ") or not _SURELY_STATE.fullmatch(head):
        return "party" if party_style else "state"
    return "state"
