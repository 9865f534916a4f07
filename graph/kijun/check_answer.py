"""The answer of ``kijun check``: files read, everything found in them, and the judge's verdict."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import NamedNode, parse

from kijun import profile_files, shapes
from kijun.errors import BadInput
from kijun.findings import answer_of
from kijun.formats import Answer
from kijun.profile import Finding, Reading
from kijun.profile_check import checked
from kijun.saying import worded
from kijun.situation import Situation
from kijun.standing import Graph
from kijun.tables import marked
from kijun.terms import NS

_PROFILE = NamedNode(NS + "Profile")

PathLike = str | os.PathLike[str]


def check(
    graph: Graph, files: Sequence[PathLike], *, owl: bool = False, timeout: float | None = None
) -> Answer:
    """Return everything wrong with some profiles; with ``owl``, also what HermiT says of it all.

    With ``owl``, a file of Turtle or N-Triples that describes no profile is judged as it stands,
    and with no file the ontology alone.

    Raises:
        BadInput: a file cannot be read, or is given twice.
        MissingExtra: the extra ``check`` (``owl`` for the judge) is not installed.
        LimitReached: the reasoner needed more time or memory.
    """
    raw = [file for file in files if owl and _is_raw(Path(file))]
    profiles = [file for file in files if file not in raw]
    situation: Situation | None = None
    findings: tuple[Finding, ...] = ()
    notes = graph.notes()
    if profiles:
        shapes.require()
        situation, findings = checked(readings(profiles), graph)
        notes = [situation.handling(graph.lang), *notes, counted(findings, graph.lang)]
    if not owl:
        return _marked(answer_of(None, notes, graph.lang, findings), situation)
    from kijun.judge import SECONDS
    from kijun.owl_findings import by_owl
    from kijun.situation_sources import sourced

    own = sourced(situation, graph.lang) if situation else None
    judged = by_owl(graph, raw, situation=own, seconds=timeout or SECONDS)
    answer = answer_of(judged.contradictions, [*notes, judged.summary], graph.lang, findings)
    return _marked(answer, situation)


def _marked(answer: Answer, situation: Situation | None) -> Answer:
    """Return findings with how the profiles in which they are are to be handled."""
    if situation is None:
        return answer
    rows = [dict(row) for row in answer.rows]
    return answer._replace(columns=marked(answer.columns, rows, situation.marking), rows=rows)


def readings(files: Sequence[PathLike]) -> list[Reading]:
    """Read profiles, each once.

    Raises:
        BadInput: files cannot be read (the error names all of them), or one is given twice.
    """
    seen: set[str] = set()
    read, broken = [], []
    for file in files:
        if (real := os.path.realpath(file)) in seen:
            raise BadInput(worded("{file}: this profile is given twice; give it once", file=file))
        seen.add(real)
        try:
            read.append(profile_files.read(Path(file)))
        except BadInput as error:
            broken.append(str(error))
    if broken:
        raise BadInput("; ".join(broken))
    return read


def counted(findings: Sequence[Finding], lang: str) -> str:
    """Return how many errors and warnings there are, in one sentence."""
    errors = sum(one.severity == "error" for one in findings)
    warnings = len(findings) - errors
    if lang == "ja":
        if not findings:
            return "誤りも注意すべき所もない。"
        return f"誤り{errors}件、注意{warnings}件。" + (
            "誤りを直すまで、このプロファイルからは答えない。" if errors else ""
        )
    if not findings:
        return "Nothing is wrong and nothing doubtful."
    told = f"Errors: {errors}; warnings: {warnings}."
    return told + (" Nothing is answered from a profile with errors." if errors else "")


def _is_raw(path: Path) -> bool:
    """Say whether a file is RDF that describes no profile."""
    from kijun.owl_findings import FORMS

    form = FORMS.get(path.suffix.lower())
    if form is None:
        return False
    try:
        return all(quad.object != _PROFILE for quad in parse(path.read_bytes(), form))
    except (OSError, SyntaxError):
        return True  # the judge says what is wrong with it
