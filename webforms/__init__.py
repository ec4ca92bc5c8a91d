"""The web forms: pages and wording over `nqcore.Workspace`. No rule, total or date arithmetic here."""

from webforms.app import create_app

__all__ = ["create_app"]
