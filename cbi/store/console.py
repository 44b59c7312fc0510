"""What the commands ``export``, ``import``, ``backup`` and ``restore`` do and say; the command line only prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cbi.i18n import Sentence, listed, listed_apart, say, translate
from cbi.problems import Problem, has_errors
from cbi.store import backup as backups
from cbi.store import exchange
from cbi.store.document import is_document, read_document
from cbi.store.errors import FileExistsAlreadyError, NotFoundError
from cbi.store.import_plan import PaperChange, PlaceChange, Plan, Who
from cbi.store.merging import Incoming
from cbi.store.person import remembered_name
from cbi.store.readable import KINDS, content_text, moment
from cbi.store.records import City, CityHistory
from cbi.store.store import Store, open_store
from cbi.tables import read_table, write_table
from cbi.terminal import clipped, table

MOST_LINES = 40
"""Changes that a preview lists one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds for the store, and what could not be read."""

    incoming: Incoming
    problems: tuple[Problem, ...] = ()


def read_whole(
    data: bytes,
    name: str,
    *,
    edition_id: str,
    numbers: str,
    language: str,
    city: str | None = None,
    year: int | None = None,
) -> Read:
    """Read an exported document, or a plain table that is too large to be shown cell by cell.

    ``city`` and ``year`` hold where the table names none. Raises :class:`cbi.store.errors.DocumentError` for a
    damaged document.
    """
    if is_document(data):
        return Read(read_document(data, name))
    found = read_table(data, name=name, edition_id=edition_id, locale=numbers, language=language)
    named = tuple(replace(one, city=one.city or city, year=one.year or year) for one in found.assessments)
    return Read(named, found.problems)


def export(out: Path | None) -> str:
    """Write the store: as one JSON document, or – for a name that ends in ``.csv`` – its values as a plain table.

    Returns what is to be printed: the document itself without ``out``, else nothing. Raises
    :class:`FileExistsAlreadyError` and :class:`NotFoundError`.
    """
    with Opened() as store:
        text = _table(store) if out and out.suffix.casefold() == ".csv" else exchange.export(store).decode()
    if out is None:
        return text
    try:
        with out.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise FileExistsAlreadyError(
            say("{file} is there already and was not overwritten. Choose another name.", file=out)
        ) from None
    except OSError as error:
        raise NotFoundError(
            say("{file} cannot be written: {detail}. Choose another folder.", file=out, detail=error.strerror)
        ) from None
    return ""


def histories(city: str | None) -> tuple[CityHistory, ...]:
    """Give the years of one city of the store by its name, or of every city.

    Raises :class:`NotFoundError` where there is none to give.
    """
    with Opened() as store:
        known = store.cities()
        wanted = [one for one in known if city is None or one.name == " ".join(city.split())]
        if not known:
            raise NotFoundError(
                say("The store holds no city yet. Name a table, or bring one in: python -m cbi import FILE --yes")
            )
        if not wanted:
            raise NotFoundError(
                say(
                    "There is no city “{name}” in the store. It holds: {known}.",
                    name=city,
                    known=listed(one.name for one in known),
                )
            )
        return tuple(store.history_of(one.id) for one in wanted)


def _table(store: Store) -> str:
    """Write the values of all cities as a plain table, and into the audit trail that they were taken away."""
    cities = store.cities()
    text = write_table(one for city in cities for one in store.history_of(city.id).assessments)
    for city in cities:
        store.trail.exported(city.id, "table")
    return text


def note_workbook(city: City) -> None:
    """Write into the audit trail that a city's workbook was taken away."""
    with Opened() as store:
        store.trail.exported(city.id, "workbook")


def import_whole(
    store: Store, read: Read, name: str, *, confirmed: bool, person: str, language: str
) -> tuple[str, Plan]:
    """Show what an import changes; with ``confirmed`` save it. Returns what to print, and the plan.

    ``person`` is who imports; the kept name holds where it is empty. Where nothing could be read there is
    nothing to print: the problems say why. Raises :class:`cbi.store.errors.NoNameError` when there is no name.
    """
    plan = exchange.preview(store, read.incoming, name)
    if plan.empty and has_errors((*read.problems, *plan.problems)):
        return "", plan
    shown = preview_text(plan, language)
    if plan.empty:
        return shown, plan
    if not confirmed:
        closing = translate("Nothing is saved yet. To save it, say the same with --yes.", language)
        return f"{shown}\n\n{closing}", plan
    exchange.apply(store, read.incoming, name, seen=plan, person=person or remembered_name())
    done = translate("Saved.", language)
    return f"{shown}\n\n{done}", plan


def preview_text(plan: Plan, language: str) -> str:
    """Put a plan into words: what is new, then every value with old and new."""
    if plan.empty:
        return translate("The store holds all of this already.", language)
    lines = news_of(plan, language)
    if plan.sources:
        lines.append(say("New or changed sources: {count}", count=len(plan.sources)).text(language))
    if plan.files:
        lines.append(say("New files: {count}", count=plan.files).text(language))
    lines += _paper_lines(plan.papers, language)
    if plan.lines:
        lines.append(say("Lines of history: {count}", count=plan.lines).text(language))
    lines += _people_lines(plan, language)
    if plan.changes:
        titles = (say("City"), say("Year"), say("Place"), say("Before"), say("After"), say("Saved by"))
        head = [title.text(language) for title in titles]
        rows = [_row(change, language) for change in plan.changes[:MOST_LINES]]
        lines += ["", table(head, rows)]
    if len(plan.changes) > MOST_LINES:
        more = say("… and {count} more", count=len(plan.changes) - MOST_LINES)
        lines.append(more.text(language))
    return "\n".join(lines)


def _people_lines(plan: Plan, language: str) -> Iterator[str]:
    """Name the people who could sign in from then on, or once could; count what comes with them."""
    if plan.people:
        yield say("New people: {names}", names=listed_apart(plan.people)).text(language)
    if plan.assignments:
        yield say("Assignments: {count}", count=plan.assignments).text(language)
    if plan.trail:
        yield say("Lines of the audit trail: {count}", count=plan.trail).text(language)


def news_of(plan: Plan, language: str) -> list[str]:
    """Name the cities and the years that are new to the store, which a slip in a name would make too."""
    lines = []
    if plan.new_cities:
        lines.append(say("New cities: {names}", names=", ".join(plan.new_cities)).text(language))
    if plan.new_years:
        years = ", ".join(f"{city} {year} ({edition})" for city, year, edition in plan.new_years)
        lines.append(say("New years: {names}", names=years).text(language))
    return lines


def saved_before(plan: Plan, language: str) -> str:
    """Name whose figures would change, place by place; empty where none would."""
    known = [change for change in plan.changes if change.here is not None]
    if not known:
        return ""
    named = listed_apart(
        say("{year} {place} ({here})", year=one.year, place=one.place, here=_who_here(one.here))
        for one in known[:MOST_LINES]
    )
    lines = [say("What stands there now was saved by: {names}", names=named).text(language)]
    if len(known) > MOST_LINES:
        lines.append(say("… and {count} more", count=len(known) - MOST_LINES).text(language))
    return "\n".join(lines)


def _paper_lines(papers: Sequence[PaperChange], language: str) -> Iterator[str]:
    """Count the new papers by their kinds; name every one that changes, for it takes the place of another."""
    if counts := Counter(paper.kind for paper in papers if paper.is_new):
        kinds = listed(say("{kind} {count}", kind=KINDS[kind], count=count) for kind, count in sorted(counts.items()))
        yield say("New papers: {kinds}", kinds=kinds).text(language)
    changed = [paper for paper in papers if paper.changes]
    if changed:
        names = listed_apart(_paper_name(paper) for paper in changed[:MOST_LINES])
        yield say("Papers that change ({count}): {names}", count=len(changed), names=names).text(language)
    if more := [paper for paper in papers if not paper.is_new and not paper.changes]:
        yield say("Papers that only get older versions: {count}", count=len(more)).text(language)


def _paper_name(paper: PaperChange) -> Sentence:
    return say(
        "{owner}, {kind} “{key}” ({here})",
        owner=paper.owner or say("whole store"),
        kind=KINDS[paper.kind],
        key=paper.key,
        here=_who_here(paper.here),
    )


def _who_here(who: Who | None) -> str:
    return f"{who[0]}, {moment(who[1])}" if who else ""


def _row(change: PlaceChange, language: str) -> list[str]:
    texts = (change.city, f"{change.year} ({change.edition})", change.place)
    values = (content_text(change.before, language), content_text(change.after, language), _who_here(change.here))
    return [clipped(" ".join(text.split()), 32) for text in (*texts, *values)]


def backup(out: Path, language: str) -> str:
    """Take a backup and say what it holds. Raises as :func:`cbi.store.backup.backup`."""
    with Opened() as store:
        backups.backup(store, out)
    return say("{file}: {held}", file=out, held=_held(backups.look_into(out))).text(language)


def restore(file: Path, *, confirmed: bool, language: str) -> str:
    """Say what a backup holds; with ``confirmed`` put it in the place of what the store holds now.

    Raises as :func:`cbi.store.backup.restore`.
    """
    held = say("{file}: {held}", file=file, held=_held(backups.look_into(file))).text(language)
    if not confirmed:
        question = translate(
            "This would take the place of all that the store holds now. To do it, say the same with --yes.", language
        )
        return f"{held}\n{question}"
    kept = backups.restore(file)
    done = say("Restored. What the store held before is kept in {file}.", file=kept) if kept else say("Restored.")
    return f"{held}\n{done.text(language)}"


def _held(summary: backups.Summary) -> object:
    return say(
        "cities: {cities}, assessments: {assessments}, last change: {time}",
        cities=summary.cities,
        assessments=summary.assessments,
        time=moment(summary.last_change) if summary.last_change else "–",
    )


class Opened:
    """The store of this machine, closed again when the command ends; it speaks ``language``."""

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def __enter__(self) -> Store:
        self._store = open_store(language=self._language)
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()
