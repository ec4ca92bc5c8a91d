"""How often a password may be tried.

If wrong passwords could lock a name, any visitor could shut its owner out. So a browser in which the owner
has signed in before (marked by a signed cookie: OWASP's "device cookies") has tries of its own, which no
other browser can use up. All other browsers share those of the name, at most 100 an hour. An
administrator's one-time link always works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Tries:
    """How many tries there were since `since`, and when the last one was (seconds)."""

    count: int = 0
    since: float = 0.0
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """What tries are counted together: `free` at once, then a pause of `first` seconds that doubles
    up to `longest`; never more than `hourly` within an hour. An hour without a try forgets them.
    `shared`: by many people, so that the right password of one takes back only that one's try."""

    name: str
    free: int = 5
    first: float = 30.0
    longest: float = 300.0
    hourly: int = 100
    shared: bool = False

    def left(self, tries: Tries, now: float) -> float:
        """Seconds until the next try may be made; 0 or less: now."""
        if self._over(tries, now):
            return 0.0
        if tries.count >= self.hourly:
            return tries.since + HOUR - now
        if tries.count < self.free:
            return 0.0
        # Who waited has one more try before the next pause, not five.
        pause = min(self.first * 2.0 ** min(tries.count - self.free, 20), self.longest)
        return tries.last + pause - now

    def counted(self, tries: Tries, now: float) -> Tries:
        """The tries with one more."""
        if self._over(tries, now):
            return Tries(1, now, now)
        return Tries(tries.count + 1, tries.since, now)

    def _over(self, tries: Tries, now: float) -> bool:
        # A clock that was set back must not lock an account.
        if now < tries.last:
            return True
        if tries.count >= self.hourly:
            return now - tries.since >= HOUR
        return now - tries.last >= HOUR


def buckets(login: str, address: str, device: str | None) -> Sequence[Bucket]:
    """What a try for `login` from `address` counts for; `device`: the name of a browser in which
    that account has signed in before."""
    login = login.casefold()
    if device is not None:
        return (Bucket(f"device {device}"),)
    return (
        Bucket(f"name {login}"),
        # Many names from one place: an office behind one address has many people.
        Bucket(f"address {address}", free=60, first=5.0, longest=60.0, hourly=300, shared=True),
    )
