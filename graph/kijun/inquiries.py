"""What a person asks to have explained, in their own words, and the explanation as rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from kijun.duties import ROUTES, unknown_route
from kijun.errors import BadInput, UnknownName
from kijun.explanations import Explainer
from kijun.lookup import unknown_norm
from kijun.names import Match
from kijun.narration import Node
from kijun.saying import worded
from kijun.terms import ID, NS, expand, is_a

_NARROW = str.maketrans("０１２３４５６７８９（）－", "0123456789()-")
_NORM = re.compile(r"(?:norm/)?(?:[0-9]|附則|suppl)")


def explained(
    explainer: Explainer,
    find: Callable[[str], Match],
    what: str,
    norm: str | None = None,
    *,
    to: str | None = None,
    route: str | None = None,
    all_paths: bool = False,
) -> tuple[list[Node], list[str]]:
    """Return the nodes of an explanation, and sentences that a reader should be told first.

    ``what`` is a body, or the IRI of a line. With ``norm``, a norm such as ``6(4)-2a``: why it
    reaches the body, or why not; a class such as 指定法人: why the body is of it, or why not. With
    ``to``, a party: why the body must tell it something (by ``norm``, if that is given).

    Raises:
        BadInput: a class in place of a body, no norm and no party, an unknown kind of IRI.
        UnknownName: nothing is called so, or no norm or route is.
    """
    if is_a("line", expand(what)):
        nodes = explainer.line(expand(what))
        if not nodes:
            raise UnknownName(
                worded('there is no line "{what}"; see kijun reports', what=what[:80]), what
            )
        return nodes, []
    match = find(what)
    body = match.answers_through or match.iri
    said = [match.note] if match.note else []
    if to is not None:
        end = find(to)
        said += [end.note] if end.note else []
        by = None if norm is None else norm_iri(explainer, norm)
        return explainer.lines(body, end.answers_through or end.iri, by), said
    if norm is None:
        raise BadInput(
            worded("say what to explain: a norm such as 6(4)-2a, a class, or --to PARTY")
        )
    if body.startswith(NS):
        raise BadInput(worded('"{what}" is a class; give one of its bodies', what=what))
    if route is not None and route not in ROUTES:
        raise unknown_route(route)
    if _NORM.match(_short(norm)):
        iri = norm_iri(explainer, norm)
        return explainer.duty(body, iri, route=route, all_paths=all_paths), said
    kind = find(norm)
    if not kind.iri.startswith(NS):
        raise BadInput(worded('"{norm}" is neither a norm such as 6(4)-2a nor a class', norm=norm))
    # Of a body that is no reporting unit, the body itself is asked about, not who answers for it.
    return explainer.classification(match.iri, kind.iri), [match.note] if match.note else []


def norm_iri(explainer: Explainer, text: str) -> str:
    """Return the IRI of a norm by its name, the end of its IRI or the whole.

    Raises:
        UnknownName: no norm is called so; the error holds the nearest names.
    """
    wanted = _short(text)
    names = {}
    for iri, norm in explainer.norms.items():
        names[norm.name] = iri
        if wanted in (norm.name, iri, iri.removeprefix(ID), iri.removeprefix(f"{ID}norm/")):
            return iri
    near = tuple(difflib.get_close_matches(wanted, names, n=5, cutoff=0.5))
    raise unknown_norm(text, near)


def _short(text: str) -> str:
    return expand(text.translate(_NARROW).strip()).removeprefix(ID)
