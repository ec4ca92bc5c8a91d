"""The cells of an annex that tell a change: "+157,7%", "−3,2 điểm", or "+5" where no per cent may be said."""

from __future__ import annotations

from nqcore.analysis.report.sentences import NO_VALUE, is_coarse
from nqcore.model.figures import Coverage, Figure, percent_of_change
from nqcore.model.findings import TiedNumber
from nqcore.text.numbers import write_change

CHANGE = "change"
"""`TiedNumber.how` of a change; `of` are the ids of the earlier and the later figure."""
POINTS = " điểm"
LEAST = 80
"""The least share of the reports due, in per cent, with which two figures are compared."""
HOW = (
    "Tăng (+), giảm (−): tính theo %; của tỷ lệ là điểm phần trăm; số gốc bằng 0 hoặc quá nhỏ thì ghi "
    f"số tăng, giảm; “{NO_VALUE}”: không so sánh."
)


def change_cell(before: Figure, now: Figure) -> TiedNumber | str:
    """What lies between the two figures; "–" where one has no value or too few reports."""
    if before.value is None or now.value is None or not (_enough(before) and _enough(now)):
        return NO_VALUE
    delta = now.value - before.value
    share = percent_of_change(before, now)
    if now.measure == "%":
        text = _signed(write_change(delta, max(before.decimals, now.decimals)), POINTS)
    elif share is None or is_coarse(before) or is_coarse(now):
        text = _signed(write_change(delta, max(before.decimals, now.decimals)))
    else:
        text = _signed(write_change(share, 1), "%")
    return TiedNumber(text=text, how=CHANGE, of=(before.id, now.id))


def _signed(text: str, measure: str = "") -> str:
    """ "0" where nothing has changed: the dash stands for what is not known."""
    return "0" if text == NO_VALUE else text + measure


def _enough(figure: Figure) -> bool:
    coverage: Coverage = figure.coverage
    return coverage.reported * 100 >= LEAST * coverage.due
