"""What the store keeps beside the answers: the register of sources with its files, and papers."""

from __future__ import annotations

from collections.abc import Mapping

from cbi.store import correcting, files, papers, sources
from cbi.store.gate import SERVER, Gate, Visit, Where, at_attachment, at_source, in_city, in_year
from cbi.store.paper_contents import PaperContent
from cbi.store.papers import Owner
from cbi.store.records import Attachment, Kind, Paper, Source, StoredSource
from cbi.store.rights import Right
from cbi.store.signatures import reference


class Sources:
    """The register of a city's sources and the files beside them: ``store.sources``."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def of_city(self, city_id: int) -> tuple[StoredSource, ...]:
        """List the register of a city by title, with the files of each source."""
        return self._gate.read(Right.SEE, in_city(city_id), lambda visit: sources.of_city(visit.connection, city_id))

    def save(self, city_id: int, source: Source, *, based_on: int, person: str) -> StoredSource:
        """Add a source (``based_on`` 0) or change what is known of it; its title stays.

        A contributor may change what nobody else had a hand in. Raises :class:`OutdatedError` if somebody changed it
        meanwhile, :class:`NotAllowedError` without a title and for a new source whose title the register has already.
        """

        def save(visit: Visit) -> StoredSource:
            known = sources.signers(visit.connection, city_id, source.title)
            _require_own(visit, known, Right.CHANGE_SOURCE)
            return sources.save(visit.connection, city_id, source, based_on, visit.who)

        return self._gate.write(Right.ADD_SOURCE, in_city(city_id), person, save)

    def correct_title(self, source_id: int, title: str, *, person: str) -> StoredSource:
        """Let the answers of open years cite a source by another title; gives the source of that title.

        Closed years and the history keep the old one. Raises :class:`NotAllowedError` without a title.
        """
        return self._gate.write(
            Right.CORRECT_TITLE,
            at_source(source_id),
            person,
            lambda visit: correcting.correct_title(visit.connection, source_id, title, visit.who),
        )

    def history(self, source_id: int) -> tuple[StoredSource, ...]:
        """Give all that was ever known of a source, the oldest first."""
        return self._gate.read(
            Right.SEE, at_source(source_id), lambda visit: sources.versions(visit.connection, source_id)
        )

    def cited_by(self, source_id: int) -> tuple[tuple[int, str], ...]:
        """List where a source is cited now: (id of the assessment, place)."""
        return self._gate.read(
            Right.SEE, at_source(source_id), lambda visit: sources.cited_by(visit.connection, source_id)
        )

    def attach(self, source_id: int, name: str, data: bytes, media_type: str, *, person: str) -> Attachment:
        """Keep a file beside a source, its bytes once.

        Raises :class:`TooLargeError` beyond :data:`cbi.store.files.LARGEST_FILE`.
        """
        return self._gate.write(
            Right.ADD_SOURCE,
            at_source(source_id),
            person,
            lambda visit: files.attach(visit.connection, source_id, name, data, media_type, visit.who),
        )

    def detach(self, attachment_id: int, *, person: str) -> None:
        """Take a file away from a source. It stays in :attr:`StoredSource.removed` and can be brought back.

        A contributor may take away what they attached.
        """

        def detach(visit: Visit) -> None:
            _require_own(visit, files.signers(visit.connection, attachment_id), Right.CHANGE_SOURCE)
            files.detach(visit.connection, attachment_id, visit.who)

        self._gate.write(Right.ADD_SOURCE, at_attachment(attachment_id), person, detach)

    def bring_back(self, attachment_id: int, *, person: str) -> Attachment:
        """Put a removed file beside its source again; raises :class:`NotFoundError` if its bytes are not kept."""

        def bring_back(visit: Visit) -> Attachment:
            _require_own(visit, files.signers(visit.connection, attachment_id), Right.CHANGE_SOURCE)
            return files.bring_back(visit.connection, attachment_id, visit.who)

        return self._gate.write(Right.ADD_SOURCE, at_attachment(attachment_id), person, bring_back)

    def file(self, sha256: str) -> bytes:
        """Give the bytes of a file, also of a removed one; raises :class:`NotFoundError`."""

        def find(visit: Visit) -> bytes:
            cities = files.cities_of(visit.connection, sha256)
            if cities and not any(visit.granted.may(Right.SEE, one) for one in cities):
                visit.require(Right.SEE, min(cities))
            return files.bytes_of(visit.connection, sha256)

        return self._gate.read(Right.OWN, SERVER, find)


def _require_own(visit: Visit, signers: frozenset[str], right: Right) -> None:
    """Raise unless the visitor has a right, or nobody else had a hand in it."""
    if signers - {visit.who.person}:
        visit.require(right, visit.city_id)


RIGHT_OF: Mapping[Kind, Right] = {
    Kind.FORM_MAPPING: Right.IMPORT,
    Kind.BAND_CHECK: Right.CORRECT_BANDS,
    Kind.BAND_CORRECTION: Right.CORRECT_BANDS,
    Kind.PROFILE: Right.KEEP_PROFILE,
    Kind.ACTION_LIST: Right.KEEP_PROFILE,
    Kind.SCENARIO: Right.PLAN,
    Kind.PLAN: Right.PLAN,
    Kind.SETTING: Right.PLAN,
}
"""What it takes to change a paper of a city or a year."""


class Papers:
    """The small documents beside the answers: ``store.papers``.

    A paper belongs to an assessment (``assessment_id``), to a city (``city_id``) or, without either, to the
    whole store; each of them has papers of its own. It is found by its kind and its key. Those of the whole store
    are read by everybody.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def of(self, kind: Kind, *, city_id: int | None = None, assessment_id: int | None = None) -> tuple[Paper, ...]:
        """List the papers of a kind by key, each as it stands; withdrawn ones are left out."""
        owner = Owner(city_id, assessment_id)
        return self._gate.read(*_seen(owner), lambda visit: papers.of(visit.connection, Kind(kind), owner))

    def get(
        self, kind: Kind, key: str, *, city_id: int | None = None, assessment_id: int | None = None
    ) -> Paper | None:
        """Give a paper as it stands; None if there is none or it was withdrawn."""
        owner = Owner(city_id, assessment_id)

        def find(visit: Visit) -> Paper | None:
            found = papers.newest(visit.connection, Kind(kind), key, owner)
            return found if found is not None and found.content is not None else None

        return self._gate.read(*_seen(owner), find)

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
        kind, owner = Kind(kind), Owner(city_id, assessment_id)

        def save(visit: Visit) -> Paper:
            if owner == Owner():
                _require_for_all(visit, kind, key)
            signed = _signed(content, visit) if RIGHT_OF[kind] is Right.CORRECT_BANDS else content
            return papers.save(visit.connection, kind, key, signed, based_on, visit.who, owner)

        right, where = _seen(owner)
        if owner != Owner() and not self._is_own(kind, key):
            right = RIGHT_OF[kind]
        return self._gate.write(right, where, person, save)

    def _is_own(self, kind: Kind, key: str) -> bool:
        """Tell whether a paper is a setting of the visitor's own: its key ends in their signature."""
        return kind is Kind.SETTING and self._gate.key is not None and key.split()[-1:] == [reference(self._gate.key)]

    def history(
        self, kind: Kind, key: str, *, city_id: int | None = None, assessment_id: int | None = None
    ) -> tuple[Paper, ...]:
        """Give all versions of a paper, the oldest first; withdrawals are versions without content."""
        owner = Owner(city_id, assessment_id)
        return self._gate.read(*_seen(owner), lambda visit: papers.versions(visit.connection, Kind(kind), key, owner))


def _seen(owner: Owner) -> tuple[Right, Where]:
    """Give the right that it takes to read papers, and where."""
    if owner.assessment_id is not None:
        return Right.SEE, in_year(owner.assessment_id)
    return (Right.OWN, SERVER) if owner.city_id is None else (Right.SEE, in_city(owner.city_id))


def _require_for_all(visit: Visit, kind: Kind, key: str) -> None:
    """Raise unless the visitor may change this paper of the whole store.

    What a form's columns mean is kept by whoever imports into any city; a setting whose key ends in the visitor's
    own signature is theirs.
    """
    if kind is Kind.FORM_MAPPING and visit.granted.may_somewhere(Right.IMPORT):
        return
    if kind is Kind.SETTING and key.split()[-1:] == [visit.who.person]:
        return
    visit.require(Right.SETTINGS)


def _signed(content: PaperContent | None, visit: Visit) -> PaperContent | None:
    """Let what is said of bands be signed by the account of whoever says it, so that nobody says it for another."""
    if content is None or visit.account_id is None:
        return content
    return {**content, "person": visit.who.person}
