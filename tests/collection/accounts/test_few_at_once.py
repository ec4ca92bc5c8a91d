"""A few at one time, a few wait, the others are refused at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from time import monotonic, sleep

import pytest

from nqcore.collection.accounts.few_at_once import FewAtOnce


def test_whoever_waits_gets_the_place_that_becomes_free() -> None:
    line, inside, go = FewAtOnce(at_once=1, may_wait=1), Event(), Event()

    def first() -> bool:
        with line.place() as taken:
            inside.set()
            return go.wait(20) and taken

    def second() -> bool:
        with line.place(seconds=20) as taken:
            return taken

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        assert inside.wait(20)
        other = pool.submit(second)
        end = monotonic() + 20
        while not line.full:
            assert monotonic() < end
            sleep(0.01)
        assert not other.done()
        go.set()
        assert one.result(20)
        assert other.result(20)
    assert not line.full


def test_no_turn_in_time_is_a_refusal_and_gives_the_place_back() -> None:
    line = FewAtOnce(at_once=1, may_wait=1)
    with line.place() as held:
        assert held
        for _n in range(5):
            with line.place(seconds=0.01) as taken:
                assert not taken
            assert not line.full


def test_places_that_are_left_are_for_others() -> None:
    line = FewAtOnce(at_once=2, may_wait=0)
    with line.place(), line.place(leaving=1) as modest, line.place() as other:
        assert not modest
        assert other
        assert line.full


@pytest.mark.parametrize("where", range(3))
def test_an_error_gives_the_place_back(where: int) -> None:
    line = FewAtOnce(at_once=1, may_wait=1)
    with ExitStack() as stack:
        for _n in range(where):
            with pytest.raises(RuntimeError), line.place():
                raise RuntimeError
        assert stack.enter_context(line.place(seconds=0.01))
    assert not line.full
