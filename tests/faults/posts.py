"""Posts that build a review: freezes, buttons of the builder, documents to be checked."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from itertools import count

import docx

from tests.faults.client import Answer, Client
from tests.support.visitor import Page

YEARS = range(2007, 2019)
DIRECTIVE = "20-nq-tw.2008-01-28"
WAITS = (429, 503)
Once = Callable[[], int]
"""One post; the status of its answer."""


def token_of(tab: Client) -> str:
    """The token of a signed-in browser's forms."""
    for _action, fields in Page(tab.ask("GET", "/tai-khoan").text).forms:
        if "csrf_token" in fields:
            return fields["csrf_token"]
    raise RuntimeError("no token")


def freeze(tab: Client, year: int, token: str, number: int) -> Answer:
    """Freeze the review that begins in that year; `number`: how many editions it has."""
    fields = {"van-ban": DIRECTIVE, "ky": f"{year}..2018", "don-vi": "huyen", "so": str(number)}
    return tab.ask("POST", "/ban-chot", {"csrf_token": token, **fields})


def _freezing(tab: Client, year: int) -> Once:
    token, number = token_of(tab), 0

    def once() -> int:
        nonlocal number
        answer = freeze(tab, year, token, number)
        number += answer.place.startswith("/ban-chot/")
        return answer.status

    return once


def _building(tab: Client, year: int) -> Once:
    """Leave the first sentence out, or put it back."""
    token, numbers = token_of(tab), count()
    path = f"/soan-bao-cao/{year}..2018_{DIRECTIVE}_huyen/viec"

    def once() -> int:
        number = next(numbers)
        fields = {"doan": "opening", "so": str(number), "viec": ("an", "hien")[number % 2]}
        return tab.ask("POST", path, {"csrf_token": token, **fields}).status

    return once


def _checking(tab: Client, year: int, size: int = 0) -> Once:
    """Send a document; once it is taken, ask for its page until it comes."""
    token, data, place = token_of(tab), paper(size), ""
    fields = {"csrf_token": token, "van-ban": DIRECTIVE, "ky": f"{year}..2018"}

    def once() -> int:
        nonlocal place
        if not place:
            sent = tab.send_file("/kiem-tra-van-ban", fields, "bao-cao.docx", data)
            place = sent.place if sent.status == 303 else ""
            return sent.status
        status = tab.ask("GET", place).status
        if status not in WAITS:
            place = ""
        return status

    return once


POSTS: Mapping[str, Callable[[Client, int], Once]] = {
    "12 freezes": _freezing,
    "12 builder steps": _building,
    "12 document checks": _checking,
    "12 checks of 19 MB": partial(_checking, size=19_000_000),
}
"""What one account posts in twelve tabs, by name: the tab and the year in which its review begins."""


def paper(size: int) -> bytes:
    """A document with a sentence that is to be compared; with a picture of that size."""
    made, file = docx.Document(), BytesIO()
    made.add_paragraph("Có 9 trong 28 đơn vị chưa xây dựng kế hoạch.")
    made.save(file)
    if size:
        with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as package:
            package.writestr("word/media/picture.bin", os.urandom(size))
    return file.getvalue()
