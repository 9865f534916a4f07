"""What each atom of the rules on boundaries says, in words: ``{0}`` is its first argument."""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[str, str]
"""A sentence in Japanese and in English."""

STATEMENTS: Mapping[str, Words] = {
    "added": (
        "追加事項「{1}」を調べる（持ち方：{2}）。",
        "The added concern {1} is examined ({2}).",
    ),
    "agreed": ("文書「{1}」について{2}と合意した。", "The document {1} was agreed with {2}."),
    "agreed_at": (
        "「{0}」の文書について、{1}と合意がある。",
        "A document of {0} is agreed with {1}.",
    ),
    "allocation": (
        "「{1}」の「{2}」を、{3}は「{4}」として持つ。",
        'At {1}, {3} stands to "{2}" as: {4}.',
    ),
    "assumed": (
        "「{0}」の「{1}」を提供する、又はその責任を負う当事者がある。",
        'A party provides "{1}" at {0} or is responsible for it.',
    ),
    "at_boundary": ("{1}は「{0}」の境界にいる。", "{1} is at the boundary of {0}."),
    "bound": ("{0}は政府機関等である。", "{0} is a government body."),
    "carved_out": ("「{0}」は6(3)から除かれる。", "{0} is left out by 6(3)."),
    "claim": ("「{0}」には証拠が要る。", "A claim of being {0} needs evidence."),
    "common": ("「{0}」は、運用する機関のほかにも使われる。", "{0} is used by others too."),
    "common_rules": (
        "文書「{0}」は、「{1}」の整備・運用管理機関が定めた共通規程である。",
        "The document {0} holds common rules set by the operator of {1}.",
    ),
    "comprehensive": (
        "「{0}」に包括的な文書がある。",
        "{0} has a comprehensive document.",
    ),
    "concern_at": ("「{0}」で「{1}」を調べる。", 'At {0}, "{1}" is examined.'),
    "consulted": ("文書「{1}」について{2}と協議した。", "The document {1} was discussed with {2}."),
    "contact": ("{1}から{2}への連絡窓口がある。", "There is a contact from {1} to {2}."),
    "contact_at": (
        "「{0}」で、{1}から{2}への連絡窓口がある。",
        "At {0}, there is a contact from {1} to {2}.",
    ),
    "displaces": (
        "文書「{0}」は、「{2}」について{1}のポリシーに優先する。",
        'The document {0} displaces the policy of {1} on "{2}".',
    ),
    "document": ("「{1}」に文書「{0}」がある（種別：{2}）。", "{1} has the document {0} ({2})."),
    "examined": ("「{0}」の境界を調べる。", "The boundary of {0} is examined."),
    "excluded": (
        "「{1}」の事項（{2}）と当事者（{3}）を除外する。",
        "At {1}, the concern ({2}) of the party ({3}) is left out.",
    ),
    "has_holder": ("「{0}」の「{1}」を持つ者がある。", 'Someone holds "{1}" at {0}.'),
    "has_part": ("{2}は「{0}」の「{1}」に分担がある。", '{2} has a part in "{1}" at {0}.'),
    "heard": ("文書「{0}」について{1}と協議している。", "{1} was consulted on the document {0}."),
    "held": ("{2}は「{0}」の「{1}」を持つ。", '{2} holds "{1}" at {0}.'),
    "hole": ("「{1}」に穴がある（{0}）。", "{1} has a hole ({0})."),
    "in_scope": ("「{0}」の「{1}」を、{2}について調べる。", 'At {0}, "{1}" is examined for {2}.'),
    "in_touch": (
        "「{0}」で、{1}と{2}は結ばれている。",
        "At {0}, {1} and {2} are joined.",
    ),
    "joint": ("「{0}」は、すべての当事者が持つ事項である。", '"{0}" is a joint concern.'),
    "layered": ("「{0}」の層の管理機関が分かる。", "Some manager of a layer of {0} is known."),
    "leading": ("「{0}」の「{1}」は、{2}が主導する。", '{2} leads on "{1}" at {0}.'),
    "leads": ("その分担に、主導と書かれている。", "The allocation is said to lead."),
    "left_out": (
        "「{0}」の「{1}」を、{2}について除外する。",
        'At {0}, "{1}" is left out for {2}.',
    ),
    "limited": ("文書「{0}」は、対象事項を限る。", "The document {0} names its concerns."),
    "line_between": (
        "指針の文により、{0}から{1}への線がある。",
        "The guideline makes a line from {0} to {1}.",
    ),
    "made": ("文書「{0}」は{1}がつくった。", "The document {0} was made by {1}."),
    "manages_connected": (
        "{1}は、「{0}」と連携する情報システムを管理する。",
        "{1} manages a system connected to {0}.",
    ),
    "mere_user": ("{1}は「{0}」を使うだけである。", "{1} merely uses {0}."),
    "met": ("{2}は「{0}」の「{1}」を果たした。", '{2} has met "{1}" at {0}.'),
    "misfit": (
        "「{0}」の区分が記載と合わない（{1}）。",
        "The declaration of {0} does not fit ({1}).",
    ),
    "misfitting": ("「{0}」の区分が合わない。", "The declaration of {0} does not fit."),
    "names_provider": ("その継承に、提供元の記載がある。", "The inheritance names its provider."),
    "one_leads": ("「{0}」の「{1}」を主導する一者がある。", 'Exactly one leads on "{1}" at {0}.'),
    "outside": ("{1}は「{0}」の境界の外とされている。", "{1} is left out at {0} altogether."),
    "pair": (
        "{1}と{2}は、ともに「{0}」の境界にいる。",
        "{1} and {2} are both at the boundary of {0}.",
    ),
    "party_at": ("{1}は「{0}」の当事者である。", "{1} is a party at {0}."),
    "provides": ("{2}は「{0}」の「{1}」を提供する。", '{2} provides "{1}" at {0}.'),
    "relies": (
        "{2}は「{0}」の「{1}」を継承する（提供元：{3}）。",
        '{2} inherits "{1}" at {0} (provider: {3}).',
    ),
    "relies_on": ("その継承の提供元は{1}である。", "The inheritance is from {1}."),
    "role_at": ("{1}は「{0}」の当事者である（{2}）。", "{1} is a party at {0} ({2})."),
    "scope": ("文書「{0}」は「{1}」を扱う。", 'The document {0} deals with "{1}".'),
    "several_managers": (
        "「{0}」の層を管理する機関は二つ以上ある。",
        "Two or more manage the layers of {0}.",
    ),
    "shown": (
        "{2}の「{0}」の「{1}」の「{3}」に証拠がある。",
        'There is evidence for "{1}" of {2} at {0} as: {3}.',
    ),
    "shows": ("その分担に、証拠の記載がある。", "The allocation states its evidence."),
    "single": ("「{0}」は、一者が持つ事項である。", '"{0}" is held by one party for all.'),
    "supplied": (
        "{2}の「{0}」の「{1}」の継承に、提供する者がある。",
        'The inheritance of "{1}" by {2} at {0} is backed.',
    ),
    "to_be_held": (
        "「{0}」の「{1}」は、一者が持たなければならない。",
        'At {0}, one must hold "{1}".',
    ),
    "two_hold": ("「{0}」の「{1}」を二者以上が持つ。", 'Two or more hold "{1}" at {0}.'),
    "two_lead": ("「{0}」の「{1}」を二者以上が主導する。", 'Two or more lead on "{1}" at {0}.'),
    "unlayered": ("「{0}」の層の記載がない。", "No layer of {0} is given."),
}
"""Statements by predicate; their slots take the arguments in words, by place."""

ABSENT: Mapping[str, Words] = {
    "agreed_at": (
        "「{0}」の文書について{1}と合意したという記載がない。",
        "Nothing says that a document of {0} was agreed with {1}.",
    ),
    "assumed": (
        "「{0}」の「{1}」を提供する当事者も、責任を負う当事者もない。",
        'No party provides "{1}" at {0} or is responsible for it.',
    ),
    "common": (
        "「{0}」を、運用する機関のほかに使う機関の記載がない。",
        "Nothing says that anyone but its operator uses {0}.",
    ),
    "comprehensive": (
        "「{0}」に包括文書の記載がない。",
        "No comprehensive document of {0} is stated.",
    ),
    "has_holder": ("「{0}」の「{1}」を持つ当事者の記載がない。", 'No party holds "{1}" at {0}.'),
    "has_part": (
        "「{0}」の「{1}」に、{2}の分担の記載がない。",
        'Nothing says how {2} stands to "{1}" at {0}.',
    ),
    "heard": (
        "文書「{0}」について{1}と協議したという記載がない。",
        "Nothing says that {1} was consulted on the document {0}.",
    ),
    "in_touch": (
        "{1}と{2}の間に、線も、「{0}」の連絡窓口もない。",
        "There is neither a line nor a contact for {0} between {1} and {2}.",
    ),
    "layered": ("「{0}」の層の記載がない。", "No layer of {0} is given."),
    "left_out": (
        "「{0}」の「{1}」を{2}について除外する記載がない。",
        'Nothing leaves out "{1}" for {2} at {0}.',
    ),
    "made": ("文書「{0}」は{1}のつくったものでない。", "The document {0} was not made by {1}."),
    "met": (
        "{2}が「{0}」の「{1}」を果たしたという記載がない。",
        'Nothing says that {2} met "{1}" at {0}.',
    ),
    "misfitting": ("「{0}」の区分に誤りは見つからない。", "The declaration of {0} fits."),
    "one_leads": (
        "「{0}」の「{1}」を主導する一者が決まっていない。",
        'No one party leads on "{1}" at {0}.',
    ),
    "outside": (
        "{1}を「{0}」の境界から全部除外する記載がない。",
        "Nothing leaves {1} out at {0} altogether.",
    ),
    "party_at": ("{1}は「{0}」の当事者でない。", "{1} is no party at {0}."),
    "relies_on": ("その継承に、提供元の記載がない。", "The inheritance names no provider."),
    "scope": ("文書「{0}」は、対象事項を限らない。", "The document {0} names no concern."),
    "several_managers": (
        "「{0}」の層を管理する機関は一つだけである。",
        "One agency manages all layers given of {0}.",
    ),
    "shown": (
        "{2}の「{0}」の「{1}」の「{3}」に、証拠の記載がない。",
        'No evidence is stated for "{1}" of {2} at {0} as: {3}.',
    ),
    "supplied": (
        "{2}の「{0}」の「{1}」の継承に、提供する者の記載がない（提供元：{3}）。",
        'Nothing says that anyone provides "{1}" to {2} at {0} (provider: {3}).',
    ),
    "two_lead": (
        "「{0}」の「{1}」を二者以上が主導するのではない。",
        'Not more than one leads on "{1}" at {0}.',
    ),
}
"""What ``none(...)`` says, by the predicate of what is not there."""

CONSTANTS: Mapping[str, Words] = {
    "all": ("すべて", "all"),
    "common_rules": ("共通規程", "common rules"),
    "comprehensive": ("包括文書", "comprehensive"),
    "doubly_owned": ("二重の持ち手", "doubly owned"),
    "false": ("いいえ", "no"),
    "inherited": ("継承", "inherited"),
    "joint": ("共同", "joint"),
    "layer": ("層の管理", "layer"),
    "manager": ("管理", "manager"),
    "misclassified": ("区分違い", "misclassified"),
    "not_shared": ("ほかに使う機関がない", "nobody else uses it"),
    "one_manager": ("一つの機関が管理する", "one agency manages it"),
    "operator": ("整備・運用管理", "operator"),
    "other": ("その他", "other"),
    "provided": ("提供", "provided"),
    "responsibility": ("責任", "responsibility"),
    "satisfied": ("充足", "satisfied"),
    "several_managers": ("層を管理する機関が二つ以上ある", "several manage its layers"),
    "shared": ("基盤に当たる", "it is a platform"),
    "single": ("一者", "one party"),
    "true": ("はい", "yes"),
    "unallocated": ("割当てなし", "unallocated"),
    "unconnected": ("連絡なし", "unconnected"),
    "undocumented": ("文書なし", "undocumented"),
    "unevidenced": ("証拠なし", "unevidenced"),
    "unmet": ("未達", "unmet"),
    "unprovided": ("提供なし", "unprovided"),
}
"""The words that the rules on boundaries use."""
