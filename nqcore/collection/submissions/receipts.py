"""*Mã tiếp nhận*: the number on a receipt, made of the period and of the journal's record."""

from __future__ import annotations


def receipt_number(period: str, seq: int) -> str:
    """The number of what the record `seq` receives.

    >>> receipt_number("2018-Q3", 412)
    '2018Q3-0412'
    """
    return f"{period.replace('-', '')}-{seq:04}"


def record_of(receipt: str) -> int:
    """The record of a number that `receipt_number` made.

    >>> record_of("2018Q3-0412")
    412
    """
    return int(receipt.rpartition("-")[2])
