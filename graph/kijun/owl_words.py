"""What the OWL judge says in words, in Japanese and in English."""

from __future__ import annotations

Words = tuple[str, str]
"""A sentence in Japanese and in English, with places for the names that it speaks of."""

CLASHES: dict[str, Words] = {
    "disjoint": (
        "{0}は{1}でも{2}でもあることになるが、この二つは両立しない。",
        "{0} would be both {1} and {2}, which exclude each other.",
    ),
    "memberless": (
        "{0}に属するものはありえない。{1}でも{2}でもあることになるが、この二つは両立しない。",
        "{0} can have no member: it would be both {1} and {2}, which exclude each other.",
    ),
    "range": (
        "{0}の値は{1}でなければならないが、{2}である。",
        "{0} has a value that must be {1} and is {2}.",
    ),
    "contradiction": (
        "{0}などについてのこれらの記述は、合わせるとオントロジーに反する。",
        "These statements, on {0} among others, together contradict the ontology.",
    ),
    "narrowed": (
        "これらの記述のどこかに矛盾がある。時間内に絞り込めたのはここまでである。",
        "A contradiction lies within these statements; time ended before it was narrower.",
    ),
}
"""Why statements cannot all hold, by the kind of clash: the thing, then what is excluded."""

VIOLATIONS: dict[str, Words] = {
    "statement": (
        "{0}：OWLに、記述についての記述はない。",
        "{0}: OWL has no statements about statements.",
    ),
    "literal": (
        "{0}は物を指すプロパティだが、値がリテラルである。",
        "{0} is an object property but has a literal.",
    ),
    "no-literal": (
        "{0}はリテラルをとるプロパティだが、値がリテラルでない。",
        "{0} is a datatype property but has no literal.",
    ),
    "property": (
        "{0}をプロパティとして使っているが、宣言がない。",
        "{0} is used as a property but not declared.",
    ),
    "form": ("「{0}」は{1}の形でない。", '"{0}" is no {1}.'),
    "datatype": (
        "{0}はOWL 2のデータ型でない。",
        "{0} is no datatype of OWL 2.",
    ),
    "simple": (
        "{0}：推移的なプロパティやそれを含むプロパティには使えない。",
        "{0}: only for properties that are not transitive and include none that is.",
    ),
    "class": (
        "{0}を類として使っているが、宣言がない。",
        "{0} is used as a class but not declared.",
    ),
    "no-class": ("{0}：{1}は宣言された類でない。", "{0}: {1} is not a declared class."),
    "no-property": (
        "{0}：{1}は宣言されたプロパティでない。",
        "{0}: {1} is not a declared property.",
    ),
    "no-datatype": ("{0}：{1}はOWL 2のデータ型でない。", "{0}: {1} is no datatype of OWL 2."),
    "anonymous": (
        "{0}：名のない物が二か所で使われている。名（IRI）を付ける。",
        "{0}: a thing without a name is used twice; give it an IRI.",
    ),
    "import": (
        "owl:imports：外からは何も取り込まない。語をここに書く。",
        "owl:imports: nothing is imported; state the terms here.",
    ),
    "kind": (
        "{0}：{1}はその種類の宣言されたプロパティでない。",
        "{0}: {1} is no declared property of that kind.",
    ),
    "chain": (
        "{0}：この検査はプロパティの連鎖を扱わない。",
        "{0}: this check does not know property chains.",
    ),
    "reserved": (
        "{0}はOWLが予約した語で、ここでは意味を持たない。",
        "{0} is reserved and has no meaning here.",
    ),
    "list": ("{0}：並び（rdf:List）が壊れている。", "{0}: its list is broken."),
    "restriction": (
        "制約には、プロパティと条件が一つずつ要る。",
        "A restriction needs one property and one condition.",
    ),
    "on-class": ("{0}（{1}）にはowl:onClassが一つ要る。", "{0} on {1} needs one owl:onClass."),
    "value": (
        "owl:hasValue（{0}）：{1}は値の種類が違う。",
        "owl:hasValue on {0}: {1} is of the wrong kind.",
    ),
    "count": (
        "{0}（{1}）には0以上の整数（xsd:nonNegativeInteger）が要る。",
        "{0} on {1} needs an xsd:nonNegativeInteger.",
    ),
    "two-kinds": ("同時に{0}でも{1}でもある。", "It is {0} and {1} at once."),
}
"""Where the profile of OWL 2 DL is left, by problem."""


def said(words: Words, lang: str, *names: str) -> str:
    """Return a sentence in a language with the names filled in."""
    return words[lang != "ja"].format(*names)
