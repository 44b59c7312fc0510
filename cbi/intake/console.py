"""What the command ``import`` does with workbooks and forms: it reads, shows, and saves what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cbi.assessment import Assessment
from cbi.corrections import NO_BANDS
from cbi.i18n import say, translate
from cbi.intake import printing
from cbi.intake.mapping import FormMapping
from cbi.intake.model import FormKind, Received
from cbi.intake.preview import Preview, applied, preview
from cbi.intake.receiving import receive_each
from cbi.problems import Problem, Severity
from cbi.sheets.guards import MOST_BYTES, too_large
from cbi.store import exchange
from cbi.store.console import Opened
from cbi.store.document import is_document, read_document
from cbi.store.merging import Incoming
from cbi.store.person import remembered_name
from cbi.store.store import Store


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for on the command line."""

    files: tuple[Path, ...]
    mappings: Mapping[str, FormMapping]
    answers: Mapping[str, str]
    choices: Mapping[str, str]
    confirmed: bool
    person: str
    city: str | None
    year: int | None
    edition_id: str
    numbers: str
    language: str


@dataclass(slots=True)
class Done:
    """What is to be printed: text for people, data for programs. ``is_open`` tells that questions are left."""

    blocks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    assessments: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    is_open: bool = False
    unusable: bool = False
    language: str = "en"

    @property
    def text(self) -> str:
        """All that people read."""
        return "\n\n".join(block for block in self.blocks if block)

    @property
    def data(self) -> dict[str, Any]:
        """All that programs read."""
        problems = [problem.to_dict(self.language) for problem in self.problems]
        return {"assessments": self.assessments, "unknown": self.unknown, "problems": problems}


_Key = tuple[str, int, str]


def run(request: Request) -> Done:
    """Read every file, show what it changes year by year, and save it if that was confirmed.

    Raises :class:`cbi.store.errors.StoreError` for what the store cannot do.
    """
    done = Done(language=request.language)
    groups: dict[_Key, list[Received]] = {}
    with Opened() as store:
        for file in request.files:
            data = _bytes(file, request, done)
            if data is None:
                continue
            if is_document(data):
                _save(store, read_document(data, file.name), file.name, request, done)
                continue
            for one in _received(file, data, request):
                _sort(one, request, groups, done)
        for key, received in groups.items():
            _take(store, key, received, request, done)
    done.unusable = done.unusable and not groups
    if groups and not request.confirmed and any(one["items"] for one in done.assessments):
        done.blocks.append(translate("Nothing is saved yet. To save it, say the same with --yes.", request.language))
    return done


def _bytes(file: Path, request: Request, done: Done) -> bytes | None:
    """Read a file; what cannot be opened is said, and the other files go on."""
    try:
        if file.stat().st_size > MOST_BYTES:
            error = too_large()
            done.problems.append(Problem(Severity.ERROR, error.code, str(file), error.sentence))
            return None
        return file.read_bytes()
    except OSError as error:
        sentence = say("The file cannot be opened: {found}.", found=error.strerror)
        done.problems.append(Problem(Severity.ERROR, "unreadable", str(file), sentence))
        done.unusable = True
        return None


def _received(file: Path, data: bytes, request: Request) -> tuple[Received, ...]:
    return receive_each(
        data,
        file.name,
        edition_id=request.edition_id,
        locale=request.numbers,
        language=request.language,
        mappings=request.mappings,
        answers=request.answers,
    )


def _sort(received: Received, request: Request, groups: dict[_Key, list[Received]], done: Done) -> None:
    """Put what was received to its year; what is no answer to the index is said."""
    if received.unknown is not None:
        done.problems += received.problems
        sentence = say("The form is not known: say with --mapping what its fields are. Suggestions are listed.")
        done.problems.append(Problem(Severity.ERROR, "unknown_form", received.name, sentence))
        done.blocks.append(printing.unknown_form(received, request.language))
        done.unknown.append(printing.unknown_data(received, request.language))
        return
    if received.form is FormKind.REFUSED or not (received.items or received.questions):
        done.problems += received.problems
        if received.form is not FormKind.REFUSED and not received.problems:
            sentence = say("The file holds no entries yet.")
            done.problems.append(Problem(Severity.NOTE, "no_entries", received.name, sentence))
        return
    city, year = received.city or request.city, received.year or request.year
    if not city or year is None:
        done.problems += received.problems
        sentence = say("The file names no city or no year. Say which they are with --city and --year.")
        done.problems.append(Problem(Severity.ERROR, "no_city_or_year", received.name, sentence))
        return
    groups.setdefault((" ".join(city.split()), year, received.edition), []).append(received)


def _take(store: Store, key: _Key, received: Sequence[Received], request: Request, done: Done) -> None:
    """Show what one year gets, and save it if that was confirmed."""
    city, year, edition_id = key
    known = store.find_city(city)
    history = store.history_of(known.id) if known is not None else None
    others = history.assessments if history is not None else ()
    now = next((one for one in others if (one.year, one.edition) == (year, edition_id)), None)
    shown = preview(
        received,
        now or Assessment(edition_id, city, year),
        others,
        baseline=history.baseline if history is not None else None,
        bands=history.bands if history is not None else NO_BANDS,
        language=request.language,
    )
    undecided = [one for one in shown.conflicts if one.id not in request.choices]
    done.problems += shown.problems
    done.is_open = done.is_open or bool(shown.questions or undecided)
    done.blocks.append(printing.preview_text(shown, request.language))
    saved = False
    if request.confirmed:
        after = _agreed(shown, request)
        if after != shown.now:
            names = ", ".join(dict.fromkeys(one.name for one in received))
            saved = _save(store, (after,), names, request, done)
        else:
            done.blocks.append(translate("The store holds all of this already.", request.language))
    done.assessments.append({**printing.preview_data(shown, request.language), "saved": saved})


def _agreed(shown: Preview, request: Request) -> Assessment:
    return replace(applied(shown, choices=request.choices), city=shown.now.city, year=shown.now.year)


def _save(store: Store, incoming: Incoming, name: str, request: Request, done: Done) -> bool:
    """Save if that was confirmed. Returns whether something was saved."""
    plan = exchange.preview(store, incoming, name)
    done.problems += plan.problems
    if plan.empty or not request.confirmed:
        return False
    exchange.apply(store, incoming, name, seen=plan, person=request.person or remembered_name())
    done.blocks.append(translate("Saved.", request.language))
    return True
