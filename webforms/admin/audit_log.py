"""*Quản trị › Nhật ký*: who did what and when."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from nqcore.collection.accounts.access import Action
from webforms.security.page_rules import page
from webforms.shared.context import me, workspace
from webforms.shared.posted import whole_number

pages = Blueprint("log", __name__)


@pages.get("/quan-tri/nhat-ky")
@page(Action.AUDIT)
def listing() -> str:
    """Newest first, a page at a time; of one person where a name is given."""
    ws = workspace()
    number = whole_number(request.args.get("truoc"), 11) or 0
    who = request.args.get("ai", "").strip()[:100]
    found = ws.archive.audit_trail(by=me(), before=number, who=who)
    return render_template("log.html", trail=found, who=who, before=number)
