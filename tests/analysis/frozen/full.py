"""A thousand random pairs of states of a small office: `python -m tests.analysis.frozen.full [PAIRS]`.

Prints how many figures and sentences changed, by how many causes, and how many broke a law.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nqcore.analysis.frozen.causes import ChangeCause
from nqcore.store import Store
from tests.analysis.frozen.laws import judge
from tests.analysis.frozen.pairs import SPANS, Drawn, address, side, state_pairs


def run(pairs: int) -> Counter[str]:
    """The counts over that many pairs; each is judged in both directions of time. A pair that breaks a law
    is printed and counted."""
    counts: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        store = Store.create(folder, None, at=datetime.now(UTC), by="t")

        @settings(
            max_examples=pairs,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(state_pairs(), st.sampled_from(SPANS))
        def every(pair: tuple[Drawn, Drawn], span: str) -> None:
            before, after = (side(drawn, store) for drawn in pair)
            counts["pairs"] += 1
            try:
                found = judge(before, after, address(span))
            except AssertionError as broken:
                counts["broken"] += 1
                print(f"{pair}\n{span}: {broken!r}")
                return
            counts["changed figures"] += found.figures
            counts["figures with several causes"] += found.several
            counts["changed sentences"] += found.sentences
            counts["pairs with a change"] += bool(found.causes)
            counts.update(f"pairs with the cause {cause}" for cause in found.causes)

        every()
        store.close()
    return counts


def main() -> int:
    """Run, print the counts, and say whether every pair kept the laws."""
    begun = time.perf_counter()
    counts = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    names = [
        *("pairs", "pairs with a change", "changed figures", "figures with several causes"),
        *("changed sentences", *(f"pairs with the cause {cause}" for cause in ChangeCause)),
        "broken",
    ]
    for name in names:
        print(f"{name:40} {counts[name]:7,}")
    print(f"{'seconds':40} {time.perf_counter() - begun:7.0f}")
    return 1 if counts["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
