"""What people type is shown as text, kept as it is, and obeyed by nothing: not by a page, a spreadsheet, a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from cbi.assessment import Answer, Assessment, Entry
from cbi.cli import main
from cbi.report import report_content, write_datapackage, write_packet, write_pdf
from cbi.report.plain import Action, Said, SourceDetail, SourceFile
from cbi.store import open_store
from cbi.store.errors import NotAllowedError
from cbi.store.texts import file_name
from cbi.tables import read_table, write_records, write_table
from cbi.tables.marks import guarded, unguarded
from cbi.terminal import calm
from cbi.views.basics import ISOLATE, clipped, plain
from cbi.workbook.exports import exports
from tests.typed import FORMULAS, MARKUP, STRANGE, WHO, hostile_city

ROOT = Path(__file__).parents[1]
PAGES = ("overview", "enter", "imports", "compare", "plan", "report", "actions", "evidence", "handbook", "settings")
BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
LONG = " ".join(f"w{number}" for number in range(17_000))[:100_000]


# The page


def as_read(markdown: str) -> str:
    """What a reader sees of a text that was escaped for Markdown; tests/browser/test_typed.py proves the rules."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.replace("\u2060", "").replace("  \n", "\n")).replace(
        "\xa0", " "
    )


@given(st.text(alphabet="ab1 \t\n\\`*_[](){}$~<>#|&@:.-+=!/w^\"'é中", max_size=60))
def test_escaping_loses_nothing(text: str) -> None:
    lines = [line.replace("\t", "    ") if not line.strip() else line for line in text.split("\n")]
    shown = as_read(plain(text)).split("\n")
    assert [one.split() for one in shown] == [one.split() for one in lines]


def test_a_name_from_the_right_does_not_turn_the_figures_beside_it() -> None:
    assert plain("مدينة النخيل (1)") == f"{ISOLATE}مدينة النخيل (1)\u2069"
    assert plain("Names: عיר, ab") == f"Names: {ISOLATE}عיר\u2069, ab"


@pytest.mark.parametrize("mark", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"])
def test_no_mark_reaches_beyond_the_text_that_holds_it(mark: str) -> None:
    assert plain(f"a{mark}b") == "ab"


def test_a_cut_text_is_no_markup_either() -> None:
    assert clipped("*" * 100) == "\\*" * 60 + "…"


@pytest.mark.parametrize("text", ["x" * 100_000, ":" * 100_000, ":" + "a" * 100_000, "\n" * 100_000, "א!" * 50_000])
def test_a_very_long_text_is_made_ready_in_no_time(text: str) -> None:
    begun = time.process_time()
    plain(text)
    assert time.process_time() - begun < 5  # 0.1 s; a pattern that looks back over all of it takes minutes


def texts_of(app: AppTest) -> list[str]:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return [str(element.value) for kind in kinds for element in app.get(kind)]


@pytest.mark.long
@pytest.mark.parametrize("text", [MARKUP, *STRANGE], ids=range(1 + len(STRANGE)))
def test_every_page_opens_with_texts_of_every_kind(text: str) -> None:
    head = hostile_city(open_store(), text, name="Riverton" if text in STRANGE else None)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["assessment"] = str(head.id)
    app.run()
    app.session_state["person"] = "Mei"
    for page in PAGES:
        app.switch_page(f"cbi/views/{page}.py").run()
        assert not app.exception, page
        for shown in texts_of(app):
            assert not re.search("[\u202a-\u202e\ud800-\udfff]", shown)
            if text is MARKUP:
                assert not re.search(r"(?<!\\)<(script|img)|(?<!\\)\[x(?<!\\)\]\(|(?<!\\)`code|:material/home:", shown)


# Spreadsheets


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_table_begins_a_formula(text: str) -> None:
    year = Assessment("2021", text.strip(), 2026, {"laws": Entry(text, source=text, note=text)})
    rows = list(csv.reader(io.StringIO(write_table([year]))))
    cells = [cell for row in rows for cell in row if cell]
    assert not [cell for cell in cells if cell.lstrip().startswith(BEGINS_A_FORMULA)]
    parts = [part for cell in cells for part in re.split("[;\t]", cell)[1:]]
    assert not [part for part in parts if part.startswith(BEGINS_A_FORMULA)]


@given(st.text(alphabet="=+-@＝＋－＠';\t\r\n 1a,.\"", max_size=12))
def test_the_mark_against_formulas_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_a_list_of_figures_stays_one_that_programs_can_read() -> None:
    assert guarded("3;-4;+2.5") == "3;-4;+2.5"
    assert guarded("2026-05-16") == "2026-05-16"


@pytest.mark.parametrize("text", [MARKUP, *FORMULAS])
def test_a_table_reads_back_without_loss(text: str) -> None:
    kept = text.strip()  # a cell has no blanks around it
    entry = Entry(kept, source=kept, note=kept)
    year = Assessment("2021", "Town", 2026, {"laws": entry}, {"budget": Answer(note=kept, source=kept)})
    for written, name in ((write_table([year]), "a.csv"), (write_records([year]), "a.json")):
        assert read_table(written.encode(), name=name).assessments == (year,)


@pytest.mark.long
def test_libreoffice_finds_no_formula_and_no_link(tmp_path: Path) -> None:
    texts = [one.strip() for one in FORMULAS]
    inputs = ["laws", "geography", "pressures", "ecosystems", "agencies", "protection", "partners", "websites"]
    profile = {name: Entry(texts[n], source=texts[n + 8], note=texts[-n]) for n, name in enumerate(inputs)}
    year = Assessment("2021", "=1+1", 2026, profile)
    (tmp_path / "table.csv").write_bytes(exports([year])["csv"])
    (tmp_path / "book.xlsx").write_bytes(exports([year])["xlsx"])
    for name, into in (("table.csv", "xlsx:Calc MS Excel 2007 XML"), ("book.xlsx", "xlsx:Calc MS Excel 2007 XML")):
        semicolons = ["--infilter=CSV:44/59/9,34,76,1"] if name == "table.csv" else []
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--headless",
            *semicolons,
            "--convert-to",
            into,
        ]
        out = tmp_path / f"of {name}"
        subprocess.run(
            [*command, "--outdir", str(out), str(tmp_path / name)], check=True, capture_output=True, timeout=120
        )
        book = openpyxl.load_workbook(next(out.glob("*.xlsx")))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert len(cells) > 20
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert not [
            cell.hyperlink.target for cell in cells if cell.hyperlink and "outside" in str(cell.hyperlink.target)
        ]


@pytest.mark.parametrize("text", [MARKUP, *FORMULAS, *STRANGE])
def test_an_export_to_excel_holds_texts_only(text: str) -> None:
    year = Assessment("2021", text[:200], 2026, {"laws": Entry(text, source=text, note=text)})
    book = openpyxl.load_workbook(io.BytesIO(exports([year])["xlsx"]))
    for sheet in book:
        assert re.fullmatch(r"[^\[\]:*?/\\]{1,31}", sheet.title)
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" or cell.hyperlink]


# Reports and packages


def hostile_year(text: str) -> tuple[Assessment, list[Action], list[SourceDetail]]:
    entry = Entry(Decimal(3), note=text, source=text)
    year = Assessment("2021", text[:200], 2026, {"laws": Entry(text)}, {"awareness": Answer(finished=entry, note=text)})
    file = SourceFile(text[:200], "ab" * 32, 8)
    detail = SourceDetail(text, text, 2024, text, text, (file,))
    return year, [Action(*[text] * 3, *[Said(text)] * 3)], [detail]


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', '#image("/etc/passwd")', "#let x = `a` @ref <label> $x$ \\ // /*"]
)
def test_a_report_runs_nothing_and_reads_no_file(text: str) -> None:
    year, actions, sources = hostile_year(text)
    document = pypdfium2.PdfDocument(write_pdf(report_content([], year, actions=actions, sources=sources)))
    shown = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "".join(text.split()) in shown.replace("\u200b", "")
    assert "root:" not in shown


@pytest.mark.parametrize("text", [MARKUP, *STRANGE], ids=range(1 + len(STRANGE)))
def test_every_line_of_a_report_lies_within_its_page(text: str) -> None:
    year, actions, sources = hostile_year(text)
    document = pypdfium2.PdfDocument(write_pdf(report_content([], year, actions=actions, sources=sources)))
    for page in document:
        words = page.get_textpage()
        edges = [words.get_charbox(sign) for sign in range(words.count_chars())]
        assert all(left >= 0 and right <= page.get_width() + 0.5 for left, _, right, _ in edges)


@pytest.mark.parametrize("text", [MARKUP, "../../x", *STRANGE[:-1]])
def test_archives_hold_names_of_ours_only(text: str) -> None:
    year, actions, sources = hostile_year(text)
    package = write_datapackage([year], licence="CC0-1.0", actions=actions, sources=sources)
    for data in (package, write_packet([year], sources=sources)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert all(re.fullmatch(r"(data/)?[a-z_]+\.(csv|json|md|txt)", name) for name in archive.namelist())
            for name in archive.namelist():
                archive.read(name).decode("utf-8")


# The terminal


def test_a_terminal_is_told_nothing_but_our_colours() -> None:
    assert calm("\x1b[1mname\x1b[0m \x1b[31merror\x1b[0m") == "\x1b[1mname\x1b[0m \x1b[31merror\x1b[0m"
    assert (
        calm("a\x1b[2Jb\x1b]0;title\x07\x9b2J\rc\u202ed\x08") == "a\ufffd[2Jb\ufffd]0;title\ufffd\ufffd2J\ufffdcd\ufffd"
    )
    assert calm("one\n\ttwo 荔波") == "one\n\ttwo 荔波"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_names_from_a_file_give_no_orders_to_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        'city,year,indicator,value\n"Town\x1b[2J\x1b]0;x\x07\x9b2J",2026,awareness,3\n1\x1b[8m,2026,x\x1b[8m,3\n'
    )
    screens = Screen(), Screen()
    monkeypatch.setattr("sys.stdout", screens[0])
    monkeypatch.setattr("sys.stderr", screens[1])
    with pytest.raises(SystemExit):
        main(["score", str(table)])
    shown = [screen.getvalue() for screen in screens]
    assert "Town" in shown[0]
    assert not re.search("\x1b(?!\\[(0|1|3[136])m)|[\x07\x9b]", "".join(shown))


# Names, and how long they may be


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Windows\\x.pdf", "x.pdf"), ("photo\u202egpj.exe", "photo gpj.exe"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"), ("..", ".."), ("", "file"), ("地图.pdf", "地图.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), (".pdf", ".pdf"),
    ],
)  # fmt: skip
def test_a_file_has_a_name_without_folders_or_tricks(name: str, kept: str) -> None:
    assert file_name(name) == kept


@pytest.mark.parametrize("name", ["x" * 201, "城" * 100_000])
def test_a_name_that_is_too_long_is_refused_in_words_and_never_cut(name: str) -> None:
    store = open_store()
    with pytest.raises(NotAllowedError) as refused:
        store.add_city(name, **WHO)
    assert f"it has {len(name)} signs, and 200 are the most" in refused.value.sentence.text("en", "en").replace(
        "0,0", "00"
    )
    with pytest.raises(NotAllowedError):
        store.add_city("Riverton", person=name)
    assert not store.cities()


def test_a_note_of_100_000_characters_is_kept_and_handed_on_whole() -> None:
    store = open_store()
    head = store.start_year(store.add_city("Riverton", **WHO).id, 2026, **WHO)
    answer = Answer(finished=Entry(Decimal(3), note=LONG))
    store.save(head.id, "awareness", answer, based_on=0, **WHO)
    kept = store.assessment(head.id).assessment
    assert kept.answers["awareness"] == answer
    assert read_table(write_table([kept]).encode(), name="a.csv").assessments == (kept,)
    assert json.loads(write_records([kept]))[0]["note"] == LONG
