"""Commands as tests call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from click.testing import CliRunner

from nqcore.cli import main

TODAY = date(2018, 10, 5)


SPAN = ["--directive", "20-NQ/TW", "--period", "2008..2018"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def nq(*args: object) -> Said:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


Run = Callable[..., Said]


OFFICE = """code,name,kind,parent
huyen,Huyện,committee,
xa-an-phu,Xã An Phú,commune,huyen
xa-tan-loi,Xã Tân Lợi,commune,huyen
dn-may,Công ty May,enterprise,xa-an-phu
"""
