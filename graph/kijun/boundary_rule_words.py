"""What each rule on platforms and their boundaries says, in words."""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[str, str]
"""A sentence in Japanese and in English."""

PLATFORM: Mapping[str, Words] = {
    "path_by_connection": (
        "基盤と連携する情報システムを管理すれば、その管理機関としての道筋がある。",
        "Managing a system connected to a platform makes a path as its manager.",
    ),
    "path_by_operating": (
        "基盤を整備・運用管理すれば、その運用機関としての道筋がある。",
        "Operating a platform makes a path as its operator.",
    ),
    "path_to_either": (
        "どちらの立場でも、整備・運用管理機関としての道筋になる。",
        "Either makes a path as one of the agencies that manage the platform.",
    ),
    "platform": (
        "基盤の整備・運用管理機関を主体とする規範は、その立場にある機関に及ぶ。",
        "A norm on those who manage a platform, or what is connected to it, reaches them.",
    ),
    "taken_as_declared": (
        "ほかの機関も使い、層の記載のないシステムは、基盤と書かれていればそのとおりに扱う。",
        "A system used by others of which no layer is given is taken for the platform that it is "
        "declared to be.",
    ),
}
"""The rules by which norms reach those who operate platforms, by name."""

RULES: Mapping[str, Words] = {
    "added_concern": (
        "対象の基盤を限らない追加事項は、調べるすべての基盤で調べる。",
        "An added concern that names no platform is examined at all of them.",
    ),
    "added_concern_of_platform": (
        "基盤を限った追加事項は、その基盤で調べる。",
        "An added concern that names a platform is examined there.",
    ),
    "agreed_with_party": (
        "基盤の文書のどれかについて合意した当事者とは、合意がある。",
        "A party with which any document of the platform was agreed is agreed with.",
    ),
    "at_boundary": (
        "全部を除外された当事者でなければ、境界にいる。",
        "A party that is not left out altogether is at the boundary.",
    ),
    "bound": (
        "6(3)が課すのは、政府機関等（府省庁・独立行政法人・指定法人）だけである。",
        "6(3) binds government bodies only: ministries, agencies and designated corporations.",
    ),
    "carved_out": (
        "ほかの機関も使うが、一つの機関がハードウェアからアプリケーションまで管理するシステムは、"
        "6(3)から除かれる。",
        "A system that others use too, but one agency manages from hardware to application, is "
        "left out by 6(3).",
    ),
    "contact_for_all": (
        "基盤を限らない連絡窓口は、どの基盤でも当事者を結ぶ。",
        "A contact that names no platform joins the parties at each.",
    ),
    "contact_of_platform": (
        "基盤を限った連絡窓口は、その基盤で当事者を結ぶ。",
        "A contact that names a platform joins the parties there.",
    ),
    "common_rules_of_operator": (
        "共通規程を定めることができるのは、基盤を整備し、運用管理する機関だけである（6(3)-6a）。",
        "Only the operator of the platform may set common rules (6(3)-6a).",
    ),
    "displaced_in_scope": (
        "共通規程は、その対象事項で、当事者のポリシーに優先する（読み方）。",
        "Common rules displace the parties' policies in the concerns they deal with (a reading).",
    ),
    "displaced_throughout": (
        "対象事項を限らない共通規程は、調べる事項のすべてで、当事者のポリシーに優先する（読み方）。",
        "Common rules that name no concern displace the parties' policies in all (a reading).",
    ),
    "examined": (
        "基盤と書かれ、その区分に誤りがなければ、境界を調べる。",
        "A system declared a platform is examined, if the declaration fits.",
    ),
    "heard_by_agreement": (
        "合意した機関とは、協議もしている。",
        "Whoever agreed was consulted too.",
    ),
    "heard_by_consultation": (
        "協議の記載があれば、協議している。",
        "A consultation that is stated took place.",
    ),
    "held_by_maker": (
        "包括的な文書をつくった機関は、その事項を持つ。",
        "Whoever made the comprehensive document holds that concern.",
    ),
    "held_by_provider": (
        "一者が持つ事項を提供する機関は、その事項を持つ。",
        "Whoever provides a concern that one party holds, holds it.",
    ),
    "held_by_responsible": (
        "一者が持つ事項の責任を負う機関は、その事項を持つ。",
        "Whoever is responsible for a concern that one party holds, holds it.",
    ),
    "held_by_satisfying": (
        "一者が持つ事項を提供する当事者も責任を負う当事者もなければ、これを果たした当事者が持つ（読み方）。",
        "Where no party provides a concern that one holds, and none is responsible, whoever "
        "satisfied it holds it (a reading).",
    ),
    "hole_doubly_owned": (
        "一者が持つ事項を二者以上が持ち、主導する一者が決まっていなければ、穴である。",
        "A concern that one party holds is uncovered where two hold it and no one leads.",
    ),
    "hole_misclassified": (
        "区分が記載と合わなければ、漏れの防止（6(3)-1a）に穴がある。",
        "A declaration that does not fit leaves the prevention of omissions (6(3)-1a) uncovered.",
    ),
    "hole_unconnected": (
        "二つの当事者の間に線も連絡窓口もなければ、穴である（読み方）。",
        "Two parties with neither line nor contact between them are a hole (a reading).",
    ),
    "hole_unevidenced": (
        "提供又は充足というのに証拠の記載がなければ、穴である。",
        "What is claimed as provided or satisfied without evidence is a hole.",
    ),
    "hole_unmet": (
        "責任を負う当事者に充足の記載がなければ、穴である。",
        "A responsibility that the party does not say it met is a hole.",
    ),
    "hole_unprovided": (
        "継承するという当事者に提供する者がなければ、穴である。",
        "A party that inherits what nobody provides it is a hole.",
    ),
    "hole_without_agreement": (
        "どの文書についても合意のない当事者があれば、穴である。",
        "A party with which no document was agreed is a hole.",
    ),
    "hole_without_consultation": (
        "共通規程の作成者でない、連携する情報システムの管理機関と協議していなければ、穴である。",
        "Common rules not discussed with a manager of a connected system, other than their maker, "
        "are a hole.",
    ),
    "hole_without_document": (
        "包括的な文書がなければ、穴である。",
        "A platform without a comprehensive document has a hole.",
    ),
    "hole_without_holder": (
        "一者が持つ事項に持つ者がなければ、穴である。",
        "A concern that one party holds is uncovered where nobody does.",
    ),
    "hole_without_part": (
        "共同の事項に分担のない当事者があれば、穴である。",
        "A joint concern in which a party has no part is a hole.",
    ),
    "in_scope": (
        "調べる事項と当事者の組は、除外されていなければ範囲にある。",
        "A concern of a party is in scope unless it is left out.",
    ),
    "line_between": (
        "指針の文による線が、二つの機関を結ぶ。",
        "A line that the guideline makes joins two bodies.",
    ),
    "made_and_agreed": (
        "自らつくった文書についてほかの当事者と合意した者とは、合意がある。",
        "Whoever made a document and agreed it with another party is agreed with.",
    ),
    "made_comprehensive": (
        "包括的な文書をつくった者に、合意の相手としての記載は要らない。",
        "Whoever made the comprehensive document need not be stated as agreed with.",
    ),
    "mere_user": (
        "使うだけで当事者でない機関は、6(3)を負わない。",
        "Whoever uses the platform without being a party bears nothing under 6(3).",
    ),
    "misfit_not_shared": (
        "基盤と書かれても、ほかに使う機関がなければ、区分が合わない。",
        "A declared platform that nobody else uses does not fit.",
    ),
    "misfit_one_manager": (
        "基盤と書かれても、層を管理するのが一つの機関だけなら、区分が合わない。",
        "A declared platform all of whose layers one agency manages does not fit.",
    ),
    "misfit_several_managers": (
        "単独と書かれても、層を管理する機関が二つ以上あれば、区分が合わない。",
        "A system declared one agency's own whose layers several manage does not fit.",
    ),
    "misfit_shared": (
        "単独と書かれても、基盤の定義に当たれば、区分が合わない。",
        "A system declared one agency's own that meets the definition of a platform does not fit.",
    ),
    "open_list": (
        "6(3)の一覧は「等」で開いており、追加事項の漏れも防ぐ（読み方）。",
        "The list in 6(3) is open, so omissions in added concerns are prevented too (a reading).",
    ),
    "party_by_connection": (
        "基盤と連携する情報システムを管理する機関は、当事者である。",
        "Whoever manages a system connected to the platform is a party.",
    ),
    "party_manager": (
        "基盤を管理する機関は、当事者である。",
        "Whoever manages the platform is a party.",
    ),
    "party_of_layer": (
        "基盤の層を管理する機関は、当事者である（読み方）。",
        "Whoever manages a layer of the platform is a party (a reading).",
    ),
    "party_operator": (
        "基盤を整備・運用管理する機関は、当事者である。",
        "Whoever operates the platform is a party.",
    ),
    "printed_concern": (
        "6(3)に書かれた事項は、調べるすべての基盤で調べる。",
        "A concern printed in 6(3) is examined at every platform.",
    ),
    "supplied_by_named": (
        "名指しされた提供元が提供していれば、継承に裏付けがある。",
        "What the named provider provides backs an inheritance.",
    ),
    "supplied_by_party": (
        "提供元の記載がなければ、ほかの当事者の提供で足りる。",
        "Where no provider is named, any other party that provides will do.",
    ),
    "unlayered": (
        "層の記載がない基盤は、除かれないことを確かめられない。",
        "Of a platform without layers it cannot be checked that 6(3) does not leave it out.",
    ),
}
"""The rules by name."""

UNNAMED: Mapping[str, Words] = {
    "common": (
        "運用する機関のほかに使う者があれば、共用されている。",
        "Used by others, it is shared.",
    ),
    "comprehensive": (
        "包括文書の記載があれば、包括的な文書がある。",
        "A platform has a comprehensive document where one is stated.",
    ),
    "assumed": (
        "提供する当事者、責任を負う当事者又は文書の作成者があれば、持つ者は決まっている。",
        "Where a party provides it, is responsible for it or made the document, it is taken on.",
    ),
    "has_holder": ("持つ者がある。", "Someone holds it."),
    "has_part": ("分担の記載があれば、その事項に分担がある。", "An allocation is a part in it."),
    "in_touch": (
        "どちらかの向きに線か連絡窓口があれば、二者は結ばれている。",
        "A line or a contact in either direction joins two parties.",
    ),
    "joint": (
        "一者が持つ事項と合意形成のほかは、すべての当事者が持つ。",
        "All concerns but those that one party holds, and agreement, are joint.",
    ),
    "layered": ("層の管理機関の記載がある。", "Some layer has a manager."),
    "leading": (
        "持つ者のうち、主導と書かれた者が主導する。",
        "Of those who hold it, whoever is said to lead does.",
    ),
    "left_out": (
        "除外の記載に当たる事項と当事者は、範囲から外れる。",
        "A concern of a party that an exclusion names is left out.",
    ),
    "limited": ("対象事項の記載がある。", "The document names what it deals with."),
    "manages_connected": (
        "連携する情報システムを管理する当事者である。",
        "It is a party that manages a connected system.",
    ),
    "met": ("充足の記載がある。", "It is stated to be satisfied."),
    "misfitting": ("区分が合わない。", "The declaration does not fit."),
    "names_provider": ("提供元の記載がある。", "A provider is named."),
    "one_leads": ("主導する者がちょうど一者ある。", "Exactly one leads."),
    "outside": (
        "すべての事項を除外された当事者は、境界の外にある。",
        "A party of which all concerns are left out is outside.",
    ),
    "pair": ("境界にいる二つの当事者を組にする。", "Two parties at the boundary make a pair."),
    "party_at": ("何らかの立場で当事者である。", "It is a party in some role."),
    "provides": ("提供の記載がある。", "It is stated to be provided."),
    "relies": ("継承の記載があれば、提供する者に頼る。", "Who inherits relies on a provider."),
    "several_managers": ("層の管理機関が二つ以上ある。", "Two or more manage its layers."),
    "shown": ("証拠の記載がある。", "Evidence is stated."),
    "single": ("一者が持つ事項である。", "It is a concern that one party holds."),
    "to_be_held": (
        "範囲にある当事者があれば、一者が持つ事項には持つ者が要る。",
        "A concern that one party holds needs a holder where any party is in scope.",
    ),
    "two_hold": ("二者以上が持つ。", "Two or more hold it."),
    "two_lead": ("二者以上が主導する。", "Two or more lead."),
}
"""The auxiliary rules, which carry no name, by the predicate of their head."""
