"""A report as one page of HTML that stands alone: no script, no network, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kijun.content import PACKAGE
from kijun.errors import MissingExtra
from kijun.report import Report
from kijun.saying import worded

if TYPE_CHECKING:
    import jinja2


def report_page(report: Report) -> str:
    """Return the page; what users wrote is text in it, whatever it looks like.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    handling = "取扱い：" if report.lang == "ja" else "Handling: "
    template = _environment().get_template("report.html")
    return template.render(report=report, handling=handling)


def _environment() -> jinja2.Environment:
    try:
        import jinja2
    except ImportError as error:
        raise MissingExtra(
            worded('a report needs the extra "report": pip install "kijun[report]"')
        ) from error
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
