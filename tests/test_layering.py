"""The rooms stay apart: what may import what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted(path for room in ("indexer", "app") for path in (ROOT / room).rglob("*.py"))
CORE = ("indexer/structure/", "indexer/citing/", "indexer/lang/", "indexer/text/", "app/query/")
INPUT_OUTPUT = {"os", "pathlib", "socket", "subprocess", "urllib", "tempfile", "shutil", "zipfile"}
FORBIDDEN_NAMES = {"utils", "helpers", "manager"}
LONGEST_MODULE = 450  # lines; a module past 400 should be looked at, one past this is split


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_keep_to_the_rooms(path: Path) -> None:
    roots = {module.split(".")[0] for module in imported(path)}
    if name(path).startswith("indexer/"):
        assert "app" not in roots, "indexer never imports app"
        assert "fastapi" not in roots
    if not name(path).startswith("indexer/store/"):
        assert "whoosh" not in roots, "only the store knows Whoosh"
    if name(path).startswith(CORE):
        assert not roots & INPUT_OUTPUT, "the core does no input or output"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_one_thought(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in FORBIDDEN_NAMES
    assert ast.get_docstring(ast.parse(text)), "a module says what it is for"
    assert text.count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_language_differences_are_data(path: Path) -> None:
    """No comparison of a language code outside the language room."""
    if name(path).startswith("indexer/lang/"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            constants = {part.value for part in [node.left, *node.comparators] if isinstance(part, ast.Constant)}
            assert not constants & {"ru", "en", "fr", "es", "ar", "zh"}, f"line {node.lineno}"
