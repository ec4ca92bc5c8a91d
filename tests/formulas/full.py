"""python -m tests.formulas.full [--expressions N] [--mutations N] [--seed N]

The whole of the two long runs of which the suite takes a dose; prints what was met.
"""

from __future__ import annotations

import argparse
import sys
import time

from . import oracle, runs


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.formulas.full")
    options.add_argument("--expressions", type=int, default=100_000)
    options.add_argument("--mutations", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=20)
    given = options.parse_args()

    start = time.perf_counter()
    count, slowest, states = runs.against_oracle(oracle.cases(given.seed, given.expressions))
    print(f"{count:,} expressions equal the oracle's in {time.perf_counter() - start:.0f} s")
    print("  " + ", ".join(f"{state} {met:,}" for state, met in sorted(states.items())))
    print(
        f"  read + evaluate: mean {_mean(slowest, count)}, slowest {slowest.seconds * 1e3:.1f} ms"
    )
    late = slowest.seconds > runs.ALLOWED

    start = time.perf_counter()
    count, readable, slowest = runs.mutated(runs.mutations(given.seed, given.mutations))
    print(
        f"{count:,} mutations, {readable:,} still readable, in {time.perf_counter() - start:.0f} s"
    )
    print(f"  whole walk: mean {_mean(slowest, count)}, slowest {slowest.seconds * 1e3:.1f} ms")
    print(f"  slowest text: {slowest.text[:100]!a}")
    return int(late or slowest.seconds > runs.ALLOWED)


def _mean(slowest: runs.Slowest, count: int) -> str:
    return f"{slowest.total / count * 1e6:.0f} µs"


if __name__ == "__main__":
    sys.exit(main())
