"""All errors as the docstring of `nqcore.errors` draws them.

`python -m tests.support.error_tree` prints the drawing, to be pasted there when a class is new.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import nqcore
import webforms
from nqcore.errors import NqError

SHIPPED = (nqcore, webforms)


def import_everything() -> None:
    """Import every module of the shipped packages: a class exists only after the import."""
    for package in SHIPPED:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def tree(error: type[NqError] = NqError, depth: int = 0) -> Iterator[tuple[int, type[NqError]]]:
    """The class and those below it, each with its depth, in the order of their names."""
    yield depth, error
    for below in sorted(error.__subclasses__(), key=lambda each: each.__name__):
        if below.__module__.partition(".")[0] in {package.__name__ for package in SHIPPED}:
            yield from tree(below, depth + 1)


def folder(error: type[NqError]) -> str:
    """Where the class is: "model", "collection/submissions"; "" for `nqcore.errors` itself."""
    *folders, _ = error.__module__.removeprefix("nqcore.").split(".")
    return "/".join(folders)


def drawing() -> list[str]:
    """The lines of the drawing: name, code, folder."""
    import_everything()
    return [
        f"    {'  ' * depth + error.__name__:32}{error.code:26}{folder(error)}".rstrip()
        for depth, error in tree()
    ]


if __name__ == "__main__":
    print("\n".join(drawing()))
