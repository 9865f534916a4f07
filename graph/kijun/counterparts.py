"""What several profiles say of each other: a claim on one side without its counterpart.

Each agency writes its own profile. Where a profile speaks of another agency whose own profile is
there too, that one has to say the same; where both describe one system or document, they have to
agree. Nothing is asked of an agency whose profile is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kijun.cell_words import cell_words
from kijun.names import name_key
from kijun.profile import Finding
from kijun.profile_faults import fault
from kijun.profile_schema import BY_KEY, TERMS
from kijun.resolution import Resolved, Value
from kijun.terms import NS

_PROVIDED, _INHERITED = (NS + TERMS["states"][code] for code in ("provided", "inherited"))

_SHARED = {
    "systems": ("operator", "manager"),
    "documents": ("maker", "date"),
    "bodies": ("number",),
}
"""What profiles that describe one thing have to agree on, where both say anything of it.

What can have one value only (how a system is declared, say) is no longer between them: there a
situation finds a contradiction.
"""

Test = Callable[[Resolved], bool]


def counterpart_findings(rows: Sequence[Resolved], labels: Mapping[str, str]) -> Iterator[Finding]:
    """Yield where profiles do not meet; ``labels`` are names by IRI."""
    sides = _Sides(rows, labels)
    yield from sides.same_author()
    yield from sides.marks("systems")
    yield from sides.marks("documents")
    for table, columns in _SHARED.items():
        for key in columns:
            yield from sides.disagreements(table, key)
    yield from sides.agreement_days()
    for row, other, column, known, kind in sides.claims():
        if not any(map(known, sides.said_by(other, row.table.key))):
            yield fault(
                kind,
                row.place._replace(column=row.table.column(column).ja),
                name=labels.get(other, other),
                table_ja=row.table.ja,
                table_en=row.table.en,
            )


class _Sides:
    """The rows of some profiles by who wrote them."""

    def __init__(self, rows: Sequence[Resolved], labels: Mapping[str, str]) -> None:
        self.labels = labels
        self.rows: dict[str, list[Resolved]] = {key: [] for key in BY_KEY}
        for row in rows:
            self.rows[row.table.key].append(row)
        abouts = self.rows["about"]
        self._author = {row.profile: found for row in abouts if (found := row.one("author"))}
        self._authors = set(self._author.values())
        self._said: dict[tuple[str, str], list[Resolved]] = defaultdict(list)
        for row in rows:
            if row.profile in self._author:
                self._said[self._author[row.profile], row.table.key].append(row)
        self._operators = self._named("systems", "operator")
        self._managers = self._named("systems", "manager")
        self._makers = self._named("documents", "maker")

    def said_by(self, author: str, table: str) -> Sequence[Resolved]:
        """Return the rows of a table in what an author wrote."""
        return self._said[author, table]

    # What only one can be

    def same_author(self) -> Iterator[Finding]:
        """Yield each further profile that one author has written."""
        first: dict[str, Resolved] = {}
        for row in self.rows["about"]:
            author = row.one("author")
            if author and first.setdefault(author, row) is not row:
                yield _between("same-author", first[author], row, "author", name=self._name(author))

    def marks(self, table: str) -> Iterator[Finding]:
        """Yield one mark for two names, and one name with two marks, of different profiles."""
        for kind, key, other in (("same-mark", "id", "name"), ("two-marks", "name", "id")):
            first: dict[str, Resolved] = {}
            for row in self.rows[table]:
                there = first.setdefault(name_key(row.the(key)), row)
                if row.profile == there.profile:
                    continue
                if name_key(row.the(other)) != name_key(there.the(other)):
                    texts = {"here": row.the(other), "other": there.the(other)}
                    yield _between(kind, there, row, key, text=row.the(key), **texts)

    def disagreements(self, table: str, key: str) -> Iterator[Finding]:
        """Yield what two profiles say differently, in one column, of one thing."""
        first: dict[str | None, Resolved] = {}
        for row in self.rows[table]:
            if _meant(row, key):
                there = first.setdefault(row.node, row)
                if row.profile != there.profile and _meant(row, key) != _meant(there, key):
                    yield self._disagreement(there, row, key, str(row.node))

    def agreement_days(self) -> Iterator[Finding]:
        """Yield agreements for which two profiles have different days."""
        first: dict[tuple[str, ...], Resolved] = {}
        for row in self.rows["agreements"]:
            if row.day("date"):
                same = tuple(row.the(key) for key in ("document", "body", "kind"))
                there = first.setdefault(same, row)
                if row.profile != there.profile and row.day("date") != there.day("date"):
                    yield self._disagreement(there, row, "date", row.the("document"))

    # What the other side has to say too

    def claims(self) -> Iterator[tuple[Resolved, str, str, Test, str]]:
        """Yield each claim about another author.

        That is its row, the author, the column that names it, which rows of its own would meet the
        claim, and what it is called where none does.
        """
        for row in self.rows["layers"]:
            for other in self._others(row, row.some("manager")):
                yield row, other, "manager", _like(row, "system", manager=other), "one-sided"
            operators = self._operators[row.the("system")].difference(row.some("manager"))
            for other in self._others(row, operators):
                yield row, other, "system", _like(row, "system", "manager"), "one-sided"
        for row in self.rows["uses"]:
            ends = {"body": row.some("body"), "system": self._operators[row.the("system")]}
            for column, bodies in ends.items():
                for other in self._others(row, bodies):
                    if not self._shown_to_use(other, row):
                        yield row, other, column, _like(row, "body", "system"), "one-sided"
        for row in self.rows["connections"]:
            managers = self._managers_of(row.the("system"))
            sides = {"system": managers, "platform": self._operators[row.the("platform")]}
            for column, found in sides.items():
                for other in self._others(row, found):
                    yield row, other, column, _like(row, "system", "platform"), "one-sided"
        for row in self.rows["allocations"]:
            same = _like(row, "platform", "concern", "party", "state")
            for other in self._others(row, row.some("party")):
                yield row, other, "party", same, "one-sided"
            for other in self._others(row, row.some("provider")):
                if row.the("state") == _INHERITED:
                    provides = _like(row, "platform", "concern", party=other, state=_PROVIDED)
                    yield row, other, "provider", provides, "not-provided-there"
                elif other != row.the("party"):
                    yield row, other, "provider", same, "one-sided"
        for row in self.rows["agreements"]:
            makers = self._makers[row.the("document")]
            for other in self._others(row, {row.the("body"), *makers}):
                column = "body" if other == row.the("body") else "document"
                yield row, other, column, _like(row, "document", "body", "kind"), "one-sided"
        for row in self.rows["contacts"]:
            for column in ("sender", "receiver"):
                for other in self._others(row, row.some(column)):
                    yield row, other, column, _contact(row), "one-sided"

    def _others(self, row: Resolved, bodies: Iterable[str]) -> list[str]:
        """Return the other authors among some bodies; none where the row has no author."""
        author = self._author.get(row.profile)
        return sorted(self._authors.intersection(bodies) - {author}) if author else []

    def _managers_of(self, system: str) -> set[str]:
        return self._managers[system] or self._operators[system]

    def _shown_to_use(self, author: str, use: Resolved) -> bool:
        """Say whether an author lists a connection that shows the use of a system by a body."""
        return any(
            row.the("platform") == use.the("system")
            and use.the("body") in self._managers_of(row.the("system"))
            for row in self.said_by(author, "connections")
        )

    def _named(self, table: str, key: str) -> Mapping[str | None, set[str]]:
        found: dict[str | None, set[str]] = defaultdict(set)
        for row in self.rows[table]:
            found[row.node].update(row.some(key))
        return found

    def _name(self, iri: str) -> str:
        return self.labels.get(iri, iri)

    def _disagreement(self, there: Resolved, row: Resolved, key: str, thing: str) -> Finding:
        column = row.table.column(key)
        values = {
            f"{name}_{lang}": cell_words(one, _column(one, key), self.labels, lang)
            for name, one in (("here", row), ("other", there))
            for lang in ("ja", "en")
        }
        values |= {"column_ja": column.ja, "column_en": column.en, "name": self._name(thing)}
        return _between("disagreement", there, row, key, **values)


def _like(row: Resolved, *keys: str, **values: str) -> Test:
    """Return the test for rows that agree in some columns, and hold some values in others."""
    wanted = {key: row.one(key) for key in keys} | values
    return lambda one: all(value in (one.some(key) or (None,)) for key, value in wanted.items())


def _contact(row: Resolved) -> Test:
    """Return the test for rows that list the same contact, also where it goes both ways."""
    ends = row.the("sender"), row.the("receiver")

    def same(one: Resolved) -> bool:
        theirs = one.the("sender"), one.the("receiver")
        turned = one.yes("both") and theirs == ends[::-1]
        return one.one("platform") == row.one("platform") and (theirs == ends or turned)

    return same


def _meant(row: Resolved, key: str) -> frozenset[Value]:
    return frozenset(row.values.get(_column(row, key), ()))


def _column(row: Resolved, key: str) -> str:
    """Return the column where a row says something; the operator manages where nobody is named."""
    return "operator" if key == "manager" and not row.values.get(key) else key


def _between(kind: str, there: Resolved, row: Resolved, key: str, **values: str) -> Finding:
    """Return a finding in a row that names another row."""
    place = row.place._replace(column=row.table.column(key).ja)
    places = {f"there_{lang}": there.place.words(lang) for lang in ("ja", "en")}
    return fault(kind, place, **places, **values)
