"""The house: views → services → scoring → definitions → measures, numbers, units; no import goes upwards."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*(ROOT / "cbi").rglob("*.py"), ROOT / "app.py"])

STOREYS = [
    {"i18n", "problems", "version"},
    {"numbers", "units", "measures"},
    {"definitions", "assessment"},
    {"amounts", "reading", "gathering", "checks", "standing"},
    {"scoring", "proof"},
    {"services"},  # whatever is not named here: tables, comparison, store, workbook, report …
    {"views", "app"},
]
LIGHT = set().union(*STOREYS[:5])
HEAVY = {"pandas", "sqlalchemy", "alembic", "openpyxl", "streamlit", "altair", "numpy", "typst", "typer"}


def part(module):
    """The part of the house that ``cbi.scoring.engine`` or ``app`` belongs to."""
    names = module.split(".")
    return names[1] if names[0] == "cbi" and len(names) > 1 else names[0]


def storey(name):
    return next((level for level, parts in enumerate(STOREYS) if name in parts), 5)


def module_of(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file):
    """Every module that a file imports anywhere, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            if node.module == "cbi":
                yield from (f"cbi.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_never_upwards(file):
    own = part(module_of(file))
    if own == "cbi":
        return  # the front door may show what lies behind it
    for module in imported(file):
        if module.startswith("cbi."):
            assert storey(part(module)) <= storey(own), f"{module_of(file)} imports {module}"
        assert module != "app"


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_only_the_app_and_its_views_know_streamlit(file):
    if part(module_of(file)) not in ("app", "views"):
        assert not {"streamlit", "altair"} & {module.split(".")[0] for module in imported(file)}


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_scoring_stands_on_light_parts(file):
    if part(module_of(file)) in LIGHT:
        assert not HEAVY & {module.split(".")[0] for module in imported(file)}


def test_every_part_is_there():
    found = {part(module_of(file)) for file in FILES}
    assert found >= LIGHT | {"views", "app"}


SCORE_ONE = """
import sys
import cbi
for name in ("2021", "2014"):
    card = cbi.score(cbi.edition(name), {"profile": {"city_area": "1 km2"}, 1: {"natural_area": "20 ha"}})
    assert card.to_dict()["points"] == 3
print(*sorted({module.split(".")[0] for module in sys.modules}))
"""


def test_scoring_loads_nothing_heavy():
    """Run for real: an import inside a library would not show in our own source."""
    run = subprocess.run([sys.executable, "-c", SCORE_ONE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pydantic" in run.stdout.split()
    assert not HEAVY & set(run.stdout.split())
