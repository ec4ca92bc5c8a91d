"""The fixtures of the hand-made report."""

from tests.support.report import names, report

__all__ = ["names", "report"]
