"""What people may type, meant or not, and a city whose every text is of that kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cbi.assessment import Answer, Entry, Quality, Reason
from cbi.citieswithnature import catalogue
from cbi.citieswithnature.editing import blank
from cbi.citieswithnature.kept import keep_profile
from cbi.citieswithnature.records import Action, Commitment, Profile, Statement, Step, Tool, Upload
from cbi.corrections.keeping import keep_check, keep_correction
from cbi.planning.keeping import keep_plan, keep_scenario
from cbi.planning.plan import Plan, PlannedStep
from cbi.planning.scenario import Change, Scenario
from cbi.store import Store
from cbi.store.contents import Content
from cbi.store.records import Head, Source
from tests.corrections.given import ASKED, bands, check, correction

MARKUP = (
    '<script>window.hit=1</script><img src="http://outside.example/i.png" onerror="window.hit=2"> '
    "![p](http://outside.example/p.png) [x](javascript:window.hit=3) $x^2$ `code` *a* _b_ ~~s~~ :red[r] :small s "
    ':material/home: :8ball: a -> b &lt;i&gt; see:here{x} #read("/etc/passwd") #let x = 1 @ref <label> a|b'
)
"""Markup of HTML, Markdown, Streamlit and Typst in one line; a picture or a script of it would be noticed."""

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", '=HYPERLINK("http://outside.example")',
    "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1+1", "＠SUM(1)", "'=1+1", "''=1", "x;=1+1;y", "x\t=1+1",
)  # fmt: skip
"""What some spreadsheet program or other would work out, alone or beside a sign that parts columns somewhere."""

STRANGE = (
    "abc\u202edef", "\u2067turned \u2066", "مدينة النخيل", "עיר", "z\u200bw\u200d", "e\u0301" * 20,
    "Z" + "\u0357\u0354" * 30, "\U0001f469\u200d\U0001f469\u200d\U0001f467", "x\x07y\x1b[31mred\x1b[0m\x9b2J", "a\x00b",
    "a\ud800b", "one\r\ntwo\nthree", "x" * 100_000,
)  # fmt: skip
"""Marks that turn a line, scripts from the right, signs without a shape, and what no file can hold."""

PRINTED = bands("< 10", "10–19", "20–39", "40–59", "≥ 60")
WHO = {"person": "Mei"}


def hostile_city(store: Store, text: str, name: str | None = None, year: int = 2026) -> Head:
    """Put a text into every place of a city that takes one; figures are those of a plain city."""
    city = store.add_city(name or text[:200], person=text[:200])
    head = store.start_year(city.id, year, **WHO)
    for place, content in _contents(text).items():
        store.save(head.id, place, content, based_on=0, person=text[:200], reason=text)
    for place, content in _contents(text + " again").items():
        if isinstance(content, Entry):
            store.save(head.id, place, content, based_on=1, person=text[:200], reason=text)
    one = store.sources.of_city(city.id)[0]
    link = Source(one.source.title, text, 2024, text, text)
    store.sources.save(city.id, link, based_on=one.version, **WHO)
    store.sources.attach(one.id, f"../../{text[:150]}.pdf", b"%PDF-1.7", "application/pdf", **WHO)
    _bands(store, city.id, text)
    keep_profile(store, city.id, _profile(text[:20_000]), based_on=0, **WHO)
    place = ("natural_areas", "natural_area")
    scenario = Scenario(text[:100], text, (Change(place, Entry(Decimal(9), "km2", note=text)),))
    keep_scenario(store, head.id, scenario, based_on=0, **WHO)
    step = PlannedStep("projects", 0, 2, text[:100], year + 2, text)
    keep_plan(store, city.id, Plan(text[:100], "2021", year, 30, year + 4, steps=(step,), note=text), based_on=0, **WHO)
    return head


def _contents(text: str) -> dict[str, Content]:
    def figure(number: str, unit: str = "") -> Entry:
        return Entry(Decimal(number), unit, 2025, Quality.HIGH, text, text)

    profile = {
        "city_area": figure("33.22", "km2"),
        "population": figure("100000"),
        "laws": Entry(text, source=text, note=text),
        "geography": Entry(text),
    }
    return {
        **{f"profile.{name}": entry for name, entry in profile.items()},
        "natural_areas": Answer({"natural_area": figure("7", "km2")}, note=text, source=text),
        "projects": Answer({"projects": figure("12")}, note=text, source=text),
        "awareness": Answer(finished=figure("3"), note=text),
        "budget": Answer(reason=Reason.CONFIDENTIAL, note=text, source=text),
        "arthropod_species_change": Answer({"group": Entry(text, note=text)}),
    }


def _bands(store: Store, city_id: int, text: str) -> None:
    words = {"person": text[:100], "note": text}
    seen = check("awareness", printing=text[:100], **words)
    keep_check(store, city_id, ASKED, seen, today=seen.on, based_on=0, **WHO)
    keep_correction(
        store,
        city_id,
        ASKED,
        correction("projects", PRINTED, source=text[:100], decimals=0, **words),
        based_on=0,
        **WHO,
    )


def _profile(text: str) -> Profile:
    empty = blank(text[:200], catalogue(), date(2026, 5, 4))
    said = Statement(text, date(2026, 5, 4))
    commitment = Commitment(text, (Action(text, text, said, said, key="a1"),), "c1")
    areas = (replace(empty.areas[0], commitments=(commitment,)), *empty.areas[1:])
    first: Step = empty.pathway[0]
    pathway = (replace(first, uploads=(Upload(text, text, "u1"),)), *empty.pathway[1:])
    tools = (Tool(text, text, text, "t1"),)
    return replace(
        empty, about=text, country=text, region=text, head_of_government=text, areas=areas, pathway=pathway, tools=tools
    )
