"""What is said of a premise that a rule lacks, in words: ``{0}`` is its first argument.

A key is a predicate. With the place of an argument behind it, its sentence does not speak of that
argument, which may be anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Words = tuple[str, str]
"""A sentence in Japanese and in English."""

MISSING: Mapping[str, Words] = {
    "asserted_type": (
        "「{0}」を「{1}」とする記載はない。",
        "Nothing states that {0} is: {1}.",
    ),
    "bearer": ("規範{0}の主体は「{1}」ではない。", "The bearer of norm {0} is not {1}."),
    "bearer 0": ("「{1}」を主体とする規範はない。", "No norm has the bearer {1}."),
    "class_line": (
        "規範{0}は、「{1}」から「{2}」への線をつくらない。",
        "Norm {0} makes no line from {1} to {2}.",
    ),
    "class_line 0": (
        "「{1}」から「{2}」への線をつくる規範はない。",
        "No norm makes a line from {1} to {2}.",
    ),
    "class_line 1": (
        "「{2}」に宛てた線をつくる規範はない。",
        "No norm makes a line to {2}.",
    ),
    "class_path": ("{0}は「{1}」に属さない。", "{0} does not belong to the class {1}."),
    "class_path 0": (
        "該当する法人に「{1}」に属するものはない。",
        "None of the corporations concerned belongs to the class {1}.",
    ),
    "class_path 1": (
        "{0}は、規範が主体とする類のどれにも属さない。",
        "{0} belongs to none of the classes that the norm binds.",
    ),
    "competentFor 0": (
        "{1}の主務大臣は、名簿に載っていない。",
        "No register names a competent minister for {1}.",
    ),
    "competentFor 1": (
        "{0}を主務大臣とする法人は、名簿にない。",
        "No register has {0} as competent minister for a corporation.",
    ),
    "declaredAs": (
        "「{0}」の区分を「{1}」とする記載はない。",
        "Nothing declares {0} to be: {1}.",
    ),
    "entered": (
        "{0}は、名簿に「{1}」として載っていない。",
        "{0} is not entered in a register as: {1}.",
    ),
    "line": (
        "規範{0}による、{1}から{2}への線はない。",
        "There is no line from {1} to {2} by norm {0}.",
    ),
    "line 0": ("{1}から{2}への線はない。", "There is no line from {1} to {2}."),
    "manages 1": (
        "{0}が管理する情報システムの記載はない。",
        "Nothing says that {0} manages a system.",
    ),
    "operates 1": (
        "{0}が整備・運用管理する情報システムの記載はない。",
        "Nothing says that {0} operates a system.",
    ),
    "platform_path": (
        "{0}が「{1}」であるという、情報システムの記載はない。",
        "No system is declared by which {0} would be: {1}.",
    ),
    "reading_act": ("{1}での行為は「{2}」ではない。", "Under {1}, the act is not: {2}."),
    "reading_teller": (
        "{1}で知らせる側は「{2}」ではない。",
        "Under {1}, the party that tells is not {2}.",
    ),
    "reading_teller 0": (
        "「{2}」を知らせる側とする別の読み方はない。",
        "No other reading has {2} as the party that tells.",
    ),
    "reading_told": ("{1}での相手は「{2}」ではない。", "Under {1}, the recipient is not {2}."),
    "recipient": ("規範{0}の相手は「{1}」ではない。", "The recipient of norm {0} is not {1}."),
    "recipient 0": (
        "該当する規範に、「{1}」を相手とするものはない。",
        "None of the norms concerned has the recipient {1}.",
    ),
    "recipient_read": (
        "{0}の相手は「{1}」ではない。",
        "The recipient under {0} is not {1}.",
    ),
    "regards": (
        "規範{0}に、「{1}」についての行為だという記載はない。",
        "Nothing says that norm {0} regards the affairs of: {1}.",
    ),
    "regards 1": (
        "規範{0}に、誰についての行為かという記載はない。",
        "Nothing says whose affairs norm {0} regards.",
    ),
    "roleWithin": (
        "規範{0}の主体は、機関の中に置かれる役割ではない。",
        "The bearer of norm {0} is no role within a body.",
    ),
    "supervises 0": (
        "名簿に、{1}を所管する府省庁の記載はない。",
        "No register has a ministry that supervises {1}.",
    ),
    "supervises 1": (
        "名簿に、{0}が所管する法人はない。",
        "No register has a corporation under {0}.",
    ),
    "supervision": (
        "名簿に、{1}が{3}を所管するという記載はない。",
        "No register says that {1} supervises {3}.",
    ),
    "supervision 3": (
        "名簿に、{1}が所管する法人はない。",
        "No register has a corporation under {1}.",
    ),
    "supervisory": (
        "規範{0}が定めるのは、法人を所管する者の行為ではない。",
        "Norm {0} is not about an act of those who supervise corporations.",
    ),
    "takes_over": (
        "規範{1}を引き継ぐ規範は、この機関が負うものの中にない。",
        "None of the norms that reach this body takes norm {1} over.",
    ),
    "teller": (
        "規範{0}の線で、「{1}」として知らせる者に{2}は入らない。",
        "On the line of norm {0}, {2} is not among those that tell as {1}.",
    ),
    "telling": ("「{0}」は、知らせる行為ではない。", "{0} is no act of telling."),
    "type": ("{0}は「{1}」に当たらない。", "{0} is not of the class {1}."),
}
"""Any other premise is denied as it stands."""


def missing(name: str, arguments: Sequence[object]) -> Words | None:
    """Return what is said where a rule lacks a premise, and speaks of no argument that is open.

    An argument that may be anything is None.
    """
    places = [place for place, one in enumerate(arguments) if one is None]
    for key in (name, *(f"{name} {place}" for place in places)):
        words = MISSING.get(key)
        if words and not any(f"{{{place}}}" in words[0] for place in places):
            return words
    return None
