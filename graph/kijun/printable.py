"""A report that is ready to be printed: as a page or as a document."""

from __future__ import annotations

from pathlib import Path

from kijun.delivery import to_file
from kijun.errors import BadInput
from kijun.lines import visible
from kijun.report import Report
from kijun.saying import worded

FORMS = {"html": "html", "htm": "html", "docx": "docx"}


class Printable:
    """A printable report about one body; a notebook shows it by itself.

    >>> import kijun
    >>> kijun.open().report("日本年金機構").parts.title
    '日本年金機構　情報セキュリティ対策の点検報告書'
    """

    def __init__(self, parts: Report) -> None:
        self.parts = parts

    def html(self) -> str:
        """Return one self-contained page; raises MissingExtra without the extra ``report``."""
        from kijun.report_page import report_page

        return report_page(self.parts)

    def docx(self) -> bytes:
        """Return a document of Word; raises MissingExtra without the extra ``report``."""
        from kijun.report_document import report_document

        return report_document(self.parts)

    def save(self, place: Path | str, form: str | None = None) -> None:
        """Write the report to a file: ``html`` or ``docx``, by its ending or ``form``.

        Raises:
            BadInput: no such format, or a place that cannot be written.
            MissingExtra: the extra ``report`` is not installed.
        """
        form = report_form(place, form)
        to_file(self.html().encode() if form == "html" else self.docx(), place)

    def _repr_html_(self) -> str:
        from html import escape

        page = escape(self.html(), quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="600" style="border:0"></iframe>'


def report_form(place: Path | str, form: str | None) -> str:
    """Return in which format a report is written.

    Raises:
        BadInput: neither the format nor the ending of the file is one of a report's.

    >>> report_form("report.htm", None)
    'html'
    """
    found = FORMS.get(form or Path(place).suffix[1:].lower())
    if found is None:
        raise BadInput(
            worded("{output}: a report is written as .html or .docx", output=visible(str(place)))
        )
    return found
