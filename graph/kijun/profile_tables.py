"""Whether a profile has the tables that it needs: one row about itself, and none left out.

A table that is not there reads as an empty one, and an empty one says that there is nothing: no
allocation, no contact. Whoever lost a sheet must hear of it before all is called uncovered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kijun import complaints
from kijun.names import name_key
from kijun.profile import Finding, Place, Profile
from kijun.profile_schema import BY_KEY, TABLES, WORDS


def table_findings(profiles: Sequence[Profile]) -> Iterator[Finding]:
    """Yield what is wrong with the tables of some profiles that are read together."""
    platforms = any(map(_declares_platform, profiles))
    for profile in profiles:
        count = len(profile.table("about"))
        if count != 1:
            place = profile.places.get("about", Place(profile.source, BY_KEY["about"].ja))
            yield complaints.about_rows(count, place)
        yield from missing_tables(profile, platforms=platforms)


def missing_tables(profile: Profile, *, platforms: bool = False) -> Iterator[Finding]:
    """Yield the tables that are not there; ``platforms``: another profile declares one."""
    if not any(table.needed and table.key in profile.rows for table in TABLES):
        return  # a self-inspection describes no system
    # What was to be declared in a table that is not there is not known.
    shared = platforms or profile.lacks("systems") or _declares_platform(profile)
    asked = ("system", "platform") if shared else ("system",)
    for table in TABLES:
        if table.needed in asked and profile.lacks(table.key):
            yield complaints.missing_table(table, profile.place(table.key))


def _declares_platform(profile: Profile) -> bool:
    shared = {name_key(word) for word in ("shared", *WORDS["declared"]["shared"])}
    return any(name_key(row.get("declared")) in shared for row in profile.table("systems"))
