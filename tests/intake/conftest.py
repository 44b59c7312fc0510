"""What LibreOffice makes of our files, in every format: converted once for all tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.intake.files import LIBO, converted, made, saved, sheet, simple, template

FORMS = ("xlsx", "ods", "xls")


@pytest.fixture(scope="session")
def from_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """By format and name: ``cells.xlsx``, ``simple.xlsx``, ``libo.xlsx``, ``table.xlsx`` as LibreOffice saves them."""
    folder = tmp_path_factory.mktemp("libreoffice")
    table = sheet([["city", "year", "indicator", "value"], ["Riverton", 2026, 16, 1.5]])
    files = {
        "cells.xlsx": saved(made()),
        "simple.xlsx": simple().data(),
        "libo.xlsx": template(LIBO, "zh_Hans"),
        "table.xlsx": saved(table),
    }
    return {form: converted(folder, files, form) for form in FORMS}
