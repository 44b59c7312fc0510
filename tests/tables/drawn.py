"""Any sound assessment, and how it is written as a long table."""

import csv
import io
from decimal import Decimal

from hypothesis import strategies as st

from cbi import edition
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions.models import OwnInput
from cbi.tables import COLUMNS

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\n",;\t'), min_size=1, max_size=20
).map(lambda text: f"“{text}”")
AREAS = st.decimals(0, 10**7, places=2)
WHOLE = st.integers(0, 10**7).map(Decimal)
KEPT = st.fixed_dictionaries(
    {},
    optional={
        "data_year": st.integers(1900, 2099),
        "quality": st.sampled_from(Quality),
        "source": TEXTS,
        "note": TEXTS,
    },
)
UNITS = {
    "area": ["ha", "km2", "m2", "mu", "wan_mu", "acre", "sq_mi"],
    "people": ["", "thousand", "wan", "million"],
    "money": ["EUR", "CNY"],
}


def entries(asked: OwnInput) -> st.SearchStrategy[Entry]:
    """Any sound entry of an input, in any unit that it takes."""
    kind = asked.kind
    ids = [item.id for item in asked.items]
    values: dict[str, st.SearchStrategy[object]] = {
        "area": AREAS,
        "money": AREAS,
        "amount": AREAS,
        "percent": AREAS,
        "list of area": st.lists(AREAS, min_size=1, max_size=5).map(tuple),
        "text": TEXTS,
        "change": st.integers(-50, 50).map(Decimal),
        "choice": st.sampled_from(ids or [""]),
        "checklist": st.lists(st.sampled_from(ids or [""]), unique=True).map(tuple),
    }
    units = UNITS.get("area" if kind == "list of area" else kind, [""])
    return st.builds(
        lambda value, unit, kept: Entry(value, unit, **kept), values.get(kind, WHOLE), st.sampled_from(units), KEPT
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Any sound assessment of either edition."""
    asked = edition(draw(st.sampled_from(["2021", "2014"])))
    profile = {name: draw(entries(given)) for name, given in asked.profile_inputs.items() if draw(st.booleans())}
    answers = {}
    for indicator in asked.indicators:
        what = draw(st.sampled_from(["nothing", "inputs", "finished", "reason"]))
        if what == "reason":
            answers[indicator.id] = Answer(reason=draw(st.sampled_from(Reason)), note=draw(TEXTS))
        elif what == "finished" and indicator.ladder:
            answers[indicator.id] = Answer(finished=Entry(draw(st.sampled_from(indicator.ladder)).id, **draw(KEPT)))
        elif what == "finished":
            answers[indicator.id] = Answer(finished=Entry(draw(st.integers(0, 100).map(Decimal)), **draw(KEPT)))
        elif what == "inputs":
            own = {name: given for name, given in indicator.inputs.items() if isinstance(given, OwnInput)}
            inputs = {name: draw(entries(given)) for name, given in own.items() if draw(st.booleans())}
            if inputs:
                answers[indicator.id] = Answer(inputs=inputs)
    return Assessment(asked.id, "Città, “K”", 2026, profile, answers)


def written(assessment: Assessment) -> str:
    """Write an assessment as a long table, by the words of the documentation."""

    def row(indicator: str, name: str, entry: Entry) -> list[object]:
        given = entry.value
        text = (";".join(map(str, given)) or "none") if isinstance(given, tuple) else str(given)
        kept = [entry.data_year or "", entry.quality or "", entry.source, entry.note, ""]
        return [assessment.city, assessment.year, assessment.edition, indicator, name, text, entry.unit, *kept]

    file = io.StringIO()
    out = csv.writer(file)
    out.writerow(COLUMNS)
    for name, entry in assessment.profile.items():
        out.writerow(row("profile", name, entry))
    for indicator, answer in assessment.answers.items():
        for name, entry in answer.inputs.items():
            out.writerow(row(indicator, name, entry))
        if answer.finished:
            out.writerow(row(indicator, "", answer.finished))
        if answer.reason:
            where = [assessment.city, assessment.year, assessment.edition, indicator]
            out.writerow([*where, *[""] * 6, answer.note, answer.reason])
    return file.getvalue()
