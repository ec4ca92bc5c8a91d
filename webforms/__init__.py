"""The web forms: pages and wording over `nqcore.Workspace`. No rule, total or date arithmetic here.

Flask is loaded when `create_app` is first used, so that `nq --help` can list the command of this package
without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webforms.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'webforms' has no attribute {name!r}")
    from webforms.app import create_app

    globals()[name] = create_app  # from now on found without this function
    return create_app
