"""What can be viewed, and a drawing that shows itself in notebooks and writes itself to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from kijun.boundary_picture import boundary_picture
from kijun.delivery import to_file
from kijun.duty_picture import duties_picture
from kijun.errors import BadInput, UnknownName
from kijun.formats import agreed
from kijun.framework_pictures import drafting_picture, framework_picture
from kijun.lines import visible
from kijun.parties import Answers
from kijun.picture import Picture
from kijun.report_pictures import reports_picture, route_picture
from kijun.saying import listing, worded

FORMS = ("html", "svg")
"""The formats of drawings."""


class View(NamedTuple):
    """One kind of picture: how it is made, the names that it takes, and its options."""

    make: Callable[..., Picture]
    names: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


VIEWS: Mapping[str, View] = {
    "reports": View(reports_picture, ("BODY",), ("about", "expand")),
    "route": View(route_picture, ("FROM", "TO"), ("about",)),
    "duties": View(duties_picture, ("BODY",)),
    "boundary": View(boundary_picture, ("PLATFORM",)),
    "drafting": View(drafting_picture),
    "framework": View(framework_picture),
}
"""What can be viewed, by name."""


class Drawing:
    """A picture that is ready to be looked at: in a notebook, as a page or as SVG.

    ``picture`` holds what is drawn, with the table it comes from. A notebook shows the drawing by
    itself; nothing in it reaches for the network.

    >>> import kijun
    >>> drawing = kijun.open().view("route", "日本年金機構", "NISC", about="incident")
    >>> drawing.picture.title
    '日本年金機構からNISCへの経路（インシデント）'
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def html(self) -> str:
        """Return one self-contained page; raises MissingExtra where pyvis is not installed."""
        from kijun.drawing import page_of

        return page_of(self.picture)

    def svg(self) -> str:
        """Return plain SVG, for documents."""
        from kijun.svg import svg_of

        return svg_of(self.picture)

    def save(self, place: Path | str, form: str | None = None) -> None:
        """Write the drawing to a file: ``html`` or ``svg``, by its ending or ``form``.

        Raises:
            BadInput: no such format, or a place that cannot be written.

        >>> import kijun, pathlib, tempfile
        >>> place = pathlib.Path(tempfile.mkdtemp()) / "drafting.svg"
        >>> kijun.open().view("drafting").save(place)
        >>> place.read_text(encoding="utf-8")[:4]
        '<svg'
        """
        to_file(self.bytes_in(drawing_form(place, form)), place)

    def bytes_in(self, form: str) -> bytes:
        """Return the drawing in a format, in UTF-8."""
        return (self.svg() if form == "svg" else self.html()).encode()

    def _repr_html_(self) -> str:
        from kijun.drawing import frame_of

        return frame_of(self.picture)

    def __repr__(self) -> str:
        return f'<kijun drawing "{self.picture.title}">'


def drawing(
    graph: Answers, what: str, names: tuple[str, ...], options: Mapping[str, object]
) -> Drawing:
    """Return a drawing of one of :data:`VIEWS`; options that are None or false count as not given.

    Raises:
        UnknownName: there is no such view, or nothing is called so; BadInput for names or options
            that it does not take.
    """
    if what not in VIEWS:
        known = tuple(VIEWS)
        raise UnknownName(
            worded(
                'there is no view "{what}"; choose one of {known}',
                what=visible(what[:60]),
                known=listing(known),
            ),
            what,
            known,
        )
    view = VIEWS[what]
    if len(names) != len(view.names):
        wanted = " ".join(("view", what, *view.names))
        raise BadInput(
            worded(
                "{what}: names wanted: {wanted}, given: {given}; say {form}",
                what=what,
                wanted=len(view.names),
                given=len(names),
                form=wanted,
            )
        )
    given = {name: value for name, value in options.items() if value not in (None, False)}
    for name in given:
        if name not in view.options:
            raise BadInput(
                worded("view {what} takes no {name}; leave it out", what=what, name=name)
            )
    return Drawing(view.make(graph, *names, **given))


def drawing_form(place: Path | str | None, given: str | None = None) -> str:
    """Return the format of a drawing: the one given, else by the file's ending, else html.

    >>> drawing_form("lines.svg"), drawing_form(None)
    ('svg', 'html')

    Raises:
        BadInput: no such format, or an ending that names none or another.
    """
    ending = Path(place or "").suffix.lower().lstrip(".")
    form = given or {"": "html", "htm": "html"}.get(ending, ending)
    if form not in FORMS:
        known = listing(FORMS)
        raise BadInput(
            worded(
                'no format is called "{form}"; choose one of {known}',
                form=visible(form),
                known=known,
            )
            if given
            else worded("{place}: not a drawing; choose one of {known}", place=place, known=known)
        )
    return agreed(place, form, {".htm": "html"})
