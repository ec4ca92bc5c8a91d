"""Every page of every account, in both languages: made once for all tests that only look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pytest
from flask import Flask

from nqcore.text.messages import translations
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.text.extracted_messages import key
from tests.webforms.paths import PATHS, filled
from webforms.shared import language as page_language


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as an account sees it."""

    status: int
    text: str


Pages = Mapping[str | None, Mapping[str, SeenPage]]
"""By login and path."""


class EveryPage:
    """The pages of an office in which every state occurs; `asked` are the sentences that they look up."""

    def __init__(self, ws: Workspace, app: Flask, password: str) -> None:
        self.app, self._password = app, password
        filled(self._visit, ws)

    def _visit(self, login: str | None = None) -> Visitor:
        visitor = Visitor(self.app.test_client())
        if login is not None:
            assert visitor.sign_in(login, self._password).status_code == 303
        return visitor

    def pages(self, language: str) -> Pages:
        """All of them in that language: "vi" or "en"."""
        return self._vietnamese[0] if language == "vi" else self._english[0]

    def asked(self, language: str) -> frozenset[str]:
        """The keys of the catalogue that they look up in that language."""
        return self._vietnamese[1] if language == "vi" else self._english[1]

    @cached_property
    def _vietnamese(self) -> tuple[Pages, frozenset[str]]:
        return self._made("vi")

    @cached_property
    def _english(self) -> tuple[Pages, frozenset[str]]:
        return self._made("en")

    def _made(self, language: str) -> tuple[Pages, frozenset[str]]:
        asked: set[str] = set()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(page_language, "translations", lambda name: _Listening(name, asked))
            pages = {login: self._of(login, language) for login in PATHS}
        return pages, frozenset(asked)

    def _of(self, login: str | None, language: str) -> Mapping[str, SeenPage]:
        visitor = self._visit(login)
        visitor.client.get(f"/tro-giup?lang={language}")
        answers = {path: visitor.client.get(path) for path in PATHS[login]}
        return {path: SeenPage(one.status_code, one.text) for path, one in answers.items()}


class _Listening:
    """The catalogue of a language, noting what it is asked for."""

    def __init__(self, name: str, asked: set[str]) -> None:
        self._real, self._asked = translations(name), asked

    def gettext(self, text: str) -> str:
        self._asked.add(key(text, None))
        return self._real.gettext(text)

    def pgettext(self, context: str, text: str) -> str:
        self._asked.add(key(text, context))
        return self._real.pgettext(context, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        self._asked.update((key(one, None), key(many, None)))
        return self._real.ngettext(one, many, count)
