"""The action words and tables that the shipped code can write, read out of its sources.

A word is what stands behind `do=` of a change: a text, one of a few texts, a constant, the value of an
enum (then every member of it), or a parameter (then whatever the callers give). A table is the first
argument of a change's `put` and `drop`. What cannot be told from the sources fails: then either it is
written more plainly, or this reader learns it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nqcore.store.mac import EPOCH, EPOCHS

ROOT = Path(__file__).parents[2]
SHIPPED = ("nqcore", "webforms", "plugins")
OWN = "nqcore.store"
"""The journal's own package: it hands on what others name, and writes its epochs."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """One source file: its texts by name, what it takes from where, and its calls with the function
    around each."""

    name: str
    tree: ast.Module
    texts: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    calls: list[tuple[ast.Call, Function | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                self._keep(node.targets[0], node.value)
            elif isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    self.imports[one.asname or one.name] = (node.module, one.name)
        self._walk(self.tree, None)

    def _keep(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, one in zip(target.elts, value.elts, strict=True):
                self._keep(name, one)
        elif isinstance(target, ast.Name) and (text := _text(value)) is not None:
            self.texts[target.id] = text

    def _walk(self, node: ast.AST, around: Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                self.calls.append((child, around))
            self._walk(child, child if isinstance(child, Function) else around)


class Sources:
    """The shipped code."""

    def __init__(self, modules: list[Module]) -> None:
        self.modules = {module.name: module for module in modules}

    def words(self) -> set[str]:
        """Every action word."""
        found = {EPOCH}
        for module, call, around in self._calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr == "change":
                for keyword in call.keywords:
                    if keyword.arg == "do":
                        found.update(self._texts(keyword.value, module, around))
        return found

    def tables(self) -> set[str]:
        """Every table."""
        found = {EPOCHS}
        for module, call, around in self._calls():
            if module.name.startswith(OWN) or not isinstance(call.func, ast.Attribute):
                continue
            if (call.func.attr, len(call.args)) in {("put", 3), ("drop", 2)}:
                found.update(self._texts(call.args[0], module, around))
        return found

    def _calls(self) -> Iterator[tuple[Module, ast.Call, Function | None]]:
        for module in self.modules.values():
            for call, around in module.calls:
                yield module, call, around

    def _texts(self, value: ast.expr, module: Module, around: Function | None) -> set[str]:
        if (text := _text(value)) is not None:
            return {text}
        if isinstance(value, ast.IfExp):
            return self._texts(value.body, module, around) | self._texts(
                value.orelse, module, around
            )
        if isinstance(value, ast.Attribute) and value.attr == "value" and around is not None:
            return self._members(_annotation(around, value.value))
        if isinstance(value, ast.Name):
            return self._named(value.id, module, around)
        raise AssertionError(f"{module.name}: {ast.unparse(value)} cannot be told from the source")

    def _named(self, name: str, module: Module, around: Function | None) -> set[str]:
        if around is not None:
            given = [
                node.value
                for node in ast.walk(around)
                if isinstance(node, ast.Assign)
                and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
            ]
            if given:
                return {text for one in given for text in self._texts(one, module, around)}
            if name in [arg.arg for arg in _parameters(around)]:
                return self._given(around, name)
        while name not in module.texts and name in module.imports:
            origin, name = module.imports[name]
            module = self.modules[origin]
        if name in module.texts:
            return {module.texts[name]}
        raise AssertionError(f"{module.name}: {name} cannot be told from the source")

    def _given(self, function: Function, name: str) -> set[str]:
        """What the callers of a function give for one of its parameters."""
        names = [arg.arg for arg in _parameters(function) if arg.arg not in ("self", "cls")]
        place = names.index(name)
        found: set[str] = set()
        for module, call, around in self._calls():
            called = call.func.attr if isinstance(call.func, ast.Attribute) else None
            called = call.func.id if isinstance(call.func, ast.Name) else called
            if called != function.name:
                continue
            by_name = [k.value for k in call.keywords if k.arg == name]
            for value in by_name or call.args[place : place + 1]:
                found |= self._texts(value, module, around)
        assert found, f"nobody seems to call {function.name} with {name}"
        return found

    def _members(self, name: str) -> set[str]:
        """The values of the enum of that name."""
        found = {
            text
            for module in self.modules.values()
            for kind in module.tree.body
            if isinstance(kind, ast.ClassDef) and kind.name == name
            for node in kind.body
            if isinstance(node, ast.Assign) and (text := _text(node.value)) is not None
        }
        assert found, f"there is no enum {name} in the sources"
        return found


def _text(value: ast.expr) -> str | None:
    """The text that an expression is, if it is one."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None


def _parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _annotation(function: Function, value: ast.expr) -> str:
    """The name of the type of a parameter, of a name with a type, or of the enum that a loop goes through."""
    name = value.id if isinstance(value, ast.Name) else ""
    for arg in _parameters(function):
        if arg.arg == name and arg.annotation is not None:
            return ast.unparse(arg.annotation)
    for node in ast.walk(function):
        target = getattr(node, "target", None)
        if not isinstance(target, ast.Name) or target.id != name:
            continue
        if isinstance(node, ast.AnnAssign):
            return ast.unparse(node.annotation)
        if isinstance(node, ast.For) and isinstance(node.iter, ast.Name):
            return node.iter.id
    raise AssertionError(f"{function.name}: {ast.unparse(value)} has no type in the source")


@cache
def shipped() -> Sources:
    """The sources that are installed."""
    found = []
    for top in SHIPPED:
        for file in sorted((ROOT / top).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            parts = parts[1:] if top == "plugins" else parts
            name = ".".join(parts).removesuffix(".__init__")
            found.append(Module(name, ast.parse(file.read_text("utf-8"))))
    return Sources(found)
