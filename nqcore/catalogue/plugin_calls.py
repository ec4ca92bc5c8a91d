"""Containment: the code of a plugin is called so that everything it raises is caught.

A plugin is trusted code and runs in the process of nqcore; the list of allowed plugins is the security
boundary, not this module. This module contains mistakes: exceptions of any kind, ``sys.exit()`` too. A
caller cannot catch what ends or blocks the process itself (``os._exit``, an endless loop, use of all
memory): `nq plugins check` finds this in a child process before a plugin is allowed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from nqcore.errors import DefinitionError, NqError

P = ParamSpec("P")
T = TypeVar("T")


class PluginEscaped(Exception):
    """A plugin raised something that is not an Exception: SystemExit, KeyboardInterrupt …"""


def call_contained(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Call ``function(*given, **named)``; everything it raises is raised again as an Exception. A real
    Ctrl+C, which Python raises in the main thread only, still stops the program."""
    try:
        return function(*given, **named)
    except Exception:
        raise  # as it is: only what is no Exception is wrapped below
    except KeyboardInterrupt as wrong:
        if threading.current_thread() is threading.main_thread():
            raise
        raise PluginEscaped(_name(wrong)) from wrong
    except BaseException as wrong:
        raise PluginEscaped(_name(wrong)) from wrong


def fault_text(wrong: BaseException) -> str:
    """The text of a fault: the sentence of an error of nqcore, else the class of the exception and its
    text."""
    if isinstance(wrong, NqError | PluginEscaped):
        return str(wrong)
    return _name(wrong)


def fault_texts(wrong: BaseException) -> tuple[str, ...]:
    """The texts of the faults: one for each mistake of a DefinitionError, one for any other error."""
    if isinstance(wrong, DefinitionError):
        return tuple(str(mistake) for mistake in wrong.mistakes)
    return (fault_text(wrong),)


def _name(wrong: BaseException) -> str:
    try:
        text = str(wrong)
    except Exception:  # an exception of a plugin may fail to write itself
        text = "?"
    kind = type(wrong).__name__
    return f"{kind}: {' '.join(text.split())[:500]}" if text else kind
