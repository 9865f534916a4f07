"""The page of ``docs/`` on ``kijun check``: how it is used, and every kind of finding.

As a command: ``python -m kijun.check_page -o docs/check.md`` writes it again, from
``ontology/profiles/findings.csv`` and what the shapes say.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence

from kijun.delivery import to_file
from kijun.profile_faults import kinds
from kijun.shape_findings import pointers
from kijun.shapes import messages

_VALUE = re.compile(r"\{[a-z_]+\}")

_HEAD = """\
# kijun check

```
kijun check PROFILE [PROFILE ...]      a workbook, a folder of CSV, or RDF
kijun check PROFILE --format xlsx -o findings.xlsx
kijun check PROFILE --owl              the OWL reasoner HermiT too
```

Everything that is wrong or doubtful is told at once, each thing once, in the order of the files:
with file, sheet, row and column (of RDF, the node), what is wrong, and how to mend it. Nothing that
you wrote is kept anywhere, and every table, workbook and CSV begins with your marking (取扱い).

| exit status | |
|---|---|
| 0 | nothing was found |
| 1 | something was found, also where it is only warnings |
| 2 | a file cannot be read at all; all such files are named in one line |
| 3 | with `--owl`: the reasoner needed more time or memory |

**Errors and warnings.** An error is what cannot be read, resolved or true at once; until it is
mended, `gaps` and all other answers refuse the profile, since a hole computed from what could not
be read would be a wrong answer in silence. A warning leaves the profile usable: something has no
effect, is probably not meant, or is not as the guideline has it.

**What is asked.** Reading asks whether cells say what they seem to say. Names are resolved against
the registers of the day (`--as-of`), by any name, abbreviation, 法人番号 or former name; marks
against the profiles given. The SHACL shapes in `ontology/shapes/` ask what rows have to satisfy
together; they can be used with any SHACL engine on a profile in RDF (`kijun profile convert`).

**Several profiles.** Each agency writes its own. Where one speaks of another whose profile is given
too (a connection, a use, a layer, an allocation, an agreement, a contact), that one has to say the
same; what is inherited from it, it has to provide; and who runs a system, who made a document and
when has to be the same in all. Nothing is asked of an agency whose profile is not given.

**From Python:** `kijun.open().check("profile.xlsx")` is the same as a table.

## Every kind of finding

`…` stands for what you wrote. The kind is what `--format json` calls it.
"""


_TABLE = "| kind | what | how to mend it | norm |\n|---|---|---|---|\n"


def page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD]
    for severity, title in (("error", "Errors（誤り）"), ("warning", "Warnings（注意）")):
        parts.append(
            f"\n### {title}\n\n| kind | what | how to mend it | norm |\n|---|---|---|---|\n"
        )
        parts += [
            f"| `{kind}` | {'<br>'.join(_said(kind))} | {_shown(row['mend_ja'])}<br>"
            f"{_shown(row['mend_en'])} | {row['norm']} |\n"
            for kind, row in sorted(kinds().items())
            if row["severity"] == severity
        ]
    return "".join(parts)


def _said(kind: str) -> Iterator[str]:
    """Yield what a kind says: its own words, or those of the shapes behind it."""
    row = kinds()[kind]
    if row["said_ja"]:
        yield from (_shown(row["said_ja"]), _shown(row["said_en"]))
        return
    for shape, pointer in pointers().items():
        if pointer.kind == kind:
            ja, en = messages()[shape]
            yield from (ja.removesuffix("。"), en.removesuffix("."))


def _shown(text: str) -> str:
    return _VALUE.sub("…", text).replace("|", "\\|")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the page to a file."""
    parser = argparse.ArgumentParser(prog="python -m kijun.check_page")
    parser.add_argument("-o", "--output", required=True, metavar="FILE")
    to_file(page().encode(), parser.parse_args(arguments).output)


if __name__ == "__main__":
    main()
