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
from cbi.intake.grids import is_beyond_cells
from cbi.intake.kept_forms import KeptForm, keep_form, kept_forms
from cbi.intake.mapping import FormMapping
from cbi.intake.model import FormKind, Received
from cbi.intake.preview import applied, preview
from cbi.intake.receiving import receive_each
from cbi.problems import Problem, Severity, has_errors
from cbi.sheets.guards import MOST_BYTES, too_large
from cbi.store import exchange
from cbi.store.console import Opened, import_whole, news_of, read_whole, saved_before
from cbi.store.document import is_document
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
    agreed: dict[str, list[Assessment]] = field(default_factory=dict)
    """What was agreed to so far, by city: a later year of the same files is scored beside it."""
    forms: list[dict[str, Any]] = field(default_factory=list)
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
        return {
            "assessments": self.assessments,
            "forms": self.forms,
            "unknown": self.unknown,
            "problems": problems,
        }


_Key = tuple[str, int, str]


def run(request: Request) -> Done:
    """Read every file, show what it changes year by year, and save it if that was confirmed.

    Raises :class:`cbi.store.errors.StoreError` for what the store cannot do.
    """
    done = Done(language=request.language)
    groups: dict[_Key, list[Received]] = {}
    with Opened() as store:
        kept = kept_forms(store)
        for file in request.files:
            data = _bytes(file, request, done)
            if data is None:
                continue
            if is_document(data) or is_beyond_cells(data):
                _take_whole(store, data, file.name, request, done)
                continue
            received = _received(file, data, request, kept)
            if any(_is_cut(one) for one in received):
                _take_whole(store, data, file.name, request, done)
                continue
            for one in received:
                _sort(one, request, groups, done)
                _tell_form(store, one, kept, request, done)
        changed = [_take(store, key, groups[key], request, done) for key in _in_order(groups)]
        _save(store, [one for one in changed if one is not None], groups, request, done)
    done.unusable = done.unusable and not groups
    return done


def _in_order(groups: Mapping[_Key, Sequence[Received]]) -> list[_Key]:
    """Sort the years of each city, because a year is scored beside the earlier ones; cities stay as they came."""
    cities = list(dict.fromkeys(city for city, _, _ in groups))
    return sorted(groups, key=lambda key: (cities.index(key[0]), key[1], key[2]))


def _is_cut(received: Received) -> bool:
    """Tell whether a plain table has more rows than are shown cell by cell."""
    return received.form is FormKind.TABLE and any(problem.code == "too_large" for problem in received.problems)


def _take_whole(store: Store, data: bytes, name: str, request: Request, done: Done) -> None:
    """Show what a document or a very large table changes, and save it if that was confirmed."""
    read = read_whole(
        data,
        name,
        edition_id=request.edition_id,
        numbers=request.numbers,
        language=request.language,
        city=request.city,
        year=request.year,
    )
    text, plan = import_whole(
        store, read, name, confirmed=request.confirmed, person=request.person, language=request.language
    )
    done.blocks.append(text)
    done.problems += [*read.problems, *plan.problems]


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


def _received(file: Path, data: bytes, request: Request, kept: Mapping[str, KeptForm]) -> tuple[Received, ...]:
    return receive_each(
        data,
        file.name,
        edition_id=request.edition_id,
        locale=request.numbers,
        language=request.language,
        mappings={**{key: one.mapping for key, one in kept.items()}, **request.mappings},
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


def _tell_form(store: Store, received: Received, kept: Mapping[str, KeptForm], request: Request, done: Done) -> None:
    """Say with which mapping a form was read and what it leaves out; keep one that was given."""
    form = received.mapped
    if form is None:
        return
    given, known = request.mappings.get(form.fingerprint), kept.get(form.fingerprint)
    mapping = given or (known.mapping if known else None)
    if mapping is None:
        return
    is_new = given is not None and (known is None or known.mapping != given)
    if is_new and request.confirmed:
        keep_form(store, mapping, person=request.person or remembered_name())
    done.forms.append(printing.form_data(received.name, form, mapping))
    done.blocks.append(printing.form_text(received.name, form, mapping, None if given else known, request.language))
    if is_new:
        kept_now = say("The mapping is kept for every file of this form.")
        kept_later = say("With --yes the mapping is kept for every file of this form.")
        done.blocks.append((kept_now if request.confirmed else kept_later).text(request.language))


def _take(store: Store, key: _Key, received: Sequence[Received], request: Request, done: Done) -> Assessment | None:
    """Show what one year gets; gives the year as it was agreed to, or None where nothing changes."""
    city, year, edition_id = key
    known = store.find_city(city)
    history = store.history_of(known.id) if known is not None else None
    earlier = done.agreed.setdefault(city.casefold(), [])
    others = _with(history.assessments if history is not None else (), earlier)
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
    done.assessments.append({**printing.preview_data(shown, request.language), "saved": False})
    after = replace(applied(shown, choices=request.choices), city=shown.now.city, year=shown.now.year)
    earlier.append(after)
    if after != shown.now:
        return after
    return None


def _with(stored: Sequence[Assessment], agreed: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Put what was agreed to in the place of what stands in the store."""
    keys = {(one.year, one.edition) for one in agreed}
    return (*(one for one in stored if (one.year, one.edition) not in keys), *agreed)


def _save(
    store: Store,
    changed: Sequence[Assessment],
    groups: Mapping[_Key, Sequence[Received]],
    request: Request,
    done: Done,
) -> None:
    """Save all years together if that was confirmed; else say how."""
    language = request.language
    if not changed:
        if done.assessments and not (done.is_open or has_errors(done.problems)):
            done.blocks.append(translate("The store holds all of this already.", language))
        return
    name = ", ".join(dict.fromkeys(one.name for received in groups.values() for one in received))
    plan = exchange.preview(store, tuple(changed), name)
    done.problems += plan.problems
    if plan.empty:
        return
    done.blocks += ["\n".join(news_of(plan, language)), saved_before(plan, language)]
    if not request.confirmed:
        done.blocks.append(translate("Nothing is saved yet. To save it, say the same with --yes.", language))
        return
    exchange.apply(store, tuple(changed), name, seen=plan, person=request.person or remembered_name())
    done.blocks.append(translate("Saved.", language))
    saved = {(one.city, one.year, one.edition) for one in changed}
    for one in done.assessments:
        one["saved"] = (one["city"], one["year"], one["edition"]) in saved
