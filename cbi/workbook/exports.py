"""What a city answered, in every form that is handed out: CSV, JSON and a workbook; each reads back without loss."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from cbi.assessment import Assessment
from cbi.corrections import NO_BANDS, CityBands
from cbi.report.plain import Action, SourceDetail
from cbi.tables import write_records, write_table


def exports(
    assessments: Sequence[Assessment],
    *,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
    actions: Sequence[Action] = (),
    sources: Sequence[SourceDetail] = (),
) -> dict[str, bytes]:
    """Write the years of one city as ``csv``, ``json`` and ``xlsx``; the workbook holds ``actions`` and ``sources``.

    CSV begins with a byte order mark, so that spreadsheet programs read its signs rightly. Raises as
    :func:`cbi.workbook.export.write_export`.
    """
    from cbi.workbook.export import write_export  # openpyxl loads slowly

    return {
        "csv": codecs.BOM_UTF8 + write_table(assessments).encode(),
        "json": write_records(assessments).encode(),
        "xlsx": write_export(
            assessments, baseline=baseline, bands=bands, language=language, actions=actions, sources=sources
        ),
    }
