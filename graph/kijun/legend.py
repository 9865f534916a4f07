"""What marks and links look like in pictures, and what each look means.

Colours are those of Okabe and Ito, which people with any common kind of colour vision tell apart;
and nothing is said by colour alone: marks differ in shape or border, links in dashes, width or the
words written on them.
"""

from __future__ import annotations

from typing import NamedTuple


class MarkLook(NamedTuple):
    """A kind of mark: its names in the legend, and its look."""

    ja: str
    en: str
    fill: str
    border: str
    shape: str = "box"  # or "round", "stadium"
    width: float = 1.5
    dashes: tuple[int, ...] = ()

    def name(self, lang: str) -> str:
        """Return what the legend says, in ``"ja"`` or ``"en"``."""
        return self.ja if lang == "ja" else self.en


class LinkLook(NamedTuple):
    """A kind of link: its names in the legend, and its look."""

    ja: str
    en: str
    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 1.5
    arrow: bool = True

    def name(self, lang: str) -> str:
        """Return what the legend says, in ``"ja"`` or ``"en"``."""
        return self.ja if lang == "ja" else self.en


INK = "#1a1a1a"
"""The colour of all words."""

_BLACK, _GREY = "#333333", "#767676"
_ORANGE, _SKY, _GREEN = "#b36b00", "#2a86b8", "#00795a"
_BLUE, _RED, _PURPLE = "#0060a0", "#c34a00", "#a0527f"

MARKS = {
    "ministry": MarkLook("府省庁", "ministry", "#d9e9f7", _BLUE),
    "corporation": MarkLook(
        "独立行政法人", "incorporated administrative agency", "#d8f0e6", _GREEN, "round"
    ),
    "designated": MarkLook(
        "指定法人", "designated corporation", "#d8f0e6", _GREEN, "round", dashes=(5, 3)
    ),
    "class": MarkLook("類", "class", "#f0f0f0", _GREY, "stadium"),
    "office": MarkLook("組織・役職", "office or post", "#fbe8c9", _ORANGE, width=3),
    "party": MarkLook("その他の相手", "another party", "#ffffff", _GREY, dashes=(2, 3)),
    "document": MarkLook("文書", "document", "#f3e3ed", _PURPLE, "round", width=3),
    "article": MarkLook("条文", "article", "#f3e3ed", _PURPLE, dashes=(5, 3)),
    "section": MarkLook("指針の節", "section of the guideline", "#ffffff", _BLACK),
    "norm": MarkLook("規範", "norm", "#ffffff", _BLACK, "round", width=1),
    "displaced": MarkLook(
        "自らの節の規範が代わる規範",
        "norm displaced by its own section's",
        "#ececec",
        _GREY,
        "round",
        width=1,
        dashes=(2, 3),
    ),
    "platform": MarkLook("基盤", "shared platform", "#fbe8c9", _ORANGE, "round", 3),
    "covered": MarkLook("○ 穴なし", "○ covered", "#d8f0e6", _GREEN, "round"),
    "hole": MarkLook("× 穴", "× hole", "#ffe3d3", _RED, width=4),
    "excluded": MarkLook("－ 除外", "－ excluded", "#f0f0f0", _GREY, "round", 1, (5, 3)),
    "elsewhere": MarkLook("・ 他の当事者が持つ", "・ held by another", "#ffffff", _GREY, width=1),
    "told": MarkLook("→ 知らせが届く", "→ word arrives", "#dceaf5", _BLUE, "stadium", 1),
    "perhaps_told": MarkLook(
        "→ 知らせが条件付きで届く", "→ word may arrive", "#ffffff", _BLUE, "stadium", 2, (5, 3)
    ),
    "untold": MarkLook("× 知らせが届かない", "× no word arrives", "#ffe3d3", _RED, "stadium", 3),
    "frame": MarkLook("まとまり", "group", "#fafafa", "#9a9a9a", dashes=(2, 2), width=1),
    "cut": MarkLook("欠けると届かなくなる所", "single point of failure", "#ffe3d3", _RED, width=4),
}
"""The looks of marks, by kind."""

LINKS = {
    "notify": LinkLook("連絡", "notify", _RED, width=2.5),
    "report": LinkLook("報告", "report", _BLUE, width=2.5),
    "share": LinkLook("共有", "share", _GREEN),
    "provideInformation": LinkLook("情報提供", "provide information", _SKY),
    "disseminate": LinkLook("周知", "make known", _ORANGE),
    "alert": LinkLook("注意喚起", "alert", _PURPLE, (8, 4)),
    "advise": LinkLook("助言", "advise", _GREY, (8, 4)),
    "publish": LinkLook("公表", "publish", _BLACK, (2, 3)),
    "otherReading": LinkLook("別の読み方だけが作る線", "made by another reading only", "", (2, 4)),
    "slow": LinkLook("速やかでない区間", "leg without haste", "", (10, 5)),
    "belongs": LinkLook("属する", "belongs to", _GREY, width=1),
    "supervises": LinkLook("所管する", "supervises", _BLUE, (12, 3, 3, 3)),
    "role": LinkLook("役割として置く", "has in a role", _ORANGE, (2, 3)),
    "incorporates": LinkLook("引き継ぐ", "takes over", _PURPLE, (8, 3, 2, 3), 2),
    "must": LinkLook("負う：義務", "bears: must", _RED, width=3),
    "need": LinkLook("負う：必要", "bears: need", _ORANGE, width=2),
    "should": LinkLook("負う：推奨", "bears: should", _BLUE, (8, 4)),
    "may": LinkLook("負う：権能", "bears: may", _GREEN, (2, 3)),
    "regard": LinkLook("負う：考慮", "bears: to be regarded", _GREY, (4, 4)),
    "draft": LinkLook("原案策定", "drafts", _BLUE),
    "deliberation": LinkLook("会議を経ること", "deliberates", _PURPLE, (8, 4)),
    "consultation": LinkLook("協議", "is consulted", _GREEN, (2, 3)),
    "decide": LinkLook("決定", "decides", _RED, width=3),
    "runs": LinkLook("運用・管理する", "operates or manages", _ORANGE, width=2.5),
    "connects": LinkLook("連携する", "is connected", _BLUE),
    "unprovided": LinkLook(
        "頼る相手が提供していない", "relied on, not provided", _RED, (8, 3, 2, 3)
    ),
    "unconnected": LinkLook("連絡のない二者", "no line or contact", _RED, (2, 4), 2.5, arrow=False),
    "informs": LinkLook("知らせる", "informs", _GREEN, width=2),
    "directs": LinkLook("その他の行為", "another act", _BLUE, (8, 4)),
}
"""The looks of links, by kind. A kind without a colour only changes the look of another."""


def look(kinds: tuple[str, ...]) -> LinkLook:
    """Return the look of a link of several kinds: the first one's, changed by the others.

    >>> look(("share", "otherReading")).dashes, look(("share",)).dashes
    ((2, 4), ())
    """
    first, *others = (LINKS[kind] for kind in kinds)
    for other in others:
        first = first._replace(dashes=other.dashes)
    return first
