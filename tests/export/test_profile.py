"""A district on one page: the document, its print, and the command that writes them all."""

import base64
import io
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pypdf
import pytest

from components.cli.main import main
from components.export import figure_output
from components.export.documents import district_document
from components.export.documents.urls import UrlBuilder
from components.export.files import atomic
from components.export.rendering import chromium
from components.figure import Figure
from components.figures.drawing.markup import element
from components.figures.registry import draw
from components.text.sentences import full_name
from components.text.strings import LANGS
from components.view import View
from tests.components.reading import Document, squeezed

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "components" / "assets" / "fonts"
DISTRICTS = ("alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu")
WORDS = {
    "kk": "Әуезов ауданы: ғимарат, қала, таң, өзен, ұшақ, үй, һәм, іс",
    "ru": "Ауэзовский район: подъезд, ёж, щука, вьюга",
    "en": "Auezov district: “quoted” – 5 m²",
}
A4_POINTS = (210 / 25.4 * 72, 297 / 25.4 * 72)


def content(lang: str):
    """Something like a figure: heading, paragraph, table, picture."""
    row = element("tr", element("th", "A", scope="row"), element("td", "1", class_="number"))
    circle = element("svg", element("circle", r=4, cx=5, cy=5), role="img", aria_label="•", viewBox="0 0 9 9")
    return element(
        "section",
        element("h1", WORDS[lang]),
        element("p", element("b", WORDS[lang]), class_="sentence"),
        element("table", element("tbody", row)),
        circle,
        lang=lang,
    )


def made(lang: str) -> str:
    return district_document.document(content(lang), WORDS[lang], lang)


def inside(html: str) -> dict[str, str]:
    """The font files in a document, by name, with the ranges they are declared for."""
    names = {path.read_bytes(): path.name for path in FONTS.glob("*.woff2")}
    found = {}
    for block in re.findall(r"@font-face \{.*?\}", html):
        (data,) = re.findall(r"base64,([^)]+)\)", block)
        found[names[base64.b64decode(data)]] = re.search("unicode-range: ([^;]+);", block)[1]
    return found


class Sheet(NamedTuple):
    """A district's page as it leaves the dashboard."""

    figure: Figure
    html: str
    pdf: pypdf.PdfReader
    words: str
    """Everything that can be selected in the PDF, without any space: it has its own."""


@pytest.fixture(scope="session")
def sheets(dataset, installed) -> dict[tuple[str, str], Sheet]:
    """All eight districts in all three languages, printed once."""
    made = {}
    for area in DISTRICTS:
        for lang in LANGS:
            figure = draw("district", View(lang=lang, district=(area,)), dataset)
            html = figure_output.district_sheet(figure, "html").decode()
            pdf = pypdf.PdfReader(io.BytesIO(figure_output.district_sheet(figure, "pdf")))
            words = squeezed(" ".join(page.extract_text() for page in pdf.pages))
            made[area, lang] = Sheet(figure, html, pdf, words)
    return made


@pytest.mark.parametrize("lang", LANGS)
def test_the_head_says_language_characters_title_and_policy(lang):
    html = made(lang)
    assert html.lower().startswith("<!doctype html>\n<html ")
    read = Document(html)
    assert read.of("html") == [{"lang": lang}]
    assert read.of("meta")[0] == {"charset": "utf-8"}
    assert html.encode().index(b"charset") < 1024, "browsers look for it in the first kilobyte"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in read.of("meta")
    (policy,) = (one["content"] for one in read.of("meta") if "http-equiv" in one)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
    assert WORDS[lang] in [words for _, words in read.words]
    assert read.of("main") == [{"id": "figure"}]


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_holds_all_it_shows(lang):
    html = made(lang)
    read = Document(html)
    assert not {"link", "script", "iframe", "object", "img", "base"} & {tag for tag, _ in read.tags}
    used = re.findall(r"url\(([^)]{0,40})", html)
    assert used
    assert all(one.startswith(("data:font/woff2;base64,", "#")) for one in used)
    assert "@import" not in html


def test_the_styles_of_figures_and_of_the_sheet_are_inside_as_they_are():
    html = made("en")
    for name in ("figure.css", "profile.css"):
        assert (ROOT / "components" / "assets" / name).read_text(encoding="utf-8") in html


def test_a_text_cannot_become_markup():
    title = '</title><script>alert("1")</script> & <b>'
    read = Document(district_document.document(element("p", title), title, "en"))
    assert not {"script", "b"} & {tag for tag, _ in read.tags}
    assert "".join(words for _, words in read.words).count(title) == 2


def test_the_content_is_left_as_it_was():
    section = content("kk")
    assert district_document.document(section, "x", "kk") == district_document.document(section, "x", "kk")
    assert [one.tag for one in section] == ["h1", "p", "table", "svg"]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("Almaty2050", {"latin"}),
        ("Алматы", {"cyrillic"}),
        ("ұ", {"cyrillic", "cyrillic-ext"}),  # declared for both
        ("Әділ", {"cyrillic", "cyrillic-ext"}),
        ("ғқңөүһ", {"cyrillic-ext"}),
        ("Қала №1", {"latin", "cyrillic", "cyrillic-ext"}),
        ("Ā₸", {"latin-ext"}),
    ],
)
def test_only_the_fonts_that_the_text_needs_are_inside(text, files):
    found = inside(district_document.document(element("p", text), text, "kk"))
    assert {*found} == {f"inter-{name}-wght-normal.woff2" for name in files}


def test_the_fonts_are_declared_as_the_server_declares_them():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    declared = {one["url"].split("/")[-1]: one["unicodeRange"] for one in theme["fontFaces"]}
    every = inside(district_document.document(element("p", "AБҚĀ"), "", "kk"))
    assert every == declared


def test_all_districts_in_all_languages_print_as_one_tagged_a4_page_each(sheets):
    assert len(sheets) == 8 * 3
    pages = {case: len(sheet.pdf.pages) for case, sheet in sheets.items()}
    assert {case: count for case, count in pages.items() if count != 1} == {}
    for (area, lang), sheet in sheets.items():
        root = sheet.pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own kind of true
        assert root["/Lang"] == lang
        assert sheet.pdf.metadata.title == full_name(area, lang)
        (only,) = sheet.pdf.pages
        assert [float(side) for side in only.mediabox[2:]] == pytest.approx(A4_POINTS, abs=1)


def test_every_word_and_number_of_a_sheet_can_be_selected(sheets):
    """Sentence by sentence as the document has them; what is in no sentence of it is in none of the PDF."""
    lost = {}
    for case, sheet in sheets.items():
        parts = [squeezed(words) for tag, words in Document(sheet.html).words if tag != "style"]
        lost[case] = [one for one in parts if one and one not in sheet.words]
    assert {case: found for case, found in lost.items() if found} == {}


def test_the_kazakh_sheets_have_every_kazakh_letter(sheets):
    for area in DISTRICTS:
        words = sheets[area, "kk"].words.lower()
        assert {*"әғқңөұүһі"} - {*words} <= {"һ"}, (
            area
        )  # its only word in these texts: no sheet has to have it
    letters = district_document.document(element("p", "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"), "", "kk")
    (only,) = pypdf.PdfReader(io.BytesIO(chromium.pdf(letters))).pages
    assert squeezed(only.extract_text()).startswith("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def test_a_sheet_keeps_room_for_longer_data(sheets):
    """A line's height is left at the foot of the fullest sheet, beside its margin of 10 mm."""
    for case, sheet in sheets.items():
        lowest = []
        (only,) = sheet.pdf.pages
        only.extract_text(
            visitor_text=lambda text, matrix, _, *rest, lowest=lowest: (
                lowest.append(placed(matrix, _)) if text.strip() else None
            )
        )
        assert min(lowest) > (10 + 4) / 25.4 * 72, case


def placed(matrix: list[float], of_text: list[float]) -> float:
    """How high a text stands, in points from the foot of its page."""
    return of_text[4] * matrix[1] + of_text[5] * matrix[3] + matrix[5]


def test_its_fonts_are_embedded_and_no_other_font_stands_in(sheets):
    (only,) = sheets["auezov", "kk"].pdf.pages
    fonts = [one.get_object() for one in only["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        if font["/Subtype"] == "/Type3":  # how Chromium embeds variable fonts: as drawings of their glyphs
            assert font["/CharProcs"]
        else:
            assert "+Inter" in font["/BaseFont"]
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_the_same_content_gives_the_same_bytes(sheets):
    html = sheets["medeu", "kk"].html
    assert chromium.pdf(html) == chromium.pdf(html)


def test_the_address_of_the_figure_gives_the_same_sheet(sheets):
    sheet = sheets["medeu", "kk"]
    urls = UrlBuilder("https://almaty.example", str)
    content = figure_output.file(sheet.figure, urls, "pdf")
    assert content == figure_output.district_sheet(sheet.figure, "pdf")
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "deep" / "one.html"
    atomic.write(path, b"first")
    atomic.write(path, b"second")
    assert path.read_bytes() == b"second"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write(path, b"third")
    assert path.read_bytes() == b"second"
    assert [one.name for one in path.parent.iterdir()] == ["one.html"]


@pytest.fixture
def command():
    """``almaty2050 profiles`` into a folder."""
    return lambda folder, *words: main(["profiles", "--out", str(folder), *words])


def test_the_command_writes_a_pdf_and_a_document_each(command, tmp_path, capsys):
    folder = tmp_path / "deep" / "out"
    words = "--lang kk --lang en --district medeu --district auezov --district medeu"
    assert command(folder, *words.split()) == 0
    stems = {f"almaty2050_district_{one}_{lang}" for one in ("medeu", "auezov") for lang in ("kk", "en")}
    assert {one.name for one in folder.iterdir()} == {f"{s}.{end}" for s in stems for end in ("pdf", "html")}
    for stem in stems:
        *_, district, lang = stem.split("_")
        title = full_name(district, lang)
        assert Document((folder / f"{stem}.html").read_text(encoding="utf-8")).of("html") == [{"lang": lang}]
        reader = pypdf.PdfReader(folder / f"{stem}.pdf")
        assert reader.trailer["/Root"]["/Lang"] == lang
        assert reader.metadata.title == title
        assert squeezed(title) in squeezed(reader.pages[0].extract_text())
    assert capsys.readouterr() == ("", ""), "a bar where there is no terminal"


def test_on_a_terminal_a_bar_says_how_far_it_is(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(chromium, "pdf", lambda html, **_: b"%PDF-")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert command(tmp_path, "--lang", "en", "--district", "medeu", "--district", "almaly") == 0
    bars = re.findall(r"\[(#*)(-*)\] +([12])/2", capsys.readouterr().err)
    assert [done for *_, done in bars] == ["1", "2"]
    assert [bool(rest) for _, rest, _ in bars] == [True, False], "the bar is full at the end"


def test_without_further_words_it_is_every_district_in_every_language(command, sheets, tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "pdf", lambda html, **_: b"%PDF-")
    assert command(tmp_path) == 0
    expected = {
        f"almaty2050_district_{district}_{lang}.{ending}"
        for district in DISTRICTS
        for lang in ("kk", "ru", "en")
        for ending in ("pdf", "html")
    }
    assert len(expected) == 8 * 3 * 2
    assert {one.name for one in tmp_path.iterdir()} == expected


def test_without_chromium_the_documents_are_still_written(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(chromium, "_made", chromium._Chromium)
    assert command(tmp_path, "--lang", "kk") == 1
    assert {one.name for one in tmp_path.iterdir()} == {
        f"almaty2050_district_{district}_kk.html" for district in DISTRICTS
    }
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"{tmp_path}: HTML only, no PDF: ")
    assert "install Chromium" in sentence


def test_one_that_cannot_be_printed_is_named_and_the_others_are_written(
    command, tmp_path, monkeypatch, capsys
):
    def printed(html: str, **_: object) -> bytes:
        if f"<h1>{full_name('almaly', 'ru')}</h1>" in html:
            raise chromium.RenderingFailed("Chromium crashed twice.")
        return b"%PDF-"

    monkeypatch.setattr(chromium, "pdf", printed)
    assert command(tmp_path, "--lang", "ru") == 1
    assert len([*tmp_path.glob("*.html")]) == 8
    assert len([*tmp_path.glob("*.pdf")]) == 7
    named = tmp_path / "almaty2050_district_almaly_ru.pdf"
    assert capsys.readouterr().err.splitlines() == [f"{named}: Chromium crashed twice."]


def test_an_unknown_district_is_named_before_anything_is_written(command, tmp_path, capsys):
    assert command(tmp_path / "out", "--district", "medeu", "--district", "almali") == 1
    assert 'district "almali" is unknown; the nearest are almaly, ' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_language_is_refused(command, tmp_path, capsys):
    assert command(tmp_path, "--lang", "de") == 2
    assert "kk" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(command, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert command(tmp_path / "taken", "--lang", "kk") == 1
    assert "cannot be written (" in capsys.readouterr().err
