"""Editions (*bản chốt*): reviews that were frozen, as they were stored.

`edition` is the value, `register` reads editions from the store, and `following` finds the one
that comes before a review, `resting` those that rest on given reports. How a review is frozen, computed
again and compared is in the folder `frozen`.
"""
