"""The dependencies are declared once, and every other list of them agrees with the declaration."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

Declarations = dict[str, Any]
# The names of conda-forge that differ from PyPI's: there `matplotlib` brings a desktop toolkit along.
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
# pydantic pins its other half exactly and documents it as its own.
COMPANIONS = {"pydantic_core": "pydantic"}
PINNED = re.compile(r"^([\w.-]+)==([^ ;]+)")


def bounds(lines: list[str]) -> dict[str, SpecifierSet]:
    """The version bounds by canonical name."""
    parsed = map(Requirement, lines)
    return {canonicalize_name(r.name): r.specifier for r in parsed}


def development(pyproject: Declarations) -> list[str]:
    """The requirements of the development group, its included groups resolved."""
    groups = pyproject["dependency-groups"]
    return [
        line
        for entry in groups["dev"]
        for line in (groups[entry["include-group"]] if isinstance(entry, dict) else [entry])
    ]


def imported(folder: Path) -> set[str]:
    """The top-level names that the modules under a folder import, anywhere in them."""
    return (
        set().union(*map(imported_by, folder.rglob("*.py")))
        - set(sys.stdlib_module_names)
        - {"wenxiao", "tests", "scripts", "benchmarks", *(path.stem for path in folder.glob("*.py"))}
    )


def imported_by(path: Path) -> set[str]:
    """The top-level names that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def undeclared(folder: Path, declared: dict[str, SpecifierSet]) -> set[str]:
    """The imported top-level names under a folder that no declared distribution provides."""
    providers = packages_distributions()
    return {
        name
        for name in {COMPANIONS.get(name, name) for name in imported(folder)}
        if not {canonicalize_name(provider) for provider in providers.get(name, [name])} & declared.keys()
    }


def test_environment_agrees_with_pyproject(pyproject: Declarations, environment: Declarations) -> None:
    """environment.yml asks for the same distributions with the same bounds, and for the same Python."""
    *conda, from_pip = environment["dependencies"]
    conda_bounds = bounds(conda)
    python = conda_bounds.pop("python")
    stated = {CONDA_NAMES.get(name, name): bound for name, bound in conda_bounds.items()}
    stated |= bounds([line for line in from_pip["pip"] if not line.startswith("-e ")])
    stated.pop("pip")
    assert stated == bounds(pyproject["project"]["dependencies"] + development(pyproject))
    assert python == SpecifierSet(pyproject["project"]["requires-python"])
    assert "-e ." in from_pip["pip"]


def test_build_requirements_are_installed_ones(pyproject: Declarations) -> None:
    """The group `build` is what the build system requires, so that no isolated build is needed."""
    assert bounds(pyproject["dependency-groups"]["build"]) == bounds(pyproject["build-system"]["requires"])


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_what_is_declared(lock: str, pyproject: Declarations, checkout: Path) -> None:
    """Each lock pins every declared dependency within its bounds, with hashes and without addresses."""
    text = (checkout / lock).read_text(encoding="utf-8")
    groups = pyproject["dependency-groups"]
    wanted = pyproject["project"]["dependencies"] + (
        development(pyproject) if "dev" in lock else groups["build"]
    )
    entries = [entry for entry in re.split(r"(?m)^(?=[\w.-]+==)", text) if PINNED.match(entry)]
    pins: dict[str, list[str]] = {}
    for entry in entries:
        name, version = PINNED.match(entry).groups()
        pins.setdefault(canonicalize_name(name), []).append(version)
    outside = [
        name
        for name, bound in bounds(wanted).items()
        if not pins.get(name) or not all(map(bound.contains, pins[name]))
    ]
    assert outside == [], f"{lock} is behind pyproject.toml: make lock"
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_development_lock_extends_the_runtime_lock(checkout: Path) -> None:
    """Tests run with the versions that reports run with."""
    runtime, dev = (
        {
            line.partition(";")[0].strip(" \\")
            for line in (checkout / name).read_text(encoding="utf-8").splitlines()
            if "==" in line
        }
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime <= dev


def test_package_imports_what_it_declares(pyproject: Declarations, checkout: Path) -> None:
    """Every library the package imports is a declared runtime dependency or of a declared extra, not somebody else's."""
    project = pyproject["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    assert undeclared(checkout / "lib", bounds(project["dependencies"] + extras)) == set()


def test_extras_are_tested(pyproject: Declarations) -> None:
    """What an extra brings is in the development group with the same bounds, so that the tests run with it."""
    extras = pyproject["project"]["optional-dependencies"].values()
    developed = bounds(development(pyproject))
    for name, bound in bounds([line for lines in extras for line in lines]).items():
        assert developed.get(name) == bound, name


def test_nothing_of_an_extra_is_loaded_unasked(checkout: Path) -> None:
    """Only what `--dask` loads imports Dask: whoever has not installed the extra has a whole command."""
    asked = {"dask_executor.py", "dispatch.py", "dask_worker.py"}
    batch = checkout / "lib" / "wenxiao" / "batch"
    assert {path.name for path in batch.rglob("*.py") if {"dask", "distributed"} & imported_by(path)} == asked
    others = [path for path in (checkout / "lib").rglob("*.py") if path.name not in asked]
    assert not [path for path in others if {"dask", "distributed"} & imported_by(path)]


@pytest.mark.parametrize("folder", ["tests", "scripts", "benchmarks"])
def test_tools_import_what_is_declared(folder: str, pyproject: Declarations, checkout: Path) -> None:
    """Every library that tests, scripts and benchmarks import is declared, for runtime or development."""
    declared = bounds(pyproject["project"]["dependencies"] + development(pyproject))
    assert undeclared(checkout / folder, declared) == set()


def test_each_dependency_is_explained(pyproject: Declarations, checkout: Path) -> None:
    """docs/dependencies.md has one line for each declared dependency, and none for another."""
    table = (checkout / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {canonicalize_name(name) for name in re.findall(r"(?m)^\| `([\w.-]+)` \|", table)}
    assert explained == bounds(pyproject["project"]["dependencies"] + development(pyproject)).keys()
