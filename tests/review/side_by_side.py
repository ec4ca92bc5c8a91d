"""Work on many cases in several processes, a few at a time, so that it can end at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Case = TypeVar("Case")
Result = TypeVar("Result")


def side_by_side(
    work: Callable[[Case], Result], cases: Iterable[Case], processes: int
) -> Iterator[Result]:
    """The results of `work` in the order of `cases`. A case is taken only when its turn comes, so `cases`
    may end early. `work` is a function of a module, for the other processes must find it."""
    if processes == 1:
        yield from map(work, cases)
        return
    following = iter(cases)
    with ProcessPoolExecutor(processes) as pool:
        running: list[Future[Result]] = []
        running += [pool.submit(work, case) for case in islice(following, processes + 1)]
        while running:
            yield running.pop(0).result()  # bounded: by one case
            running += [pool.submit(work, case) for case in islice(following, 1)]
