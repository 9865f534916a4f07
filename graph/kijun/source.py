"""The reader's own copy of the guideline: checked against the facts, kept outside the project.

kijun ships hashes and no sentences.  :func:`attach` checks a file sentence by sentence and
keeps its words in the user's data folder; :func:`sentence_texts` gives them back, each checked
again, so that no answer ever quotes words that the facts do not vouch for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from kijun import content, sections, text
from kijun.delivery import to_file
from kijun.errors import BadInput, KijunError
from kijun.saying import cause, worded
from kijun.terms import ID, NS

_LARGEST = 8_000_000
"""More bytes than any edition of the guideline has; the draft of 2016 has 20,326."""

_SENTENCES = f"{ID}sentence/"


class Attached(NamedTuple):
    """What :func:`attach` did: the file read, the copy kept, and how many sentences it holds."""

    source: Path
    copy: Path
    sentences: int


# --- what the facts say -----------------------------------------------------------------


def hashes(quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> dict[str, str]:
    """Return the SHA-256 of every sentence by IRI, from the triples of a file or a store.

    With a store, ``store.quads_for_pattern(None, NamedNode(NS + "sha256"), None)`` is enough.
    """
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == f"{NS}sha256"
        and isinstance(quad.subject, pyoxigraph.NamedNode)
        and isinstance(quad.object, pyoxigraph.Literal)
        and quad.subject.value.startswith(_SENTENCES)
    }


def shipped_hashes() -> dict[str, str]:
    """Return the SHA-256 of every sentence by IRI, from the shipped facts.

    Raises :exc:`KijunError` where the installation lacks them.
    """
    path = content.ONTOLOGY / "facts" / "text.ttl"
    try:
        found = hashes(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise KijunError(
            worded("{path}: cannot be read ({error}); install kijun again", path=path, error=error)
        ) from error
    if not found:
        raise KijunError(worded("{path}: holds no sentence; install kijun again", path=path))
    return found


# --- reading an edition -----------------------------------------------------------------


def read(path: str | os.PathLike[str]) -> text.Edition:
    """Read a file and split it into sections and sentences.

    Raises :exc:`BadInput` for a file that is missing, a folder, unreadable, larger than 8 MB,
    not UTF-8 text, or without the guideline's structure.
    """
    given = Path(path)
    name = str(given)
    if given.is_dir():
        raise BadInput(
            worded("{name}: is a folder; name the text file of the guideline", name=name)
        )
    try:
        with given.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise BadInput(
            worded("{name}: there is no such file; name the guideline's text", name=name)
        ) from None
    except (OSError, ValueError) as error:
        raise BadInput(
            worded("{name}: cannot be read ({error})", name=name, error=_reason(error))
        ) from error
    if len(data) > _LARGEST:
        raise BadInput(
            worded(
                "{name}: is larger than {largest} MB; no edition is",
                name=name,
                largest=_LARGEST // 1_000_000,
            )
        )
    return text.split(_decode(data, name), name)


def _decode(data: bytes, name: str) -> str:
    """Return the characters of a UTF-8 file, with or without a byte order mark.

    ``name`` is what an error calls the file.  Raises :exc:`BadInput` for an empty file, for
    other encodings (Shift_JIS as cp932 and UTF-16 are named) and for binary data.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f"):
        raise BadInput(
            worded("{name}: the file is empty; give the guideline's text in UTF-8", name=name)
        )
    if data.startswith(b"%PDF"):
        raise BadInput(
            worded("{name}: the file is a PDF; save its text as a UTF-8 text file", name=name)
        )
    if data.startswith(b"PK\x03\x04"):
        raise BadInput(
            worded(
                "{name}: the file is a ZIP-based office document; save its text as a UTF-8 "
                "text file",
                name=name,
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(worded("{name}: the file is UTF-16 text; save it again as UTF-8", name=name))
    if b"\x00" in data:
        raise BadInput(
            worded("{name}: the file is binary, not text; give the text in UTF-8", name=name)
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start + 1
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        raise BadInput(
            worded(
                "{name}: the file is not UTF-8 text (first at byte {place}); save it again as "
                "UTF-8",
                name=name,
                place=place,
            )
        ) from None
    raise BadInput(
        worded("{name}: the file looks like Shift_JIS (cp932); save it again as UTF-8", name=name)
    )


# --- attaching --------------------------------------------------------------------------


def attach(path: str | os.PathLike[str], expected: Mapping[str, str] | None = None) -> Attached:
    """Check every sentence of a file against the facts and keep a copy of the sentences.

    ``expected`` are the hashes by sentence IRI, those of the shipped facts if not given.  The
    copy is replaced as a whole: a kill at any moment leaves the old one or the new one.

    Raises:
        BadInput: the file cannot be used (see :func:`read`), or its sentences are not those
            that kijun encodes; the message says how many are.  Nothing is kept then.
        KijunError: the data folder cannot be written.
    """
    expected = shipped_hashes() if expected is None else expected
    given = Path(path)
    words = {
        sections.sentence_iri(sentence.section, sentence.ordinal): sentence.text
        for sentence in read(given).sentences
    }
    found = {iri: text.sha256(sentence) for iri, sentence in words.items()}
    if found != expected:
        raise BadInput(_mismatch(given, found, expected))
    copy = copy_path()
    _keep(copy, json.dumps({"sentences": words}, ensure_ascii=False, indent=0).encode("utf-8"))
    return Attached(given, copy, len(words))


def sentence_texts(expected: Mapping[str, str] | None = None) -> dict[str, str] | None:
    """Return the attached sentences by IRI, or None where nothing is attached.

    Every sentence is checked again against ``expected`` (hashes by sentence IRI, those of the
    shipped facts if not given).

    Raises :exc:`KijunError` for a copy that is unreadable, damaged or of another edition.
    """
    copy = copy_path()
    try:
        data = copy.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KijunError(
            worded(
                "{copy}: cannot be read ({reason}); attach the guideline again: "
                "kijun source attach FILE",
                copy=copy,
                reason=_reason(error),
            )
        ) from error
    expected = shipped_hashes() if expected is None else expected
    try:
        kept = json.loads(data.decode("utf-8"))["sentences"]
        words = {iri: kept[iri] for iri in expected}
        sound = len(kept) == len(words) and all(
            text.sha256(words[iri]) == digest for iri, digest in expected.items()
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise KijunError(
            worded(
                "{copy}: does not hold the sentences that kijun encodes; attach the guideline "
                "again: kijun source attach FILE",
                copy=copy,
            )
        )
    return words


def _mismatch(path: Path, found: Mapping[str, str], expected: Mapping[str, str]) -> str:
    there = set(found.values())
    same = sum(digest in there for digest in expected.values())
    told = {"path": path, "same": same, "all": len(expected)}
    if same < len(expected):
        return worded(
            "{path}: {same} of the {all} sentences match, so nothing is attached; to compare the "
            "editions: kijun source check {path}",
            **told,
        )
    return worded(
        "{path}: {same} of the {all} sentences match, but in other places or with others between, "
        "so nothing is attached; to compare the editions: kijun source check {path}",
        **told,
    )


# --- where the copy is kept -------------------------------------------------------------


def data_folder() -> Path:
    """Return the user's data folder of kijun, which need not exist.

    ``KIJUN_DATA`` names it; without that it is ``kijun`` under ``LOCALAPPDATA`` on Windows and
    under ``XDG_DATA_HOME`` (by default ``~/.local/share``) elsewhere.

    Raises :exc:`KijunError` where no home folder is known, or where the folder would lie
    inside a checkout of kijun, from where the guideline's words could slip into a commit.
    """
    folder = _data_folder(windows=sys.platform == "win32").absolute()
    checkout = content.ONTOLOGY.parent.resolve()
    if (checkout / "pyproject.toml").is_file() and folder.resolve().is_relative_to(checkout):
        raise KijunError(
            worded(
                "{folder}: lies inside kijun's own source folder; set KIJUN_DATA to another folder",
                folder=folder,
            )
        )
    return folder


def copy_path() -> Path:
    """Return the file that holds the attached sentences; raises like :func:`data_folder`."""
    return data_folder() / "sentences.json"


def _data_folder(*, windows: bool) -> Path:
    own = os.environ.get("KIJUN_DATA")
    base = os.environ.get("LOCALAPPDATA" if windows else "XDG_DATA_HOME")
    try:
        if own:
            return Path(own).expanduser()
        # The XDG specification has relative paths ignored.
        if base and (windows or Path(base).is_absolute()):
            return Path(base) / "kijun"
        home = Path.home()
    except RuntimeError as error:
        raise KijunError(worded("no home folder is known; set KIJUN_DATA to a folder")) from error
    return home.joinpath(*(("AppData", "Local") if windows else (".local", "share")), "kijun")


def _keep(copy: Path, data: bytes) -> None:
    try:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        to_file(data, copy)
    except (OSError, KijunError) as error:
        raise KijunError(
            worded(
                "{copy}: cannot be written ({error}); set KIJUN_DATA to another folder",
                copy=copy,
                error=_reason(error),
            )
        ) from error


def _reason(error: Exception) -> str:
    return cause(error.__cause__ or error)
