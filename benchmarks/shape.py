"""The shape of the house: exits 1 on a breach of its limits.

Limits: functions median under 8 lines, 90th percentile under 30, none over 80; files under 500 lines; every public name has a
docstring, every parameter and return a type. Lines of a function are counted without its docstring.

usage: shape.py PACKAGE_DIR
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEDIAN, P90, LONGEST, FILE = 8, 30, 80, 500
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Shape:
    """A function of the package: where it is, how long, and what it lacks."""

    where: str
    lines: int
    lacks: tuple[str, ...]


def length(node: Function) -> int:
    """Lines from `def` to the last, without the docstring."""
    doc = node.body[0] if ast.get_docstring(node) is not None else None
    return (node.end_lineno or 0) - node.lineno + 1 - ((doc.end_lineno or 0) - doc.lineno + 1 if doc else 0)


def lacks(node: Function, public: bool, method: bool) -> Iterator[str]:
    """What a function should have and has not."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, *filter(None, (node.args.vararg, node.args.kwarg))]
    named = arguments[1:] if method and arguments and arguments[0].arg in ("self", "cls") else arguments
    if any(argument.annotation is None for argument in named) or (node.returns is None and node.name != "__init__"):
        yield "types"
    if public and not node.name.startswith("_") and ast.get_docstring(node) is None:
        yield "docstring"


def functions(node: ast.AST, file: str, public: bool = True, method: bool = False) -> Iterator[Shape]:
    """All functions below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield Shape(f"{file}:{child.lineno} {child.name}", length(child), tuple(lacks(child, public, method)))
            yield from functions(child, file, public=False)
        elif isinstance(child, ast.ClassDef):
            yield from functions(child, file, public and not child.name.startswith("_"), method=True)
        else:
            yield from functions(child, file, public, method)


def breaches(root: Path) -> Iterator[str]:
    """Every breach of the limits."""
    shapes: list[Shape] = []
    for path in sorted(root.rglob("*.py")):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(root))
        tree = ast.parse(text)
        if text.count("\n") >= FILE:
            yield f"{name}: {text.count(chr(10))} lines, under {FILE} wanted"
        if text.strip() and ast.get_docstring(tree) is None:
            yield f"{name}: no module docstring"
        shapes += functions(tree, name)
    lines = sorted(shape.lines for shape in shapes)
    if statistics.median(lines) >= MEDIAN:
        yield f"median function has {statistics.median(lines)} lines, under {MEDIAN} wanted"
    if lines[int(0.9 * len(lines))] >= P90:
        yield f"90th percentile of functions is {lines[int(0.9 * len(lines))]} lines, under {P90} wanted"
    for shape in shapes:
        if shape.lines > LONGEST:
            yield f"{shape.where}: {shape.lines} lines, at most {LONGEST} wanted"
        for lack in shape.lacks:
            yield f"{shape.where}: no {lack}"


def main() -> int:
    """Print the breaches; 1 if there are any."""
    found = list(breaches(Path(sys.argv[1])))
    print("\n".join(found) if found else "shape: within all limits")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
