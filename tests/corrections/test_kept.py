"""Checks and corrections kept with a city: saved after the proof, scored by from the store, marked for programs."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cbi.cli import main
from cbi.corrections import CorrectionError, key_of
from cbi.corrections.effect import effects
from cbi.corrections.keeping import keep_check, keep_correction, newest_version, said_in, versions, withdraw
from cbi.definitions import edition
from cbi.store import exchange, open_store
from cbi.store.document import read_document
from cbi.store.errors import OutdatedPaperError
from cbi.store.records import Kind
from cbi.tables import read_table
from tests.corrections.given import ASKED, DAY, bands, check, correction

DEMO = Path(__file__).parents[2] / "data" / "demo"
SCHEMA = json.loads((Path(__file__).parents[1] / "scorecard.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def store():
    found = open_store()
    incoming = read_table(DEMO / "example-city.csv").assessments
    exchange.apply(found, incoming, "example", seen=exchange.preview(found, incoming, "example"), person="Mei")
    yield found
    found.close()


@pytest.fixture
def city(store):
    return store.cities()[0].id


@pytest.fixture
def cbi(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def kept(store, city, one=None, based_on=0):
    return keep_correction(store, city, ASKED, one or correction(), based_on=based_on, person="Mei Yang")


def test_the_history_of_a_city_brings_what_it_says_of_bands(store, city):
    before = store.mark(city)
    kept(store, city)
    assert store.mark(city) != before  # so that every visit reads it anew
    keep_check(store, city, ASKED, check(), today=DAY, based_on=0, person="Li")
    said = store.history_of(city).bands
    assert (said.corrections, said.checks, said.problems) == ((correction(),), (check(),), ())
    other = store.add_city("Riverton", person="Mei")
    assert store.history_of(other.id).bands.corrections == ()


def test_what_is_withdrawn_no_longer_holds_and_stays_in_the_history(store, city):
    kept(store, city)
    key = key_of("2021", "climate_regulation")
    withdraw(store, city, Kind.BAND_CORRECTION, key, based_on=1, person="Li")
    assert store.history_of(city).bands.corrections == ()
    papers = versions(store, city, "2021", "climate_regulation")
    assert [(paper.person, said_in(paper)) for paper in papers] == [("Mei Yang", correction()), ("Li", None)]
    assert (newest_version(papers, Kind.BAND_CORRECTION), newest_version(papers, Kind.BAND_CHECK)) == (2, 0)
    kept(store, city, based_on=2)
    assert store.history_of(city).bands.corrections == (correction(),)


def test_nothing_is_kept_without_its_proof_nor_over_another_person(store, city):
    with pytest.raises(CorrectionError):
        kept(store, city, correction(printed=bands("< 10", "10–24.9", "25.1–39.9", "40–79.9", "≥ 80")))
    with pytest.raises(CorrectionError):
        keep_check(store, city, ASKED, check(on=date(2027, 1, 1)), today=DAY, based_on=0, person="Mei")
    assert versions(store, city, "2021", "climate_regulation") == ()
    kept(store, city)
    with pytest.raises(OutdatedPaperError, match="after you had begun"):
        kept(store, city, correction(source="another page"))


def test_the_effect_names_the_points_of_every_year(store, city):
    history = store.history_of(city)
    asked = [one for one in history.assessments if one.edition == "2021"]
    found = effects(history, correction())
    assert [one.year for one in found] == [one.year for one in asked]
    for one in found:
        value = one.before.value
        # printed: < 10, 10–24.9, 25–39.9, 40–79.9, ≥ 80
        assert one.after.points == sum(value >= edge for edge in (10, 25, 40, 80))
        assert one.then.total.points - one.now.total.points == one.after.points - one.before.points
    high = correction(printed=bands("< 97", "97–97.9", "98–98.9", "99–99.9", "≥ 100"))
    assert all(one.after.points == 0 and one.changes for one in effects(history, high))


def test_a_correction_goes_with_an_export(store, city, tmp_path):
    kept(store, city)
    document = exchange.export(store)
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    incoming = read_document(document, "export.json")
    exchange.apply(other, incoming, "export", seen=exchange.preview(other, incoming, "export"), person="Li")
    assert other.history_of(other.cities()[0].id).bands.corrections == (correction(),)
    other.close()


# The command line


def test_the_scorecard_of_the_store_is_marked(store, city, cbi):
    kept(store, city)
    keep_check(store, city, ASKED, check("awareness", printing=""), today=DAY, based_on=0, person="Li")
    _, out, _ = cbi("score", "--json")
    cards = json.loads(out)
    Draft202012Validator(SCHEMA).validate(cards)
    for card in cards:
        ours = card["edition"] == "2021"
        assert card["corrected"] == (["climate_regulation"] if ours else [])
        assert (card["definitions"] == edition(card["edition"]).hash) is not ours
        assert [one["id"] for one in card["indicators"] if one["bands_corrected"]] == card["corrected"]
    _, out, _ = cbi("score")
    assert "implemented; the city's own bands †" in out
    assert "11: the city's own bands, entered by Mei Yang on 2026-11-22 from: 2021 printing, p. 60" in out
    assert "27: bands checked by Mei Yang on 2026-11-20 against the handbook" in out
    _, out, _ = cbi("compare")
    assert "† the city's own bands in place of the definition's" in out
    _, out, _ = cbi("compare", "--json")
    years = json.loads(out)[0]["years"]
    assert [year["corrected"] for year in years if year["edition"] == "2021"] == [["climate_regulation"]] * 2


def test_a_file_knows_no_corrections(store, city, cbi):
    kept(store, city)
    _, out, _ = cbi("score", DEMO / "example-city.csv", "--json")
    assert [card["corrected"] for card in json.loads(out)] == [[], [], []]


def test_a_spoiled_paper_is_an_error_beside_the_score(store, city, cbi):
    store.papers.save(Kind.BAND_CORRECTION, "2021/park_access", {"bands": []}, based_on=0, person="Mei", city_id=city)
    code, out, err = cbi("score")
    assert code == 1
    assert "What the city says of these bands cannot be read" in err
    assert "Climate Regulation" in out
