"""Who may do what: roles, what a service can do, and one table that joins them. No database is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import Sentence, say
from cbi.store.contents import PROFILE_PREFIX


class Role(IntEnum):
    """What a person is in a city, or on the whole server; each may do all that the ones before it may."""

    VIEWER = 1
    CONTRIBUTOR = 2
    EDITOR = 3
    APPROVER = 4
    ADMINISTRATOR = 5


class Right(StrEnum):
    """What a service does, named so that it can be allowed, refused and written down."""

    OWN = "own"
    SEE = "see"
    EXPORT = "export"
    ANSWER = "answer"
    CONFIRM = "confirm"
    GO_BACK = "go_back"
    ADD_SOURCE = "add_source"
    CHANGE_SOURCE = "change_source"
    CORRECT_TITLE = "correct_title"
    KEEP_PROFILE = "keep_profile"
    PLAN = "plan"
    IMPORT = "import"
    START_YEAR = "start_year"
    CORRECT_YEAR = "correct_year"
    SUBMIT = "submit"
    ASSIGN = "assign"
    LOCK = "lock"
    REOPEN = "reopen"
    SET_BASELINE = "set_baseline"
    CORRECT_BANDS = "correct_bands"
    RENAME_CITY = "rename_city"
    PEOPLE = "people"
    FORGET = "forget"
    READ_TRAIL = "read_trail"
    ADD_CITY = "add_city"
    SETTINGS = "settings"
    EXPORT_STORE = "export_store"
    MERGE_STORE = "merge_store"
    BACKUP = "backup"
    RESTORE = "restore"


LEAST: Mapping[Right, Role] = {
    Right.SEE: Role.VIEWER,
    Right.EXPORT: Role.VIEWER,
    Right.ANSWER: Role.CONTRIBUTOR,
    Right.CONFIRM: Role.CONTRIBUTOR,
    Right.GO_BACK: Role.CONTRIBUTOR,
    Right.ADD_SOURCE: Role.CONTRIBUTOR,
    Right.CHANGE_SOURCE: Role.EDITOR,
    Right.CORRECT_TITLE: Role.EDITOR,
    Right.KEEP_PROFILE: Role.EDITOR,
    Right.PLAN: Role.EDITOR,
    Right.IMPORT: Role.EDITOR,
    Right.START_YEAR: Role.EDITOR,
    Right.CORRECT_YEAR: Role.EDITOR,
    Right.SUBMIT: Role.EDITOR,
    Right.ASSIGN: Role.EDITOR,
    Right.LOCK: Role.APPROVER,
    Right.REOPEN: Role.APPROVER,
    Right.SET_BASELINE: Role.APPROVER,
    Right.CORRECT_BANDS: Role.APPROVER,
    Right.RENAME_CITY: Role.ADMINISTRATOR,
    Right.PEOPLE: Role.ADMINISTRATOR,
    Right.FORGET: Role.ADMINISTRATOR,
    Right.READ_TRAIL: Role.ADMINISTRATOR,
    Right.ADD_CITY: Role.ADMINISTRATOR,
    Right.SETTINGS: Role.ADMINISTRATOR,
    Right.EXPORT_STORE: Role.ADMINISTRATOR,
    Right.MERGE_STORE: Role.ADMINISTRATOR,
    Right.BACKUP: Role.ADMINISTRATOR,
    Right.RESTORE: Role.ADMINISTRATOR,
}
"""The least role for each right. :attr:`Right.OWN`, what is everybody's own, takes none."""

OF_THE_SERVER = frozenset(
    {Right.ADD_CITY, Right.SETTINGS, Right.EXPORT_STORE, Right.MERGE_STORE, Right.BACKUP, Right.RESTORE}
)
"""Rights that no role in a city gives, because what they do reaches beyond one city."""

BY_PLACE = frozenset({Right.ANSWER, Right.CONFIRM, Right.GO_BACK})
"""Rights that a contributor has in chosen places only."""


class Deed(StrEnum):
    """What the audit trail keeps."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    INVITED = "invited"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    SWITCHED_OFF = "switched_off"
    SWITCHED_ON = "switched_on"
    FORGOTTEN = "forgotten"
    ASSIGNED = "assigned"
    TAKEN_BACK = "taken_back"
    CITY_ADDED = "city_added"
    CITY_RENAMED = "city_renamed"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    REOPENED = "reopened"
    BASELINE = "baseline"
    IMPORTED = "imported"
    EXPORTED = "exported"
    STORE_IMPORTED = "store_imported"
    STORE_EXPORTED = "store_exported"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


WRITTEN_DOWN: Mapping[Right, Deed] = {
    Right.ADD_CITY: Deed.CITY_ADDED,
    Right.RENAME_CITY: Deed.CITY_RENAMED,
    Right.SUBMIT: Deed.SUBMITTED,
    Right.LOCK: Deed.LOCKED,
    Right.REOPEN: Deed.REOPENED,
    Right.SET_BASELINE: Deed.BASELINE,
    Right.EXPORT: Deed.EXPORTED,
    Right.EXPORT_STORE: Deed.STORE_EXPORTED,
    Right.MERGE_STORE: Deed.STORE_IMPORTED,
    Right.BACKUP: Deed.BACKED_UP,
}
"""What is written into the audit trail whenever it is done, by whomever; the rest of it says so where it is done."""

ROLES: Mapping[Role, Sentence] = {
    Role.VIEWER: say("viewer"),
    Role.CONTRIBUTOR: say("contributor"),
    Role.EDITOR: say("editor"),
    Role.APPROVER: say("approver"),
    Role.ADMINISTRATOR: say("administrator"),
}

RIGHTS: Mapping[Right, Sentence] = {
    Right.OWN: say("work here"),
    Right.SEE: say("see this city"),
    Right.EXPORT: say("export this city"),
    Right.ANSWER: say("change this answer"),
    Right.CONFIRM: say("confirm these answers"),
    Right.GO_BACK: say("undo or restore this answer"),
    Right.ADD_SOURCE: say("add sources and files"),
    Right.CHANGE_SOURCE: say("change sources and files that others added"),
    Right.CORRECT_TITLE: say("correct the title of a source"),
    Right.KEEP_PROFILE: say("change the CitiesWithNature profile and the list of actions"),
    Right.PLAN: say("change plans and scenarios"),
    Right.IMPORT: say("import files"),
    Right.START_YEAR: say("start a year"),
    Right.CORRECT_YEAR: say("correct a year or its edition"),
    Right.SUBMIT: say("submit a year"),
    Right.ASSIGN: say("assign work"),
    Right.LOCK: say("lock a year"),
    Right.REOPEN: say("reopen a year"),
    Right.SET_BASELINE: say("choose the baseline"),
    Right.CORRECT_BANDS: say("check or correct bands"),
    Right.RENAME_CITY: say("rename this city"),
    Right.PEOPLE: say("manage people and roles"),
    Right.FORGET: say("remove a person's data"),
    Right.READ_TRAIL: say("read the audit trail"),
    Right.ADD_CITY: say("add a city"),
    Right.SETTINGS: say("change settings of the whole server"),
    Right.EXPORT_STORE: say("export the whole store"),
    Right.MERGE_STORE: say("import an exported store"),
    Right.BACKUP: say("take a backup"),
    Right.RESTORE: say("restore a backup"),
}
"""What follows on “you may not”."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The places in which a contributor may answer: ids of indicators and components, and the profile or not."""

    indicators: frozenset[str] = frozenset()
    components: frozenset[str] = frozenset()
    profile: bool = False

    def covers(self, place: str, edition_id: str | None) -> bool:
        """Tell whether a place of an assessment under this edition is among them."""
        if place == PROFILE or place.startswith(PROFILE_PREFIX):
            return self.profile
        if place in self.indicators or place in self.components:
            return True
        found = edition(edition_id).find(place) if self.components and edition_id in EDITIONS else None
        return found is not None and found.component in self.components


@dataclass(frozen=True, slots=True)
class Member:
    """A role in a city, or (``city_id`` None) in all cities and on the server itself; ``scope`` of a contributor."""

    role: Role
    city_id: int | None = None
    scope: Scope = Scope()

    def gives(
        self, right: Right, city_id: int | None, places: Iterable[str] = (), edition_id: str | None = None
    ) -> bool:
        """Tell whether this role alone gives a right in a city, or (None) on the server."""
        if self.city_id is not None and (self.city_id != city_id or right in OF_THE_SERVER):
            return False
        if self.role < LEAST.get(right, Role.VIEWER):
            return False
        if self.role is not Role.CONTRIBUTOR or right not in BY_PLACE:
            return True
        return all(self.scope.covers(place, edition_id) for place in places)


@dataclass(frozen=True, slots=True)
class Granted:
    """All roles of a person, and so all that they may do; with ``unrestricted``, everything."""

    members: tuple[Member, ...] = ()
    unrestricted: bool = False

    def may(
        self, right: Right, city_id: int | None = None, places: Iterable[str] = (), edition_id: str | None = None
    ) -> bool:
        """Tell whether they have a right in a city, or (``city_id`` None) on the whole server.

        ``places`` are those of an assessment under ``edition_id`` that are to be changed; each must be allowed.
        """
        if self.unrestricted or right is Right.OWN:
            return True
        asked = [[place] for place in places] or [[]]
        return all(any(one.gives(right, city_id, some, edition_id) for one in self.members) for some in asked)

    def may_somewhere(self, right: Right) -> bool:
        """Tell whether they have a right in any city at all."""
        cities = {one.city_id for one in self.members}
        return self.unrestricted or any(self.may(right, city_id) for city_id in cities)

    def cities(self) -> frozenset[int] | None:
        """Give the ids of the cities that they see; None for all of them."""
        if self.unrestricted or any(one.city_id is None for one in self.members):
            return None
        return frozenset(one.city_id for one in self.members if one.city_id is not None)

    def role_in(self, city_id: int | None) -> Role | None:
        """Give the highest role in a city, or (None) on the server; None where there is none."""
        return max((one.role for one in self.members if one.city_id in (None, city_id)), default=None)


EVERYTHING = Granted(unrestricted=True)
"""What the program may do for whoever sits at the machine itself."""
