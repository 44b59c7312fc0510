"""What a city says of the printed bands: checks by named persons, and corrections that scoring goes by.

A correction is data beside the edition. It is proved as definition files are, marked on every scorecard, and
taken back at any time; the definition itself stays as it is.
"""

from cbi.corrections.contents import check_from, correction_from, read_city_bands, to_content
from cbi.corrections.proof import CorrectionError, faults
from cbi.corrections.said import NO_BANDS, CityBands, corrected, fingerprint, key_of, problems_of
from cbi.definitions.city_bands import BandCheck, BandCorrection, PrintedRung

__all__ = [
    "NO_BANDS",
    "BandCheck",
    "BandCorrection",
    "CityBands",
    "CorrectionError",
    "PrintedRung",
    "check_from",
    "corrected",
    "correction_from",
    "faults",
    "fingerprint",
    "key_of",
    "problems_of",
    "read_city_bands",
    "to_content",
]
