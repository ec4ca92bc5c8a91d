"""nqcore: follow how a directive is carried out.

    >>> import nqcore
    >>> [found.text for found in nqcore.find_citations("theo Nghị quyết số 20-NQ/TW")]
    ['Nghị quyết số 20-NQ/TW']

What a program needs is here; what a plugin needs is in `nqcore.plugin`. A name is loaded when it is
first used: `import nqcore` alone costs next to nothing, and Flask, numpy and Word are loaded only by
what needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nqcore.version import __version__ as __version__

if TYPE_CHECKING:
    from nqcore.errors import NqError
    from nqcore.text.citations import Citation, find_citations
    from nqcore.workspace.facade import Workspace
    from nqcore.workspace.opening import open_workspace as open
    from nqcore.workspace.setup import create

__all__ = [
    "Citation",
    "NqError",
    "Workspace",
    "create",
    "find_citations",
    "open",
]

_HOMES = {
    "Citation": ("nqcore.text.citations", "Citation"),
    "NqError": ("nqcore.errors", "NqError"),
    "Workspace": ("nqcore.workspace.facade", "Workspace"),
    "create": ("nqcore.workspace.setup", "create"),
    "find_citations": ("nqcore.text.citations", "find_citations"),
    "open": ("nqcore.workspace.opening", "open_workspace"),
}
"""Where each name is defined: module and name there."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'nqcore' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found: object = getattr(import_module(module), attribute)
    globals()[name] = found  # from now on found without this function
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
