"""The store: what is typed is saved at once, and nothing is ever forgotten.

>>> from cbi.store import open_store
>>> store = open_store("sqlite:///data/cbi.sqlite3")
>>> city = store.add_city("Libo County", person="Mei Yang")
>>> year = store.start_year(city.id, 2026, person="Mei Yang")
>>> store.save(year.id, "profile.bird_species", Entry(Decimal(196)), based_on=0, person="Mei Yang")
Saved(version=1, added=True)
"""

from cbi.store.errors import ConflictError, StoreError
from cbi.store.store import Store, open_store

__all__ = ["ConflictError", "Store", "StoreError", "open_store"]
