"""The JSON schema of the definition files, for editors: ``python -m cbi.definitions.schema`` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cbi.definitions.models import AlsoCalled, ChecksFile, Crosswalk, EditionFile, Indicator, ProfileFile
from cbi.definitions.platform import Platform
from cbi.definitions.shipped import INDICATORS

FILES: dict[str, type[BaseModel]] = {
    "Indicator": Indicator,
    "EditionFile": EditionFile,
    "ProfileFile": ProfileFile,
    "ChecksFile": ChecksFile,
    "Crosswalk": Crosswalk,
    "Platform": Platform,
    "AlsoCalled": AlsoCalled,
}


def schema_text() -> str:
    """Give the schema as it stands in ``indicators/schema.json``: a file is one of these kinds."""
    _, schema = models_json_schema([(model, "validation") for model in FILES.values()], by_alias=True)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A definition file of the City Biodiversity Index",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in FILES],
        "$defs": schema["$defs"],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def write(file: Path = INDICATORS / "schema.json") -> None:
    """Write the schema beside the definitions."""
    file.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    write()
