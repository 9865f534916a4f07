"""The relations that pictures show as edges: how each is read from the graph, and its words.

Each is read through a *link*: the statement that ties two things (a duty, a register entry), or one
of the two things itself. The way from the link to either end is a property, a property the other
way round (``^``), or nothing where the link is that end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Relation(NamedTuple):
    """One kind of edge: how to reach its ends from its link, and what it is called.

    ``forth`` is the relation as said of the thing at its start, ``back`` of the thing at its end.
    ``link`` is the kind of its links, where its properties are those of other links too.
    """

    kind: str
    start: str
    end: str
    forth: Mapping[str, str]
    back: Mapping[str, str]
    link: str | None = None


def _words(text: str) -> dict[str, str]:
    japanese, _, english = text.partition(" / ")
    return {"ja": japanese, "en": english}


def _relation(
    kind: str, start: str, end: str, forth: str, back: str, link: str | None = None
) -> Relation:
    return Relation(kind, start, end, _words(forth), _words(back), link)


REPORTS = _relation("reports", "from", "to", "知らせる / tells", "知らされる / told by", "line")
INCLUDES = _relation("includes", "", "", "含む類型 / includes", "上位の類型 / part of")
INHERITS = _relation("inherits", "norm", "body", "及ぶ機関 / reaches", "負う規範 / bears", "duty")
MEMBER = _relation(
    "member", "entryClass", "entryOf", "名簿の機関 / has members", "類型 / of the class"
)

RELATIONS = (
    _relation("supervises", "", "supervises", "所管する / supervises", "所管 / supervised by"),
    MEMBER,
    _relation(
        *("answers", "entryOf", "answersThrough"),
        *("代わって答える府省庁 / answered for by", "代わって答える / answers for"),
    ),
    REPORTS,
    INCLUDES,
    _relation("bears", "bearer", "", "主体となる規範 / bears", "主体 / borne by"),
    _relation("addresses", "", "recipient", "相手 / directed at", "相手となる規範 / recipient of"),
    _relation("states", "source", "", "定める / states", "根拠の文 / stated in"),
    _relation("states", "definedIn", "", "定める / states", "根拠の文 / stated in"),
    _relation("holds", "section", "", "文 / holds", "節 / in section", "sentence"),
    _relation("holds", "partOf", "", "下の節 / holds", "上の節 / in section"),
    _relation(
        *("incorporates", "^incorporates", "incorporated"),
        *("引き継ぐ / incorporates", "引き継がれる先 / incorporated by"),
    ),
    _relation("overrides", "", "overrides", "優先する / overrides", "優先される / overridden by"),
    _relation("sameAct", "", "sameActAs", "同じ行為 / same act as", "同じ行為 / same act as"),
    _relation("cites", "", "cites", "引く条文 / cites", "引く規範・定義 / cited by"),
    _relation("defines", "", "defines", "定義する / defines", "定義 / defined by"),
    _relation(
        "concerns", "", "concernsDocument", "関わる文書 / concerns", "関わる規範 / concerned by"
    ),
    _relation("passes", "", "passesStage", "経る会議 / passes", "経る規範 / passed by"),
    _relation("decides", "decidedBy", "", "決定する文書 / decides", "決定者 / decided by"),
    _relation("partOf", "partOfDocument", "", "含む文書 / contains", "含まれる文書 / part of"),
    _relation(
        "hosts", "partOfAgency", "", "置かれる組織 / hosts", "置かれる機関 / hosted by", "office"
    ),
    _relation("became", "predecessor", "successor", "後の機関 / became", "前の機関 / was before"),
    _relation("near", "", "nearest", "近い規範 / nearest norm", "近い沈黙 / near silence"),
    _relation(
        "founded", "entryOf", "establishedBy", "設置根拠法 / founded by", "設置する機関 / founds"
    ),
    _relation("articleOf", "articleOf", "", "条文 / article", "法律 / article of"),
    _relation(
        *("operates", "", "operates"),
        *("整備・運用管理する / operates", "整備・運用管理機関 / operated by"),
    ),
    _relation("manages", "", "manages", "管理する / manages", "管理機関 / managed by"),
    _relation(
        *("layer", "layerManagedBy", "^hasLayer"),
        *("層を管理する / manages a layer of", "層の管理機関 / has a layer managed by"),
    ),
    _relation("uses", "", "uses", "利用する / uses", "利用機関 / used by"),
    _relation(
        "connected", "", "connectedTo", "つながる基盤 / connected to", "つながるシステム / connects"
    ),
    _relation(
        *("contact", "contactFrom", "contactTo"),
        *("窓口で知らせる / contacts", "窓口で知らされる / contacted by"),
    ),
    _relation(
        "regulates", "atPlatform", "", "基盤の文書 / has document", "対象の基盤 / of", "document"
    ),
    _relation("made", "madeBy", "", "作った文書 / made", "作成機関 / made by", "document"),
    _relation(
        *("agreed", "ofParty", "ofDocument"),
        *("合意・協議した文書 / agreed to", "合意・協議した機関 / agreed with", "agreements"),
    ),
    _relation("lacks", "atPlatform", "", "穴 / has hole", "穴のある基盤 / hole of", "hole"),
    _relation("lacks", "ofParty", "", "穴 / has hole", "関わる当事者 / concerns", "hole"),
    _relation("rests", "", "norm", "よる規範 / rests on", "これによる穴 / hole by it", "hole"),
    INHERITS,
)
"""The relations in the order in which a first picture takes them up."""

EDGES: Mapping[str, Mapping[str, str]] = {
    kind: _words(text)
    for kind, text in {
        "reports": "知らせる / tells",
        "supervises": "所管 / supervises",
        "member": "属する機関 / has member",
        "answers": "代わって答える / is answered for by",
        "includes": "類型の上下 / includes",
        "bears": "主体 / bears",
        "addresses": "相手 / is directed at",
        "inherits": "及ぶ / reaches",
        "states": "根拠の文 / states",
        "holds": "節と文 / holds",
        "incorporates": "引き継ぎ / incorporates",
        "overrides": "優先 / overrides",
        "sameAct": "同じ行為 / same act as",
        "cites": "引用 / cites",
        "defines": "定義 / defines",
        "concerns": "関わる文書 / concerns",
        "passes": "経る会議 / passes",
        "decides": "決定 / decides",
        "partOf": "文書の構成 / contains",
        "hosts": "置かれる組織 / hosts",
        "became": "承継 / became",
        "near": "近い規範 / is near",
        "founded": "設置根拠法 / is founded by",
        "articleOf": "条文 / has article",
        "operates": "整備・運用管理 / operates",
        "manages": "管理 / manages",
        "layer": "層の管理 / manages a layer of",
        "uses": "利用 / uses",
        "connected": "連携 / is connected to",
        "contact": "連絡窓口 / contacts",
        "regulates": "基盤の文書 / has document",
        "made": "作成 / made",
        "agreed": "合意・協議 / agreed to",
        "lacks": "穴 / has hole",
        "rests": "よる規範 / rests on",
    }.items()
}
"""What each kind of edge is called, read from its start to its end."""
