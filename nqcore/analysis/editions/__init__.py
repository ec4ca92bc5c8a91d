"""Editions (*bản chốt*): reviews that were frozen, as they were stored.

`edition` is the value, `register` reads editions from the store, and `following` tells the next review what
the last one said: its tasks, and the shortcomings that are said again. How a review is frozen, computed
again and compared is in the folder `frozen`.
"""
