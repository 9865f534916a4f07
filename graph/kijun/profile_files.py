"""Profiles on disk: read from a workbook, a folder of CSV or RDF, and written as any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kijun.delivery import to_file
from kijun.errors import BadInput
from kijun.lines import visible
from kijun.profile import Finding, Profile, Reading, several
from kijun.profile_faults import fault
from kijun.profile_schema import BY_KEY
from kijun.register_names import NO_NAMES, RegisterNames, in_words
from kijun.saying import cause, worded

_BOOKS = (".xlsx", ".xlsm")
_RDF = (".ttl", ".nt", ".jsonld", ".json", ".rdf", ".owl", ".xml")
_REFERRED = {"bodies": ("name", "short"), "concerns": ("name",)}
"""What cells refer to that may hold several names."""


def read(path: Path | str) -> Reading:
    """Return what a file or folder says, and what is wrong with how it says it.

    Raises:
        BadInput: there is no such file, or it cannot be read at all.
    """
    reading = _read(path)
    return reading._replace(findings=(*reading.findings, *_names_apart(reading.profile)))


def _names_apart(profile: Profile) -> Iterator[Finding]:
    """Yield what to say of names that would be taken for several where they are referred to."""
    for key, names in _REFERRED.items():
        for row in profile.table(key):
            for name in names:
                if (text := row.get(name)) and several(text) != (text,):
                    place = row.place._replace(column=BY_KEY[key].column(name).ja)
                    yield fault("separator-in-name", place, text=text)


def _read(path: Path | str) -> Reading:
    place = Path(path)
    shown = visible(str(path))
    ending = place.suffix.lower()
    try:
        if place.is_dir() or (ending == ".csv" and place.is_file()):
            from kijun.profile_csv import read_csv

            return read_csv(place, shown)
        if not place.is_file():
            raise BadInput(
                worded(
                    "{file}: no ordinary file; give an .xlsx workbook, a folder of CSV files, "
                    "or RDF (.ttl, .jsonld, .nt, .rdf)",
                    file=shown,
                )
                if place.exists()
                else worded(
                    "{file}: there is no such file; give an .xlsx workbook, a folder of CSV "
                    "files, or RDF (.ttl, .jsonld, .nt, .rdf)",
                    file=shown,
                )
            )
        if ending in _BOOKS:
            from kijun.profile_workbook import read_workbook

            return read_workbook(place, shown)
        if ending in _RDF:
            from kijun.profile_rdf import read_rdf

            return read_rdf(place, shown)
    except OSError as error:
        raise _unreadable(shown, cause(error)) from error
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        raise _unreadable(shown, cause(error)) from error
    raise BadInput(
        worded(
            '{file}: a profile does not go by the ending "{ending}"; save it as an .xlsx workbook',
            file=shown,
            ending=ending,
        )
        if ending in (".xls", ".ods")
        else worded(
            '{file}: a profile does not go by the ending "{ending}"; give an .xlsx workbook, a '
            "folder of CSV files, or RDF (.ttl, .jsonld, .nt, .rdf)",
            file=shown,
            ending=ending,
        )
    )


def _unreadable(shown: str, reason: str) -> BadInput:
    return BadInput(
        worded(
            "{file}: cannot be read ({reason}); give an .xlsx workbook, a folder of CSV files, "
            "or RDF (.ttl, .jsonld, .nt, .rdf)",
            file=shown,
            reason=reason,
        )
    )


def write(
    profile: Profile, path: Path | str, names: RegisterNames = NO_NAMES, lang: str = "ja"
) -> None:
    """Write a profile: a workbook, RDF, or a folder of CSV for a place without an ending.

    ``names`` turn the names of bodies into their IRIs for RDF, and back for the others; ``lang``
    is the language of headings and of words from closed lists.

    Raises:
        BadInput: another ending, or a place that cannot be written.
    """
    place = Path(path)
    shown = visible(str(path))
    match place.suffix.lower():
        case ".ttl" | ".jsonld" | ".nt" | ".rdf":
            from kijun.profile_triples import write_rdf

            write_rdf(profile, place, names.iri)
        case ".xlsx":
            from kijun.profile_template import template_bytes

            to_file(template_bytes(in_words(profile, names), names, lang), place)
        case "":
            from kijun.profile_csv import write_csv

            write_csv(in_words(profile, names), place, shown, lang)
        case ending:
            raise BadInput(
                worded(
                    '{shown}: no profile is written with the ending "{ending}"; use .xlsx, .ttl, '
                    ".jsonld, .nt, .rdf, or a name without an ending for a folder of CSV",
                    shown=shown,
                    ending=ending,
                )
            )
