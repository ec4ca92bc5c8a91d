"""Whose heavy page is made: bounded places, one at a time for an account, first come first served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webforms.workers.waiting_line import (
    FORGOTTEN,
    LONGEST,
    OF_ONE_ACCOUNT,
    PATIENCE,
    Ticket,
    Turn,
    WaitingLine,
)

LAN, HUY, MAI = (Ticket(name, "/a") for name in ("lan", "huy", "mai"))


def test_an_account_has_one_page_made_at_a_time_although_a_place_is_free() -> None:
    line = WaitingLine(places=2)
    assert line.ask(LAN, 0.0) is Turn.GO
    assert line.ask(Ticket("lan", "/b"), 0.0) is Turn.WAIT
    assert line.ask(HUY, 0.0) is Turn.GO
    assert line.ask(MAI, 0.0) is Turn.WAIT


def test_the_same_page_asked_for_twice_has_one_place_in_the_line() -> None:
    line = WaitingLine(places=1)
    line.ask(LAN, 0.0)
    assert line.ask(HUY, 0.0) is Turn.WAIT
    assert line.ask(HUY, 1.0) is Turn.WAIT
    assert line.ask(MAI, 1.0) is Turn.WAIT
    assert (line.ahead(HUY), line.ahead(MAI)) == (1, 2)


def test_a_free_place_goes_to_the_one_that_has_waited_longest() -> None:
    line = WaitingLine(places=1)
    line.ask(LAN, 0.0)
    line.ask(HUY, 1.0)
    line.ask(MAI, 2.0)
    line.leave(LAN)
    assert line.ask(MAI, 3.0) is Turn.WAIT
    assert line.ask(LAN, 3.0) is Turn.WAIT
    assert line.ask(HUY, 4.0) is Turn.GO


@pytest.mark.parametrize(("since", "turn"), [(PATIENCE, Turn.WAIT), (PATIENCE + 0.1, Turn.GO)])
def test_others_go_before_a_browser_that_does_not_ask_for_a_while(since: float, turn: Turn) -> None:
    line = WaitingLine(places=1)
    line.ask(LAN, 0.0)
    line.ask(HUY, 0.0)
    line.leave(LAN)
    assert line.ask(MAI, since) is turn


@pytest.mark.parametrize(("since", "turn"), [(FORGOTTEN, Turn.WAIT), (FORGOTTEN + 0.1, Turn.GO)])
def test_it_keeps_its_place_meanwhile_and_is_forgotten_in_the_end(since: float, turn: Turn) -> None:
    line = WaitingLine(places=1)
    line.ask(LAN, 0.0)
    line.ask(HUY, 0.0)
    line.ask(MAI, since - 1)
    line.ask(HUY, since)
    line.leave(LAN)
    assert line.ask(MAI, since) is turn


def test_pages_that_one_account_has_left_waiting_keep_one_place_only() -> None:
    line = WaitingLine(places=2)
    for number in range(OF_ONE_ACCOUNT):
        line.ask(Ticket("lan", f"/{number}"), 0.0)
    line.leave(Ticket("lan", "/0"))
    assert line.ask(HUY, 1.0) is Turn.GO
    assert line.ask(MAI, 1.0) is Turn.WAIT


def test_an_account_waits_for_a_few_pages_only() -> None:
    line = WaitingLine(places=1)
    line.ask(HUY, 0.0)
    turns = [line.ask(Ticket("lan", f"/{n}"), 0.0) for n in range(OF_ONE_ACCOUNT + 1)]
    assert turns == [Turn.WAIT] * OF_ONE_ACCOUNT + [Turn.ACCOUNT_FULL]
    assert line.ask(MAI, 0.0) is Turn.WAIT


def test_the_line_has_an_end() -> None:
    line = WaitingLine(places=1)
    line.ask(LAN, 0.0)
    turns = [line.ask(Ticket(f"a{n}", "/a"), 0.0) for n in range(LONGEST + 1)]
    assert turns == [Turn.WAIT] * LONGEST + [Turn.LINE_FULL]


@given(st.data(), st.integers(1, 3))
def test_in_any_order_places_are_bounded_and_each_that_keeps_asking_gets_its_page(
    data, places
) -> None:
    """The judge: plain sets of who is being served, and who has been."""
    line = WaitingLine(places=places)
    wanted = data.draw(
        st.lists(st.sampled_from([Ticket(a, p) for a in "xyz" for p in "12"]), unique=True)
    )
    made: set[Ticket] = set()
    done: set[Ticket] = set()
    now = 0.0
    for _round in range(200):
        now += 1.0
        for ticket in data.draw(st.permutations(wanted)) if _round < 5 else wanted:
            if ticket not in done | made and line.ask(ticket, now) is Turn.GO:
                made.add(ticket)
                assert len(made) <= places
                assert len({one.account for one in made}) == len(made)
        if made:
            finished = min(made, key=str)
            line.leave(finished)
            made.remove(finished)
            done.add(finished)
    assert done == set(wanted)
