"""nqcore: follow how a directive is carried out.

    >>> import nqcore
    >>> ws = nqcore.open("huyen-mau")
    >>> ws.directives["20-NQ/TW"].body
    'Ban Chấp hành Trung ương Đảng'

What a program needs is here; what a plugin needs is in `nqcore.plugin`. Heavy libraries (Flask, numpy,
Word) are loaded when they are needed.
"""

from nqcore.errors import NqError
from nqcore.text.citations import Citation, find_citations
from nqcore.version import __version__ as __version__
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace as create
from nqcore.workspace.opening import open_workspace as open

__all__ = [
    "Citation",
    "NqError",
    "Workspace",
    "create",
    "find_citations",
    "open",
]
