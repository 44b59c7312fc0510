"""What can go wrong with the store, each with a sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cbi.i18n import Sentence, say

if TYPE_CHECKING:
    from cbi.store.records import Line, Offer, Paper


class StoreError(Exception):
    """Something that the store cannot do: ``code`` for programs, ``sentence`` for people."""

    code = "store"

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence


class ConflictError(StoreError):
    """Another person saved here meanwhile. Nothing was saved; the person chooses.

    ``mine`` is what was to be saved and ``theirs`` the line of history that stands now, each with its
    person and time. To keep ``mine``, save it again based on ``theirs.version``.
    """

    code = "conflict"

    def __init__(self, mine: Offer, theirs: Line, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.mine = mine
        self.theirs = theirs


class ClosedError(StoreError):
    """The year is submitted or locked and takes no change."""

    code = "closed"


class OutdatedError(StoreError):
    """The store has changed since the person looked; they must look again before they decide."""

    code = "outdated"


class OutdatedPaperError(OutdatedError):
    """Another person saved this paper meanwhile. Nothing was saved; the person chooses.

    ``mine`` is what was to be saved and ``theirs`` what stands now, each with its person and time. To keep
    ``mine``, save it again based on ``theirs.version``.
    """

    def __init__(self, mine: Paper, theirs: Paper, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.mine = mine
        self.theirs = theirs


class NotAllowedError(StoreError):
    """A step that is not possible from here, such as locking a year that was not submitted."""

    code = "not_allowed"


class NotPermittedError(StoreError):
    """The person does not have the right to do this; the sentence says which role it takes and who can give it."""

    code = "not_permitted"


class SignInRefusedError(StoreError):
    """Somebody may not sign in; ``reason`` is the word that the audit trail keeps."""

    code = "sign_in_refused"

    def __init__(self, reason: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.reason = reason


class NotFoundError(StoreError):
    """There is no such city, assessment, version, source or file."""

    code = "not_found"


class NoNameError(StoreError):
    """A change without the name of the person who makes it."""

    code = "no_name"

    def __init__(self) -> None:
        super().__init__(say("Every change carries the name of the person who makes it. Say your name first."))


class TooLargeError(StoreError):
    """A file or a paper that is larger than the store takes."""

    code = "too_large"


class DocumentError(StoreError):
    """A document that cannot be imported; nothing of it was saved."""

    code = "unreadable_document"


class DatabaseError(StoreError):
    """The database itself cannot be used now."""

    code = "database"


class BadAddressError(DatabaseError):
    """``CBI_DATABASE`` holds no address of a database that this program can speak to."""

    code = "bad_address"


class UnreachableError(DatabaseError):
    """The database cannot be opened: its folder is missing, or its server does not answer."""

    code = "unreachable"


class MissingError(DatabaseError):
    """The database file was removed or replaced while the program ran, or has gone away from its log."""

    code = "missing"


class ReadOnlyError(DatabaseError):
    """The database may be read but not written."""

    code = "read_only"


class BusyError(DatabaseError):
    """Another program has held the database for too long."""

    code = "busy"


class DiskFullError(DatabaseError):
    """There is no room left for the change."""

    code = "disk_full"


class DamagedError(DatabaseError):
    """The file is no database, or a damaged one."""

    code = "damaged"


class ForeignError(DatabaseError):
    """A sound database, but of another program."""

    code = "foreign"


class NewerError(DatabaseError):
    """The database was written by a newer version of this program."""

    code = "newer"


class MigrationError(DatabaseError):
    """Bringing the database up to date failed; it is as it was before."""

    code = "migration"


class FileExistsAlreadyError(StoreError):
    """A file that would be overwritten."""

    code = "file_exists"
