"""The targets of a unit beside a review, with their verdict of the day."""

from __future__ import annotations

from datetime import date

from nqcore.workspace.facade import Workspace


def test_the_targets_of_a_directive_have_their_verdict_of_today(demo: Workspace) -> None:
    held = demo.reviews.targets_of_directive("13-NQ/TU")
    said = [(one.target.id, one.verdict.state.value) for one in held if one.verdict]
    assert said == [("tu13.bhxh-2018", "reached"), ("tu13.bhyt-2018", "ahead")]
    of_commune = demo.reviews.targets_of_directive("70-KH/HU", "xa-an-phu")
    assert [one.target.id for one in of_commune] == ["hu.quan-triet-2018"]


def test_the_targets_of_an_indicator_have_none_before_their_period_begins(demo: Workspace) -> None:
    (now,) = demo.reviews.targets_of_indicator("res20.C3.3")
    assert now.verdict is not None
    assert now.verdict.state.value == "behind"
    (then,) = demo.reviews.targets_of_indicator("res20.C3.3", on=date(2017, 12, 31))
    assert (then.target.id, then.verdict) == ("hu.doan-vien-2018", None)
    assert demo.reviews.targets_of_indicator("res20.C3.3", "dn-may-binh-minh") == ()
