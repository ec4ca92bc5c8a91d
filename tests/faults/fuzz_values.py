"""What the fuzzer sends: addresses, queries, bodies and headers, from the application's own map and
source, so that a new page is fuzzed without a change here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from urllib.parse import quote, urlencode

from werkzeug.routing import Rule

from nqcore.workspace.facade import Workspace
from tests.faults.fuzz_office import FORM, PERIOD, UNITS, Person
from tests.support.hostile import HOSTILE

ROOT = Path(__file__).parents[2]
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
TYPES = ("text/plain", URLENCODED, f"{MULTIPART}; boundary=x", "", "x/y; charset=\x7f")
ENDS = ("/", "//", "/..", "/%2e%2e", "%00", "?", ";x", "%0d%0aX: y", "\\", "/.")
PATHS = (
    "//evil.example", "/\\evil.example", "/%2f%2fevil", "/.git/config", "/static/../app.py",
    "/static/%2e%2e/app.py", "/" + "a" * 5000,
)  # fmt: skip
NAMES = ("a.pdf", "../x.pdf", "a\u202e.pdf", "", "x" * 300 + ".png", "a.xlsx")
STRANGE = (
    "csrf_token", "B1", "N1", "giai_trinh.B1", "y_kien.", "y_kien.B1", "giu.B1", "unit", "state",
    "role", "id", "by", "login",
)  # fmt: skip
FIELD = re.compile(r'(?:args|form|posted|values)\S{0,9}[\[(]"([\w.-]+)"')
CONTENTS = (b"%PDF-1.7 x", b"PK\x03\x04 no package", b"", b"MZ", b"\x89PNG\r\n\x1a\n")


def names() -> list[str]:
    """The names of queries and fields in the source, and some that no page knows."""
    found = set(STRANGE)
    for file in (ROOT / "webforms").rglob("*.py"):
        text = file.read_text("utf-8")
        found.update(FIELD.findall(text))
        found.update(re.findall(r"^    (\w+) = \w+Field\(", text, re.MULTILINE))
    for page in (ROOT / "webforms/templates").glob("*.html"):
        found.update(re.findall(r'name="([\w.-]+)"', page.read_text("utf-8")))
    return sorted(found)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class Values:
    """A source of hostile requests for one office."""

    def __init__(self, ws: Workspace, reports: list[str], random: Random) -> None:
        self.random, self.reports, self.names = random, reports, names()
        c = ws.catalogue
        self.known = [
            *reports[:6], *UNITS, "huyen", PERIOD, "2017-Q4", "2008..2018", FORM, "res20.y",
            *list(c.indicators)[:4], *[d.id for d in list(ws.directives)[:4]],
            *list(c.tasks)[:2], *list(c.rules)[:2], *list(c.targets)[:2],
            "2008..2018_20-nq-tw.2008-01-28_huyen", "2008..2018_20-nq-tw.2008-01-28_xa-an-phu",
            "tren-admin", f"enter-{UNITS[0]}", "docx", "luu", "duyet", "tra", "kiem_tra", "khoa",
            "1", "2", "nay",
        ]  # fmt: skip

    def text(self) -> str:
        """A value: hostile, the name of something, a number, or something bent."""
        r = self.random
        kind = r.random()
        if kind < 0.35:
            return r.choice(HOSTILE)
        if kind < 0.6:
            return r.choice(self.known)
        if kind < 0.75:
            return str(r.choice((0, 1, -1, 7, 2018, 10**9, 10**30, r.randrange(10**6))))
        text = r.choice(self.known)
        at = r.randrange(len(text) + 1)
        return text[:at] + r.choice(HOSTILE)[:20] + text[at + r.randrange(3) :]

    def path(self, rule: Rule, person: Person) -> str:
        """An address of the route: often of something that exists, often of somebody else's."""
        r, values = self.random, {}
        for name in sorted(rule.arguments):
            if name == "submission" and r.random() < 0.75:
                own = [id for id in self.reports if id.rpartition("_")[2] in person.units]
                values[name] = r.choice(own if own and r.random() < 0.6 else self.reports)
            else:
                values[name] = self.text() or "x"
        safe = "/" if r.random() < 0.1 else ""
        text = re.sub(
            r"<(?:[a-z]+(?:\([^)]*\))?:)?(\w+)>",
            lambda found: quote(_bytes(values[found[1]]), safe=safe),
            rule.rule,
        )
        if r.random() < 0.03:
            text += r.choice(ENDS)
        return r.choice(PATHS) if r.random() < 0.02 else text

    def query(self) -> str:
        """None to four arguments."""
        count = self.random.choice((0, 0, 1, 1, 2, 4))
        return urlencode(
            [(self.random.choice(self.names), _bytes(self.text())) for _n in range(count)]
        )

    def body(self, given: dict[str, str], token: str, *, files: bool) -> tuple[bytes, str]:
        """A post's bytes and content type: the fields `given` with some bent, or anything."""
        r = self.random
        fields = list(given.items())
        for _n in range(r.choice((0, 1, 2, 3, 8))):
            value = self.text()
            if fields and r.random() < 0.8:
                at = r.randrange(len(fields))
                fields[at] = (fields[at][0], value)
            else:
                fields.append((r.choice(self.names), value))
        fields = [(name, value) for name, value in fields if name != "csrf_token"]
        if r.random() < 0.9:
            fields.append(("csrf_token", token))
        r.shuffle(fields)
        kind = r.random()
        if kind < 0.06:
            return json.dumps(dict(fields)).encode(), "application/json"
        if kind < 0.08:
            return r.randbytes(r.randrange(2000)), r.choice(TYPES)
        if files or kind < 0.12:
            return self._multipart(fields), f"{MULTIPART}; boundary=B"
        return urlencode([(name, _bytes(value)) for name, value in fields]).encode(), URLENCODED

    def _multipart(self, fields: list[tuple[str, str]]) -> bytes:
        r, lines = self.random, []
        for name, value in fields:
            lines.append((f'form-data; name="{name}"', value.encode("utf-8", "replace")))
        file = f'form-data; name="tep"; filename="{r.choice(NAMES)}"'
        lines.insert(r.randrange(len(lines) + 1), (file, r.choice(CONTENTS)))
        parts = [
            f"--B\r\nContent-Disposition: {head}\r\n\r\n".encode("utf-8", "replace")
            + value
            + b"\r\n"
            for head, value in lines
        ]
        return b"".join(parts) + b"--B--\r\n"

    def headers(self, cookie: str) -> list[tuple[str, str]]:
        """Mostly none; sometimes another site's, another host's, a broken cookie's."""
        r = self.random
        choices: list[tuple[float, str, tuple[str, ...]]] = [
            (0.05, "Sec-Fetch-Site", ("cross-site", "same-site", "none", "x")),
            (0.03, "Origin", ("null", "https://evil.example", "http://localhost")),
            (0.02, "Host", ("evil.example", "localhost:1", "a b", "[::1", "")),
            (0.02, "X-Forwarded-Host", ("evil.example",)),
            (0.02, "X-Forwarded-For", ("1.2.3.4, x",)),
            (0.02, "Accept-Language", ("\x7f" * 30,)),
            (0.02, "Cookie", ("nq=;;;", f"{cookie}=x.y.z", "a=\xff")),
            (0.02, "Range", ("bytes=0-5,9-",)),
        ]
        return [(name, r.choice(texts)) for odds, name, texts in choices if r.random() < odds]
