"""What each page needs. A view declares it with `page`, in one way for all pages, and the guard checks
it before the view runs. A view without a declaration is refused.

`webforms.list_page_rules` lists the declarations of all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import abort, current_app, g
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.errors import InputError, UnknownName
from nqcore.model.obligations import Obligation
from nqcore.model.units import Unit
from webforms.shared import context
from webforms.shared.context import me, workspace
from webforms.shared.posted import this_request

SMALL = 64_000
"""Bytes of a form with a few fields, as most are."""
LONG = 1_000_000
"""Bytes of a form with words: a text that is too long comes whole, and is refused by name."""
OVERHEAD = 1_000_000
"""Bytes beyond a file itself, so that a file that is a little too large is refused on its own page."""

Answer = Response | str | tuple[str, int] | tuple[Response, int]
View = TypeVar("View", bound=Callable[..., Any])


def _every_account() -> bool:
    return True


class Access(StrEnum):
    """What a page needs where no action is asked."""

    PUBLIC = "public"
    """Nothing: it is shown without an account."""
    SIGNED_IN = "signed in"
    """An account. What the page shows or changes belongs to the account, or is for all accounts."""
    HALF = "password or link"
    """An account, or one whose second step is still to come: the page with which that step is taken."""


PUBLIC, SIGNED_IN, HALF = Access.PUBLIC, Access.SIGNED_IN, Access.HALF


@dataclass(frozen=True, slots=True)
class PageScope:
    """For whose unit an action is asked: `name` for lists; `check` ends the request with 403 or 404
    unless the account may do one of the actions there."""

    name: str
    check: Callable[[tuple[Action, ...]], None]


class ShowAgain(Protocol):
    """Answers with the page of a form, filled in with what `this_request()` brought: see `KeptWords`."""

    def __call__(self, notice: str, *, changed: bool) -> Answer:
        """`notice` says why it is not saved. `changed`: another user has changed what the page is about;
        then the form that is shown is one of what is stored now."""
        ...


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Where people type words in a form, and how they are shown again when they cannot be saved.

    `labels`: by the name of a field, or by the beginning of its name with a dot ("y_kien."), the msgid that
    says what it is; None: no words; "*": all other fields. `show` shows the same page with them. Where it
    answers with a redirect, the page has the form no more: then the words are shown to be copied. `typed`
    finds these words where the labels are not enough: label and text. `secret`: the form has a password or
    a code, so it is never sealed; its field `kept` is carried on.
    """

    labels: Mapping[str, str | None]
    show: ShowAgain
    typed: Callable[[], Iterable[tuple[str, str]]] | None = None
    secret: bool = False

    def label(self, name: str) -> tuple[str, str] | None:
        """The label of the field of that name, and the part of the name that follows it ("B4"); None where
        the field has no words."""
        begin, dot, rest = name.partition(".")
        for key, follows in ((name, ""), (begin + dot, rest), ("*", name)):
            if key in self.labels:
                label = self.labels[key]
                return None if label is None else (label, follows)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """What a view declares. `needs`: an access, or actions of which one is enough, asked for `of`.

    `form_bytes`: how long a posted form may be. `file_bytes`: how large a file may be; None: the page
    takes no file, and multipart is not read. `heavy`: the page, or what the form asks for, takes a
    second or more, and is made outside the threads that save, where the server has processes for that;
    `heavy_for`: only where this says so of the account that asks.
    `keeps`: the words of its form, which are never lost.
    """

    needs: Access | tuple[Action, ...]
    of: PageScope
    form_bytes: int = SMALL
    file_bytes: int | None = None
    heavy: bool = False
    heavy_for: Callable[[], bool] = _every_account
    keeps: KeptWords | None = None

    @property
    def largest_body(self) -> int:
        """How many bytes a request to the view may have."""
        return self.form_bytes if self.file_bytes is None else self.file_bytes + OVERHEAD

    def check(self) -> None:
        """End the request with 403 or 404 unless the signed-in account may open the page."""
        if not isinstance(self.needs, Access):
            self.of.check(self.needs)


def rule_of(view: Callable[..., Any] | None) -> PageRule | None:
    """What the view declares; None where it declares nothing."""
    return getattr(view, "page_rule", None)


def declared_actions() -> tuple[Action, ...]:
    """The actions that the page of this request declares: finer checks ask for the same."""
    rule = rule_of(current_app.view_functions.get(this_request().endpoint))
    return () if rule is None or isinstance(rule.needs, Access) else rule.needs


# -- finer checks: of the unit, the report, the office that a request names ------------------------


def may_any(actions: tuple[Action, ...], unit: str | None = None, form: str | None = None) -> bool:
    """Whether the account may do one of the actions."""
    # Through the module, so that all checks ask one and the same function.
    return any(context.may(action, unit, form) for action in actions)


def require(*actions: Action, unit: str | None = None, form: str | None = None) -> None:
    """403 unless the account may do one of the actions."""
    if not may_any(actions, unit, form):
        abort(403)


def unit_or_404(code: str | None, *actions: Action) -> Unit:
    """The unit of that code (default: the account's own). 404 for a unit that does not exist and for
    one that the account may not see, so that both look the same; 403 unless one of `actions` is
    allowed there."""
    code = code or me().unit
    if code not in workspace().units or not may_any((Action.READ,), code):
        abort(404)
    if actions:
        require(*actions, unit=code)
    return workspace().units[code]


def report_or_404(submission: str, *actions: Action) -> Obligation:
    """The report of that id: 404 unless the account may see it, 403 unless one of `actions` is
    allowed."""
    try:
        obligation = workspace().submissions.find(submission)
    except (UnknownName, InputError):
        abort(404)
    # The id in the address must be the report's own: 2018-q3 is not 2018-Q3.
    if obligation.submission != submission or not may_any(
        (Action.READ,), obligation.unit, obligation.form
    ):
        abort(404)
    if actions:
        require(*actions, unit=obligation.unit, form=obligation.form)
    return obligation


def require_for_all_forms(*actions: Action, unit: str | None = None) -> None:
    """403 unless the account may do one of the actions and has no limits on forms."""
    if not any(context.may_for_all_forms(action, unit) for action in actions):
        abort(403)


def _own_unit(actions: tuple[Action, ...]) -> None:
    require(*actions)


def _whole_office(actions: tuple[Action, ...]) -> None:
    require_for_all_forms(*actions, unit=workspace().settings.root)


def _own_unit_all_forms(actions: tuple[Action, ...]) -> None:
    require_for_all_forms(*actions)


def _report(actions: tuple[Action, ...]) -> None:
    g.report = report_or_404(this_request().arguments["submission"], *actions)


def _queried_unit(actions: tuple[Action, ...]) -> None:
    g.unit = unit_or_404(this_request().values.get("don-vi"), *actions)


def _unit_in_address(actions: tuple[Action, ...]) -> None:
    require(*actions)
    g.unit = unit_or_404(this_request().arguments["code"], *actions)


def _unit_in_address_all_forms(actions: tuple[Action, ...]) -> None:
    require_for_all_forms(*actions)
    _unit_in_address(actions)


def _own_and_queried_unit(actions: tuple[Action, ...]) -> None:
    require(*actions)
    _queried_unit(actions)


OWN_UNIT = PageScope("own unit", _own_unit)
"""The account's own unit."""
ALL_FORMS = PageScope("own unit, all forms", _own_unit_all_forms)
"""The account's own unit; the account has no limits on forms."""
OFFICE = PageScope("whole office", _whole_office)
"""The unit at the top; the account has no limits on forms."""
REPORT = PageScope("report", _report)
"""The report of which ``<submission>`` in the address is the id; `this_report` has it."""
QUERIED_UNIT = PageScope("queried unit", _queried_unit)
"""The unit that the query or the form names as ``don-vi``, else the own one; `this_unit` has it."""
UNIT_BELOW = PageScope("own unit, then unit in address", _unit_in_address)
"""The account's own unit first, then that of which ``<code>`` in the address is the code."""
UNIT_BELOW_ALL_FORMS = PageScope(
    "own unit, then unit in address, all forms", _unit_in_address_all_forms
)
"""As UNIT_BELOW; the account has no limits on forms."""
QUERIED_UNIT_BELOW = PageScope("own unit, then queried unit", _own_and_queried_unit)
"""The account's own unit first, then the one that the query names."""


def named_unit(name: str, code: Callable[[], str]) -> PageScope:
    """A scope of the unit whose code the page reads out of the request in its own way."""

    def check(actions: tuple[Action, ...]) -> None:
        g.unit = unit_or_404(code(), *actions)

    return PageScope(name, check)


def this_report() -> Obligation:
    """The report that the address names, already checked."""
    found: Obligation = g.report
    return found


def this_unit() -> Unit:
    """The unit that the request names, already checked."""
    found: Unit = g.unit
    return found


def page(
    needs: Access | Action | tuple[Action, ...],
    of: PageScope = OWN_UNIT,
    *,
    form_bytes: int | None = None,
    file_bytes: int | None = None,
    heavy: bool = False,
    heavy_for: Callable[[], bool] = _every_account,
    keeps: KeptWords | None = None,
) -> Callable[[View], View]:
    """Declare what a view needs: see `PageRule`."""
    rule = PageRule(
        needs=(needs,) if isinstance(needs, Action) else needs,
        of=of,
        form_bytes=form_bytes or (LONG if keeps else SMALL),
        file_bytes=file_bytes,
        heavy=heavy,
        heavy_for=heavy_for,
        keeps=keeps,
    )

    def declare(view: View) -> View:
        view.page_rule = rule  # type: ignore[attr-defined]
        return view

    return declare
