"""A person without JavaScript: reads pages, fills in the form that stands there, presses a button."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

SIGN_OUT = "ra"
"""The id of the form behind the button in the header."""


class Page(HTMLParser):
    """The elements of a page, and the successful controls of its forms; the form behind *Đăng xuất*, which
    every page has, is none of them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.forms: list[tuple[str, MultiDict[str, str]]] = []
        self._named: dict[str, MultiDict[str, str]] = {}
        self._form: MultiDict[str, str] = MultiDict()
        self.title = self.text = ""
        self._area = self._select = None
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        name, kind = found.get("name", ""), found.get("type", "text")
        self._in_title = tag == "title"
        if tag == "form":
            self._form = self._named[found.get("id", "")] = MultiDict()
            if found.get("id") != SIGN_OUT:
                self.forms.append((found.get("action", ""), self._form))
        if not name:
            pass
        elif tag == "input" and (kind not in ("checkbox", "radio") or "checked" in found):
            # A box may stand elsewhere on the page and say to which form it belongs.
            owner = self._named[found["form"]] if "form" in found else self._form
            owner.add(name, found.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self._form.add(name, "")
        elif tag == "select":
            self._select = name
            self._form.add(name, "")
        if tag == "option" and self._select and "selected" in found:
            self._form[self._select] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._area:
            # The line break behind the tag does not belong to the text.
            self._form[self._area] += data.removeprefix("\n")
        else:
            self.text += data

    def form(self, action: str) -> MultiDict[str, str]:
        """The controls of the form that goes to `action`."""
        return next(fields for where, fields in self.forms if where == action)

    def with_id(self, id: str) -> dict[str, str]:
        """The attributes of the element of that id."""
        return next(attrs for _tag, attrs in self.elements if attrs.get("id") == id)

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return [attrs["href"] for tag, attrs in self.elements if tag == "a" and "href" in attrs]

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


class Visitor:
    """One browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> Page:
        """Open a page (redirects are followed)."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == status, (
            path,
            answer.status_code,
            Page(answer.text).words[:300],
        )
        return Page(answer.text)

    def token(self) -> str:
        """The session's token, from whatever page has one."""
        for path in ("/tai-khoan", "/dang-nhap"):
            for _action, fields in Page(self.client.get(path).text).forms:
                if "csrf_token" in fields:
                    return fields["csrf_token"]
        raise AssertionError("no page has a token")

    def sign_in(self, login: str, password: str, **more: str) -> TestResponse:
        """Fill in the sign-in page."""
        fields = self.get("/dang-nhap").form("/dang-nhap")
        for name, value in {"login": login, "password": password, **more}.items():
            fields[name] = value
        return self.client.post("/dang-nhap", data=fields)

    def sign_in_again(self, login: str, password: str) -> TestResponse:
        """Sign out and in: a session of its own, with another token."""
        self.post("/dang-xuat")
        return self.sign_in(login, password)

    def post(self, path: str, **fields: str) -> TestResponse:
        """Post with the session's token."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def press(self, page: str, button: str, typed: dict[str, str] | None = None) -> TestResponse:
        """Open the fill page, type, press one of its buttons; where it leads is not followed."""
        fields = self.get(page).form(page)
        fields.setlist("viec", [button])
        for name, text in (typed or {}).items():
            assert name in fields, name
            fields.setlist(name, [text])
        return self.client.post(page, data=fields)
