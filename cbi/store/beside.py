"""What the store keeps beside the answers: the register of sources with its files, and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cbi.store import correcting, files, papers, sources
from cbi.store.paper_contents import PaperContent
from cbi.store.papers import Owner
from cbi.store.records import Attachment, Kind, Paper, Source, StoredSource

if TYPE_CHECKING:
    from cbi.store.store import Store


class Sources:
    """The register of a city's sources and the files beside them: ``store.sources``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_city(self, city_id: int) -> tuple[StoredSource, ...]:
        """List the register of a city by title, with the files of each source."""
        with self._store.database.reading() as connection:
            return sources.of_city(connection, city_id)

    def save(self, city_id: int, source: Source, *, based_on: int, person: str) -> StoredSource:
        """Add a source (``based_on`` 0) or change what is known of it; its title stays.

        Raises :class:`OutdatedError` if somebody changed it meanwhile, :class:`NotAllowedError` without a title
        and for a new source whose title the register has already.
        """
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            return sources.save(connection, city_id, source, based_on, who)

    def correct_title(self, source_id: int, title: str, *, person: str) -> StoredSource:
        """Let the answers of open years cite a source by another title; gives the source of that title.

        Closed years and the history keep the old one. Raises :class:`NotAllowedError` without a title.
        """
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            return correcting.correct_title(connection, source_id, title, who)

    def history(self, source_id: int) -> tuple[StoredSource, ...]:
        """Give all that was ever known of a source, the oldest first."""
        with self._store.database.reading() as connection:
            return sources.versions(connection, source_id)

    def cited_by(self, source_id: int) -> tuple[tuple[int, str], ...]:
        """List where a source is cited now: (id of the assessment, place)."""
        with self._store.database.reading() as connection:
            return sources.cited_by(connection, source_id)

    def attach(self, source_id: int, name: str, data: bytes, media_type: str, *, person: str) -> Attachment:
        """Keep a file beside a source, its bytes once.

        Raises :class:`TooLargeError` beyond :data:`cbi.store.files.LARGEST_FILE`.
        """
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            return files.attach(connection, source_id, name, data, media_type, who)

    def detach(self, attachment_id: int, *, person: str) -> None:
        """Take a file away from a source. It stays in :attr:`StoredSource.removed` and can be brought back."""
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            files.detach(connection, attachment_id, who)

    def bring_back(self, attachment_id: int, *, person: str) -> Attachment:
        """Put a removed file beside its source again; raises :class:`NotFoundError` if its bytes are not kept."""
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            return files.bring_back(connection, attachment_id, who)

    def file(self, sha256: str) -> bytes:
        """Give the bytes of a file, also of a removed one; raises :class:`NotFoundError`."""
        with self._store.database.reading() as connection:
            return files.bytes_of(connection, sha256)


class Papers:
    """The small documents beside the answers: ``store.papers``.

    A paper belongs to an assessment (``assessment_id``), to a city (``city_id``) or, without either, to the
    whole store; each of them has papers of its own. It is found by its kind and its key.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, kind: Kind, *, city_id: int | None = None, assessment_id: int | None = None) -> tuple[Paper, ...]:
        """List the papers of a kind by key, each as it stands; withdrawn ones are left out."""
        with self._store.database.reading() as connection:
            return papers.of(connection, Kind(kind), Owner(city_id, assessment_id))

    def get(
        self, kind: Kind, key: str, *, city_id: int | None = None, assessment_id: int | None = None
    ) -> Paper | None:
        """Give a paper as it stands; None if there is none or it was withdrawn."""
        with self._store.database.reading() as connection:
            found = papers.newest(connection, Kind(kind), key, Owner(city_id, assessment_id))
            return found if found is not None and found.content is not None else None

    def save(
        self,
        kind: Kind,
        key: str,
        content: PaperContent | None,
        *,
        based_on: int,
        person: str,
        city_id: int | None = None,
        assessment_id: int | None = None,
    ) -> Paper:
        """Save a paper as a new version and give it; the same content again adds nothing.

        ``content`` is plain data for JSON whose numbers with decimals are texts; None withdraws the paper.
        ``based_on`` is the version that the person saw, 0 where there was none. Raises
        :class:`OutdatedPaperError` with both versions if another person saved meanwhile, :class:`ClosedError`
        for a paper of a submitted or locked year unless it is a scenario or a plan, :class:`TooLargeError`
        beyond 1 MB, :class:`NotAllowedError` for a key that is empty or longer than 200 characters,
        :class:`NotFoundError`, :class:`cbi.store.contents.ContentError` for what JSON does not keep exactly,
        and ValueError for an unknown kind.
        """
        who = self._store.by(person)
        with self._store.database.writing() as connection:
            return papers.save(connection, Kind(kind), key, content, based_on, who, Owner(city_id, assessment_id))

    def history(
        self, kind: Kind, key: str, *, city_id: int | None = None, assessment_id: int | None = None
    ) -> tuple[Paper, ...]:
        """Give all versions of a paper, the oldest first; withdrawals are versions without content."""
        with self._store.database.reading() as connection:
            return papers.versions(connection, Kind(kind), key, Owner(city_id, assessment_id))
