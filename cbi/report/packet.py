"""The reproducible packet: all that another machine needs to come to the same points, in one archive.

It holds the answers as a plain table, and a manifest with the baseline year, the digest of the definitions, the
version of the program, the digests of the files behind the sources, and the points that came out.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cbi.assessment import LONGEST_TEXT, Answer, Assessment, Entry
from cbi.comparison import score_years
from cbi.definitions import EDITIONS, edition
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity
from cbi.report.archive import digest, encoded, pack
from cbi.report.plain import SourceDetail
from cbi.tables import read_table, write_table
from cbi.version import VERSION

MANIFEST, ANSWERS = "packet.json", "answers.csv"
MOST_BYTES = 40_000_000


class PacketError(ValueError):
    """An archive that is no packet, or one that was changed; ``sentence`` says so to people."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Packet:
    """What a packet holds: the years of a city, its baseline year, and what a careful reader should know."""

    assessments: tuple[Assessment, ...]
    baseline: int | None
    problems: tuple[Problem, ...]


class _Year(BaseModel):
    model_config = ConfigDict(extra="ignore")

    city: str | None = None
    year: Annotated[int, Field(ge=1900, le=2099)] | None = None
    edition: Literal["2021", "2014"]
    points: int
    scored: int


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="ignore")

    format: Literal["cbi-packet"]
    version: Literal[1]
    program: str
    definitions: dict[str, str]
    baseline: int | None = None
    answers: str
    years: tuple[_Year, ...]


def write_packet(
    assessments: Sequence[Assessment], *, baseline: int | None = None, sources: Sequence[SourceDetail] = ()
) -> bytes:
    """Put the years of a city into a packet: the same bytes for the same answers.

    ``baseline`` is the baseline year, by default the earliest; ``sources`` what is known of the sources, with the
    digests of their files. A note or source of more than 200 000 signs is cut there, for a plain table holds no
    more; no figure is. Raises :class:`cbi.comparison.UnknownBaselineError` for a year that was not assessed.
    """
    cards = score_years(assessments, baseline)
    answers = encoded(write_table([_fitting(one) for one in assessments]))
    manifest = {
        "format": "cbi-packet",
        "version": 1,
        "program": VERSION,
        "definitions": {card.edition.id: card.edition.hash for card in cards},
        "baseline": baseline,
        "answers": digest(answers),
        "years": [
            {
                "city": card.city,
                "year": card.year,
                "edition": card.edition.id,
                "points": card.total.points,
                "scored": card.total.scored,
            }
            for card in cards
        ],
        "sources": [asdict(source) for source in sources],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    return pack({MANIFEST: encoded(text), ANSWERS: answers})


def _fitting(assessment: Assessment) -> Assessment:
    """Cut notes and sources to what a cell of the plain table holds."""
    return replace(
        assessment,
        profile={name: _fitting_entry(entry) for name, entry in assessment.profile.items()},
        answers={name: _fitting_answer(answer) for name, answer in assessment.answers.items()},
    )


def _fitting_answer(answer: Answer) -> Answer:
    return replace(
        answer,
        inputs={name: _fitting_entry(entry) for name, entry in answer.inputs.items()},
        finished=None if answer.finished is None else _fitting_entry(answer.finished),
        note=_fitting_text(answer.note),
        source=_fitting_text(answer.source),
    )


def _fitting_entry(entry: Entry) -> Entry:
    return replace(entry, note=_fitting_text(entry.note), source=_fitting_text(entry.source))


def _fitting_text(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def is_packet(data: bytes) -> bool:
    """Tell whether some bytes are meant to be a packet, sound or not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MANIFEST in archive.namelist()
    except Exception:  # a damaged archive raises more than BadZipFile
        return False


def read_packet(data: bytes, name: str, language: str = "en") -> Packet:
    """Read a packet; ``name`` is what messages call it.

    Definitions or points other than those that the packet was written with are warnings, answers that were
    changed since an error. Raises :class:`PacketError` for what is no packet.
    """
    manifest, answers = _opened(data, name)
    problems = []
    if digest(answers) != manifest.answers:
        sentence = say("The answers in this packet are not those that it was written with. Ask for the packet again.")
        problems.append(Problem(Severity.ERROR, "answers_changed", name, sentence))
    for edition_id, known in manifest.definitions.items():
        if edition_id in EDITIONS and edition(edition_id).hash != known:
            sentence = say(
                "The {edition} edition is defined differently here than when the packet was written, with version "
                "{version} of the program. Points may differ.",
                edition=edition_id,
                version=manifest.program,
            )
            problems.append(Problem(Severity.WARNING, "other_definitions", name, sentence))
    read = read_table(answers, name=f"{name}/{ANSWERS}", language=language)
    found = {(one.city, one.year, one.edition): one for one in read.assessments}
    assessments = tuple(
        found.pop((one.city, one.year, one.edition), Assessment(one.edition, one.city, one.year))
        for one in manifest.years
    )
    problems += [problem for problem in read.problems if problem.code != "no_rows" or not assessments]
    return Packet((*assessments, *found.values()), manifest.baseline, tuple(problems))


def _opened(data: bytes, name: str) -> tuple[_Manifest, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise PacketError(say("{name} is too large for a packet.", name=name))
            manifest, answers = archive.read(MANIFEST), archive.read(ANSWERS)
    except PacketError:
        raise
    except Exception:  # a damaged archive raises more than BadZipFile
        raise _unsound(name) from None
    try:
        return _Manifest.model_validate(json.loads(manifest)), answers
    except (ValidationError, ValueError, RecursionError):
        raise _unsound(name) from None


def _unsound(name: str) -> PacketError:
    return PacketError(
        say("{name} is no packet that this program can read. Write it again, or ask for it again.", name=name)
    )
