"""The index as data: models of the files in ``indicators/``, and the editions that they make.

Their strict reader is :mod:`cbi.definitions.reader`; it opens only when it is needed, for it is slow to load.
"""

from cbi.definitions.edition import Edition
from cbi.definitions.faults import DefinitionError, Fault
from cbi.definitions.models import Indicator, TrustWord
from cbi.definitions.shipped import EDITIONS, crosswalk, edition, other_names

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
]
