"""Values out of a posted form or a query, and the request that they came with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, request
from werkzeug.datastructures import CombinedMultiDict, MultiDict

DIGITS = 9
"""Of a revision's number or a count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """What was asked for: the page (`endpoint`), the values in its address (`arguments`), in the query, and
    in the form."""

    endpoint: str
    arguments: Mapping[str, Any]
    query: MultiDict[str, str]
    form: MultiDict[str, str]

    @property
    def values(self) -> CombinedMultiDict[str, str]:
        """Query and form together."""
        return CombinedMultiDict([self.query, self.form])


def this_request() -> PageRequest:
    """What this request asks for. After a sign-in in between, it is what was posted before it: so all
    that checks or shows such a form reads it here, and never from flask's `request`."""
    found: PageRequest | None = g.get("page_request")
    return found or PageRequest(
        endpoint=request.endpoint or "",
        arguments=request.view_args or {},
        query=request.args,
        form=request.form,
    )


def whole_number(text: str | None, digits: int = DIGITS) -> int | None:
    """The number that the text is; None for any other text, and for a number of more digits."""
    if not text or not (text.isascii() and text.isdigit()) or len(text) > digits:
        return None
    return int(text)
