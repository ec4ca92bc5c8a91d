"""A clerk's browser: signs in, opens a report, saves figures; knows what the server promised."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from tests.faults.office import PASSWORD
from tests.support.visitor import Page

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_FIGURE = re.compile(r"[A-Z][0-9]+(\.[0-9]+)*")


@dataclass
class Answer:
    """What came back: status, where it leads, the page."""

    status: int
    place: str
    text: str


@dataclass
class Report:
    """An opened report: every control of its form, and which of them are figures."""

    id: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The boxes for figures, in order."""
        return tuple(name for name in self.fields if _FIGURE.fullmatch(name))

    @property
    def path(self) -> str:
        """Where it is filled in."""
        return f"/bao-cao/{self.id}/nhap"


class Client:
    """One keep-alive connection with its cookies."""

    def __init__(
        self, port: int, login: str, timeout: float = 30.0, password: str = PASSWORD
    ) -> None:
        self.login, self.timeout, self.password = login, timeout, password
        self._cookies: dict[str, str] = {}
        self._token = ""
        self.move(port)

    def move(self, port: int) -> None:
        """Go on at another port (the server was started again); still signed in."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.timeout)

    def ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, str] | None = None,
        *,
        again: bool = False,
    ) -> Answer:
        """One request. OSError or HTTPException when no whole answer came."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        body = urlencode(fields) if fields is not None else None
        try:
            self._connection.request(method, path, body, headers | (FORM if fields else {}))
            answer = self._connection.getresponse()
            text = answer.read().decode(errors="replace")  # a document is only counted
        except ConnectionError:
            self._connection.close()
            if method != "GET" or again:
                raise
            return self.ask(method, path, again=True)  # an idle connection was given up
        except BaseException:
            self._connection.close()
            raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";", 1)[0]
                self._cookies[pair.split("=", 1)[0]] = pair.split("=", 1)[1]
        self.wait = float(answer.getheader("Retry-After") or 0.5)
        return Answer(answer.status, answer.getheader("Location") or "", text)

    def sign_in(self) -> None:
        """Through the sign-in page, as everybody."""
        for _ in range(30):
            if (status := self.try_once()) not in (429, 503):
                break
            time.sleep(self.wait)  # too many at once; the answer says how long
        if status != 303:
            raise RuntimeError(f"{self.login} could not sign in: {status}")

    def try_once(self) -> int:
        """One try on the sign-in page; the status of its answer, or of the page where there is none."""
        page = self.ask("GET", "/dang-nhap")
        if page.status != 200:
            return page.status
        # Not read as a whole: eighty browsers that try at once are to cost the server, not the machine.
        given = {name: unescape(text) for name, text in _HIDDEN.findall(page.text)}
        return self.ask(
            "POST", "/dang-nhap", given | {"login": self.login, "password": self.password}
        ).status

    def close(self) -> None:
        """Give the connection back: a server takes a hundred or so at a time."""
        self._connection.close()

    def tab(self, port: int) -> Client:
        """Another tab of the same browser: a connection of its own, the same session."""
        made = Client(port, self.login, self.timeout, self.password)
        made._cookies = dict(self._cookies)
        return made

    def open(self, report: str) -> Report:
        """The report's page, newly read. Signs in again when the server wants that."""
        found = Report(report)
        answer = self.ask("GET", found.path)
        if answer.status == 303 and answer.place.startswith("/dang-nhap"):
            self.sign_in()
            answer = self.ask("GET", found.path)
        if answer.status != 200:
            raise RuntimeError(f"{report}: {answer.status} {answer.place} {answer.text[:300]}")
        found.fields = dict(Page(answer.text).form(found.path).items())
        return found

    def save(self, report: Report, figures: Mapping[str, str]) -> bool:
        """Save as a draft. True only when the server said that it is saved; then the report's
        fields are those of the next revision."""
        given = report.fields | dict(figures) | {"viec": "luu"}
        before = dict(self._cookies)
        answer = self.ask("POST", report.path, given)
        # The session now has a message to show; a browser's next page shows it and is rid of it.
        self._cookies = before
        if answer.status != 303 or answer.place != report.path:
            self.refused = answer
            return False
        report.fields |= figures
        report.fields["phien_ban"] = str(int(report.fields["phien_ban"]) + 1)
        return True

    def attach(self, report: str, name: str, data: bytes) -> Answer:
        """Attach a file to the report, as the page's form does."""
        path = f"/bao-cao/{report}/minh-chung"
        if not self._token:
            self._token = Page(self.ask("GET", path).text).form(path)["csrf_token"]
        return self.send_file(path, {"csrf_token": self._token}, name, data)

    def send_file(self, path: str, fields: Mapping[str, str], name: str, data: bytes) -> Answer:
        """Send a form with a file in it."""
        part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        given = [part % (key.encode(), b"", text.encode()) for key, text in fields.items()]
        file = f'; filename="{name}"'.encode()
        body = b"".join(given) + part % (b"tep", file, data)
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
            "Content-Type": "multipart/form-data; boundary=x",
        }
        self._connection.request("POST", path, body + b"--x--\r\n", headers)
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.getheader("Location") or "", answer.read().decode())

    wait: float = 0.5
    """After how many seconds to ask again, as the last answer said."""
    refused: Answer | None = None
    """What the server said when it did not save."""
