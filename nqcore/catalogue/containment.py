"""Calling what a plugin brought, so that nothing it raises gets past the one who asks.

A plugin runs in our process and is trusted code: what is allowed to be loaded is the boundary, not this.
What it does by mistake is contained here: exceptions of any kind, ``sys.exit()`` too. What ends or
blocks the process itself (``os._exit``, an endless loop, all the memory) no caller can catch: `nq
plugins check` finds that in a child process before a plugin is allowed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from nqcore.errors import NqError

P = ParamSpec("P")
T = TypeVar("T")


class PluginEscaped(Exception):
    """A plugin raised what is no Exception: SystemExit, KeyboardInterrupt, GeneratorExit …"""


def call_contained(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """``function(*given, **named)``; whatever it raises comes out as an Exception. A real Ctrl+C,
    which only ever reaches the main thread, still stops the program."""
    try:
        return function(*given, **named)
    except Exception:
        raise
    except KeyboardInterrupt as wrong:
        if threading.current_thread() is threading.main_thread():
            raise
        raise PluginEscaped(_name(wrong)) from wrong
    except BaseException as wrong:
        raise PluginEscaped(_name(wrong)) from wrong


def fault_text(wrong: BaseException) -> str:
    """What to say of it: nqcore's own sentences, else the kind of the exception and its words, which
    may themselves raise."""
    if isinstance(wrong, NqError | PluginEscaped):
        return str(wrong)
    return _name(wrong)


def _name(wrong: BaseException) -> str:
    try:
        said = str(wrong)
    except Exception:
        said = "?"
    kind = type(wrong).__name__
    return f"{kind}: {' '.join(said.split())[:500]}" if said else kind
