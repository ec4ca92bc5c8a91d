"""`python -m tests.bench NAME [--json] [options]`: us beside our peers, on the same data, in one run."""

from __future__ import annotations

import importlib
import json
import sys

NAMES = ("start", "cite", "rollup", "projection", "store", "web", "report")


def main(args: list[str]) -> int:
    """Run one benchmark and print its figures; 2 for a name that is none."""
    name = args[0] if args else ""
    try:
        bench = importlib.import_module(f"tests.bench.{name}") if name in NAMES else None
    except ModuleNotFoundError as missing:
        if missing.name != f"tests.bench.{name}":
            raise
        bench = None
    if bench is None:
        print(f"usage: python -m tests.bench {{{','.join(NAMES)}}} [--json]", file=sys.stderr)
        return 2
    rest = [arg for arg in args[1:] if arg != "--json"]
    result = bench.run(rest)
    if "--json" in args:
        print(json.dumps(result))
    else:
        print(f"{result['bench']} at {result['size']} ({result['unit']})")
        for contender, figure in result["results"].items():
            print(f"  {contender:24} {figure:,.6g}")
        for name, ratio in result.get("ratios", {}).items():
            print(f"  {name}: {ratio:.2f} x")
        print(f"  identical results: {result['identical']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
