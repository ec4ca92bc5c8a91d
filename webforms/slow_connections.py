"""Connections that send their request byte by byte are closed: a hundred of them must keep no other user out.

waitress counts any byte as activity and has no limit for a whole request; the limits are here. A proxy in
front that takes the whole request first does the same.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.channel import HTTPChannel

CONNECTIONS = 800
"""Connections that the server holds at the same time: fewer than the 1024 open files that a process has."""
IDLE = 60
"""Seconds that a connection may stay open between two requests."""
HEAD_SECONDS = 20.0
"""Seconds within which the head of a request must have come."""
SLOWEST = 20_000
"""Bytes of a body that must come in a second on average: a slow mobile connection sends more."""


class PatientChannel(HTTPChannel):  # type: ignore[misc]
    """waitress's connection, which closes itself when its request takes too long to come."""

    _begun = 0.0

    def received(self, data: bytes) -> bool:
        """Take what came, and note when the request that is not whole yet began."""
        # Before the first request, the connection itself is what is waited for.
        if self.request is None:
            self._begun = time.time()
        taken: bool = super().received(data)
        return taken

    def readable(self) -> bool:
        """Asked in every round of the server's loop, that is at least once a second."""
        if self._late(time.time()):
            self.will_close = True
        ready: bool = super().readable()
        return ready

    def _late(self, now: float) -> bool:
        request: Any = self.request
        if request is None or request.completed:
            return False
        allowed = HEAD_SECONDS
        if request.headers_finished:
            allowed += request.content_length / SLOWEST
        return now - self._begun > allowed


def use_patient_channels(server: Any) -> None:
    """Let every socket of a waitress server make such connections."""
    for one in (server, *getattr(server, "map", {}).values()):
        if hasattr(one, "channel_class"):
            one.channel_class = PatientChannel
