"""Which page checks which action. ``python -m webforms.list_page_rules`` prints it for all pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import Flask

from webforms.app import register_pages
from webforms.security.page_rules import Access, PageRule, rule_of


class PageNeed(NamedTuple):
    """One page, and what an account needs to open it."""

    endpoint: str
    method: str
    address: str
    needs: str
    of: str


def page_rules(app: Flask) -> Mapping[str, PageRule]:
    """The rule of every view that declares one, by endpoint."""
    found = ((name, rule_of(view)) for name, view in app.view_functions.items())
    return {name: rule for name, rule in found if rule is not None}


def page_needs(app: Flask) -> Iterator[PageNeed]:
    """Every page of `app` by address; ``needs`` is "" where its view declares nothing."""
    rules = page_rules(app)
    for address in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if address.endpoint == "static":
            continue
        rule = rules.get(address.endpoint)
        needs, of = _words(rule) if rule else ("", "")
        for method in sorted((address.methods or set()) - {"HEAD", "OPTIONS"}):
            yield PageNeed(address.endpoint, method, address.rule, needs, of)


def _words(rule: PageRule) -> tuple[str, str]:
    """What the rule needs, and for whose unit."""
    if isinstance(rule.needs, Access):
        return rule.needs, ""
    return " or ".join(rule.needs), rule.of.name


def main() -> None:
    """Print the list, one page a line."""
    app = Flask("webforms")
    register_pages(app)
    rows = [PageNeed._fields, *page_needs(app)]
    widths = [max(len(row[nth]) for row in rows) for nth in range(len(PageNeed._fields))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    main()
