"""Small enough to read: files, functions, parameters and nesting have limits."""

import ast
from pathlib import Path

from tidy.source import ROOT, exemptions, functions, python_files

FILE_LINES, TEST_FILE_LINES = 400, 600
FUNCTION_LINES, TEST_LINES = 50, 60
PARAMETERS = 7
NESTING = 4
EXEMPTIONS_ALLOWED = 0

BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.Match)


def _is_test(path: Path) -> bool:
    return path.relative_to(ROOT).parts[0] == "tests"


def _name(path: Path, function: str = "") -> str:
    return f"{path.relative_to(ROOT)}:{function}" if function else str(path.relative_to(ROOT))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([a for a in named if a.arg not in {"self", "cls"}])


def _depth(node: ast.AST, above: int = 0) -> int:
    deepest = above
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and node.orelse == [child]
        below = above + (isinstance(child, BLOCKS) and not is_elif)
        deepest = max(deepest, _depth(child, below))
    return deepest


def test_no_file_is_too_long_to_read() -> None:
    long = {
        _name(path)
        for path in python_files()
        if len(path.read_text(encoding="utf-8").splitlines())
        > (TEST_FILE_LINES if _is_test(path) else FILE_LINES)
    }

    assert long - exemptions() == set()


def test_no_function_is_too_long_to_read() -> None:
    long = {
        _name(path, node.name)
        for path in python_files()
        for node in functions(path)
        if _length(node) > (TEST_LINES if _is_test(path) else FUNCTION_LINES)
    }

    assert long - exemptions() == set()


def test_no_function_takes_too_many_parameters() -> None:
    wide = {
        _name(path, node.name)
        for path in python_files()
        for node in functions(path)
        if _parameters(node) > PARAMETERS and not _is_test(path)
    }

    assert wide - exemptions() == set()


def test_no_function_nests_too_deep() -> None:
    deep = {
        _name(path, node.name)
        for path in python_files()
        for node in functions(path)
        if _depth(node) > NESTING
    }

    assert deep - exemptions() == set()


def test_exemptions_do_not_grow() -> None:
    assert len(exemptions()) <= EXEMPTIONS_ALLOWED
