"""A report as a Word document: A4 across, its marking on top and at the foot of every page."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from kijun.errors import MissingExtra
from kijun.report import Grid, Part, Report
from kijun.saying import worded

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Yu Gothic"
_TONES = {"open": "F8CBAD", "good": "E2F0D9", "idle": "E9EBEE"}
_DARK, _RED = "1F3864", "9C0006"
_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 297, 210, 14


def report_document(report: Report) -> bytes:
    """Return the document.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra(
            worded('a report as a document needs the extra "report": pip install "kijun[report]"')
        ) from error
    document = docx.Document()
    _fonts(document)
    _page(document, report)
    document.add_heading(report.title, 0)
    for name, text in report.facts:
        line = document.add_paragraph()
        line.add_run(f"{name}　").bold = True
        line.add_run(text)
    for note in report.notes:
        document.add_paragraph(note, style="Intense Quote")
    for part in report.parts:
        _add(document, part)
    # Who printed it and when is said in the report itself, where it is said.
    document.core_properties.author = "kijun"
    document.core_properties.title = report.title
    document.core_properties.created = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _fonts(document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for name, size in (("Normal", 9.5), ("Title", 18), ("Heading 1", 14), ("Heading 2", 11)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(side), _FONT)
        tongue = OxmlElement("w:lang")
        # Without it, programs draw Japanese with the letters of Chinese.
        tongue.set(qn("w:eastAsia"), "ja-JP")
        style.element.get_or_add_rPr().append(tongue)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(2)
    quote: Any = document.styles["Intense Quote"]
    quote.font.italic = False


def _page(document: Document, report: Report) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, RGBColor

    section: Any = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(16)
    section.header_distance = section.footer_distance = Mm(7)
    handling = "取扱い：" if report.lang == "ja" else "Handling: "
    for place in (section.header, section.footer):
        line = place.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if report.marking:
            said = line.add_run(f"{handling}{report.marking}")
            said.bold, said.font.color.rgb = True, RGBColor.from_string(_RED)
    line = section.footer.paragraphs[0]
    line.add_run("　　")
    _field(line, "PAGE")
    line.add_run(" / ")
    _field(line, "NUMPAGES")


def _field(line: Any, name: str) -> None:
    """Add a number that the program counts itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        run = line.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = name
        else:
            code = OxmlElement("w:fldChar")
            code.set(qn("w:fldCharType"), kind)
        run._r.append(code)


def _add(document: Document, part: Part) -> None:
    document.add_heading(part.heading, 1)
    for sentence in part.sentences:
        document.add_paragraph(sentence)
    for grid in part.grids:
        if grid.caption:
            document.add_heading(grid.caption, 2)
        _table(document, grid)
        document.add_paragraph()


def _table(document: Document, grid: Grid) -> None:
    from docx.shared import Mm, Pt, RGBColor

    table: Any = document.add_table(rows=1, cols=len(grid.headings), style="Table Grid")
    table.autofit = False
    whole = sum(width for _, width in grid.headings)
    widths = [Mm((_WIDTH_MM - 2 * _MARGIN_MM) * width / whole) for _, width in grid.headings]
    for cell, (heading, _) in zip(table.rows[0].cells, grid.headings, strict=True):
        said = cell.paragraphs[0].add_run(heading)
        said.bold, said.font.color.rgb, said.font.size = True, RGBColor(255, 255, 255), Pt(9)
        _shade(cell, _DARK)
    _mark(table.rows[0], "w:tblHeader")
    for row in grid.rows:
        added = table.add_row()
        _mark(added, "w:cantSplit")
        for cell, one in zip(added.cells, row, strict=True):
            said = cell.paragraphs[0].add_run(one.text)
            said.font.size = Pt(9)
            if one.tone in _TONES:
                said.bold = one.tone == "open"
                _shade(cell, _TONES[one.tone])
    for place, width in enumerate(widths):
        table.columns[place].width = width
        for cell in table.columns[place].cells:
            cell.width = width


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
