"""Measure the shape of the source: lines, modules, circles, imports in functions, Any, names.

``python tools/structure.py`` prints the figures; ``tests/test_structure.py`` holds the limits.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "greensilk"
# words that say nothing of the field when they name a variable, a parameter or a function
DIALECT = frozenset(
    {
        *("found", "held", "words", "place", "one", "own", "mine", "whole", "chosen", "given"),
        *("stated", "together", "nothing", "seen", "book"),
    }
)


def modules(root: Path = PACKAGE) -> Iterator[tuple[str, ast.Module, str]]:
    """Yield dotted name, tree and text of every module."""
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(root.parent).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), ast.parse(text), text


def imported(name: str, tree: ast.Module, known: set[str]) -> set[str]:
    """Return the modules of the package that a module imports, for types too."""
    result: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                inner = f"{node.module}.{item.name}"
                result.add(inner if inner in known else node.module)
        elif isinstance(node, ast.Import):
            result.update(item.name for item in node.names)
    return {module for module in result if module in known and module != name}


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import one another (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    result: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = []
            while True:
                last = stack.pop()
                group.append(last)
                if last == node:
                    break
            if len(group) > 1:
                result.append(sorted(group))

    sys.setrecursionlimit(10_000)
    for node in sorted(graph):
        if node not in index:
            visit(node)
    return result


def imports_in_functions(tree: ast.Module) -> int:
    """Count import statements inside functions and methods."""
    nodes = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    return len(nodes)


def uses_of_any(tree: ast.Module) -> int:
    """Count mentions of ``Any`` apart from its import."""
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree))


def dialect_names(tree: ast.Module) -> list[str]:
    """Return variables, parameters, functions and classes named by a word of :data:`DIALECT`.

    A name counts once in each function, class or module that binds it.
    """
    result: list[str] = []

    def scope(node: ast.AST) -> None:
        names: set[str] = set()

        def collect(inner: ast.AST) -> None:
            for child in ast.iter_child_nodes(inner):
                if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    names.add(child.name.lower().strip("_"))
                    scope(child)
                    continue
                if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                    names.add(child.id.lower().strip("_"))
                elif isinstance(child, ast.arg):
                    names.add(child.arg.lower().strip("_"))
                collect(child)

        collect(node)
        result.extend(names & DIALECT)

    scope(tree)
    return result


def measure(root: Path = PACKAGE) -> dict[str, int]:
    """Return the figures of a source tree."""
    trees = {name: (tree, text) for name, tree, text in modules(root)}
    graph = {name: imported(name, tree, set(trees)) for name, (tree, _) in trees.items()}
    return {
        "lines": sum(text.count("\n") for _, text in trees.values()),
        "modules": len(trees),
        "circles": len(circles(graph)),
        "imports in functions": sum(imports_in_functions(tree) for tree, _ in trees.values()),
        "Any": sum(uses_of_any(tree) for tree, _ in trees.values()),
        "dialect names": sum(len(dialect_names(tree)) for tree, _ in trees.values()),
        "tests of the language": sum(
            text.count('lang == "zh"') + text.count('lang == "en"') for _, text in trees.values()
        ),
    }


if __name__ == "__main__":
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    for name, figure in measure(root).items():
        sys.stdout.write(f"{name:<24}{figure:>8,}\n")
    trees = {name: tree for name, tree, _ in modules(root)}
    graph = {name: imported(name, tree, set(trees)) for name, tree in trees.items()}
    for group in circles(graph):
        sys.stdout.write("circle: " + " ".join(group) + "\n")
