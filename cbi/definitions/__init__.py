"""The index as data: models of the files in ``indicators/``, their strict reader, and the editions they make."""

from cbi.definitions.edition import Edition
from cbi.definitions.faults import DefinitionError, Fault
from cbi.definitions.models import Indicator, TrustWord
from cbi.definitions.reader import EDITIONS, crosswalk, edition, other_names, read_edition, untranslated

__all__ = [
    "EDITIONS",
    "DefinitionError",
    "Edition",
    "Fault",
    "Indicator",
    "TrustWord",
    "crosswalk",
    "edition",
    "other_names",
    "read_edition",
    "untranslated",
]
