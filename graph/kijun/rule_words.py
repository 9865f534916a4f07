"""What each rule of ``ontology/rules`` says, in words."""

from __future__ import annotations

from collections.abc import Mapping

from kijun.boundary_rule_words import PLATFORM

Words = tuple[str, str]
"""A sentence in Japanese and in English."""

RULES: Mapping[str, Words] = {
    "assigned": (
        "行為・主体・相手・話題・文書・範囲のすべてが合う規範は、探す行為を割り当てる。",
        "A norm that fits in act, bearer, recipient, topic, document and scope assigns "
        "the act sought.",
    ),
    "broken_return": (
        "知らせる義務に、同じ話題で返して知らせる線がなければ、返りが途切れている。",
        "Where no line tells anything back on the same topic, the return is broken.",
    ),
    "class": (
        "規範の主体が類で、所管する法人に限られていなければ、その類に属する機関すべてに及ぶ。",
        "A norm whose bearer is a class, and which is not confined to supervised corporations, "
        "reaches every body of that class.",
    ),
    "class_of_body": (
        "機関は、名簿に載る類に属する。",
        "A body belongs to the class under which the register has it.",
    ),
    "class_own_affairs": (
        "規範がその類自身についての行為でもあれば、その類に属する機関すべてに及ぶ。",
        "A norm that regards the bearer's own affairs reaches every body of that class.",
    ),
    "competent_minister": (
        "名簿が主務大臣とする者は、その法人の主務大臣である。",
        "Whoever the register has as competent minister is competent for the corporation.",
    ),
    "defined_class": (
        "類の定義（同値の公理）の条件をすべて満たすものは、その類に当たる。",
        "Whatever meets all conditions of a class's definition belongs to the class.",
    ),
    "direct": (
        "規範の主体として名を挙げられた組織に及ぶ。",
        "A norm reaches the office that it names as its bearer.",
    ),
    "displaced": (
        "引き継いだ規範と同じ行為を自らの節の規範が定めていれば、自らの節による（読み方）。",
        "Where a norm of the body's own section regulates the same act, it stands in place "
        "of the one taken over (a reading).",
    ),
    "domain_of_use": (
        "ある関係をもつものは、その関係の定める類に当たる（定義域の公理）。",
        "Whatever stands in a relation belongs to the class from which the relation starts.",
    ),
    "has_value": (
        "類の公理は、その類に属するものすべてに決まった値を与える。",
        "The axiom of a class gives every member a fixed value.",
    ),
    "incorporation": (
        "他の節を引き継ぐ規範を負う法人には、府省庁を法人に置き換えて、引き継がれた規範が及ぶ（読み方）。",
        "A corporation that bears a norm taking a section over is reached by the norms "
        "of that section, read with the corporation in place of the ministry (a reading).",
    ),
    "incorporation_role": (
        "引き継ぐ法人の責任者が、府省庁の責任者の位置に立つ（読み方）。",
        "The officer of the corporation that takes a section over stands in the place of "
        "the ministry's (a reading).",
    ),
    "line_in_words": (
        "主体が相手に知らせることを定める規範は、その間に線をつくる。",
        "A norm by which its bearer tells its recipient makes a line between them.",
    ),
    "line_of_direction": (
        "向きを分けて読む規範は、向きごとに線をつくる（読み方）。",
        "A norm read as having several directions makes a line for each of them (a reading).",
    ),
    "line_of_reading": (
        "別の読み方が改める点を当てはめると、この線になる（別の読み方）。",
        "This line is what another reading makes of the norm (another reading).",
    ),
    "line_to_each_ministry": (
        "府省庁に宛てた組織の知らせは、府省庁のそれぞれへの線になる。",
        "What an office tells the ministries is a line to each of them.",
    ),
    "line_to_each_supervising_ministry": (
        "所管府省庁に宛てた組織の知らせは、法人を所管する府省庁それぞれへの線になる。",
        "What an office tells the supervising ministries is a line to each ministry that "
        "supervises a corporation.",
    ),
    "line_to_executives": (
        "法人の役員に宛てた知らせは、その法人の役員への線になる。",
        "What is told to executives is a line to the executives of the corporation itself.",
    ),
    "line_to_fixed_party": (
        "そのまま相手となる者への知らせは、知らせる側のそれぞれからの線になる。",
        "What is told to a party as it stands is a line from each who tells.",
    ),
    "line_to_managers": (
        "管理職に宛てた法人の知らせは、所管する府省庁の管理職への線になる。",
        "What a corporation tells managers is a line to the managers of each ministry that "
        "supervises it.",
    ),
    "line_to_own_corporation": (
        "府省庁が法人に宛てた知らせは、その府省庁が所管する法人それぞれへの線になる。",
        "What a ministry tells corporations is a line to each of those that it supervises.",
    ),
    "line_to_own_ministry": (
        "法人が所管府省庁に宛てた知らせは、その法人を所管する府省庁それぞれへの線になる。",
        "What a corporation tells its supervising ministry is a line to each ministry that "
        "supervises it.",
    ),
    "manager_of_layer": (
        "システムの層を管理する者は、そのシステムの一部を管理する。",
        "Whoever manages a layer of a system manages part of it.",
    ),
    "path_through_minister": (
        "道筋は、府省庁から、主務大臣を経て、法人に至る（主務大臣の後ろの府省庁は読み方）。",
        "The path leads from the ministry through the competent minister to the corporation "
        "(the ministry behind the minister is a reading).",
    ),
    "path_through_minister_to_goal_article": (
        "道筋は、府省庁から、主務大臣と法人を経て、その法人の目標の条に至る（主務大臣の後ろの府省庁は読み方）。",
        "The path leads from the ministry through the minister and the corporation to the "
        "article on its goals (the ministry behind the minister is a reading).",
    ),
    "path_to_corporation": (
        "道筋は、府省庁から、所管する法人に至る。",
        "The path leads from the ministry to the corporation that it supervises.",
    ),
    "path_to_goal_article": (
        "道筋は、府省庁から、所管する法人を経て、その法人の目標の条に至る。",
        "The path leads from the ministry through the corporation to the article on its goals.",
    ),
    "range_of_use": (
        "ある関係の相手となるものは、その関係の定める類に当たる（値域の公理）。",
        "Whatever a relation leads to belongs to the class at which the relation ends.",
    ),
    "registered_class": (
        "機関は、名簿に載る類に当たる。",
        "A body is of the class under which the register has it.",
    ),
    "repeated_line": (
        "別の読み方の線でも、文そのものの線と変わらなければ、別に数えない。",
        "A line of another reading that the sentence itself makes as well is not counted again.",
    ),
    "role": (
        "規範の主体が役割なら、その役割の置かれる類の機関すべてに、その役割を通じて及ぶ。",
        "A norm whose bearer is a role reaches every body of the class within which the "
        "role stands.",
    ),
    "route_of_one_leg": ("一本の線で届く。", "The word arrives by one line."),
    "route_of_three_legs": (
        "三本の線をつないで届く。どの区間も、同じ話題か、より広い話題の線である。",
        "The word arrives by three lines, each on the topic or a broader one.",
    ),
    "route_of_two_legs": (
        "二本の線をつないで届く。どの区間も、同じ話題か、より広い話題の線である。",
        "The word arrives by two lines, each on the topic or a broader one.",
    ),
    "same_act": (
        "探す行為と同じ行為を定める規範を候補とする。",
        "A norm about the very act that is sought is a candidate.",
    ),
    "stated_class": (
        "みずからの類を明示するものは、その類に当たる。",
        "Whatever states its own class is of that class.",
    ),
    "subclass": (
        "下位の類に当たるものは、上位の類にも当たる。",
        "Whatever is of a class is of every class that includes it.",
    ),
    "superclass": (
        "下位の類に属する機関は、上位の類にも属する。",
        "A body of a class belongs to every class that includes it.",
    ),
    "supervising_ministry": (
        "名簿が所管とする府省庁は、その法人を所管する。",
        "The ministry under which the register has a corporation supervises it.",
    ),
    "supervision": (
        "所管する法人についての規範は、その類の法人を所管する府省庁に、法人ごとに及ぶ。",
        "A norm about supervised corporations reaches the ministry that supervises one "
        "of that class, once for each.",
    ),
    "supervision_of_all": (
        "所管府省庁や主務大臣に課す規範に範囲の記載がなければ、所管する法人（主務大臣なら独立行政法人）"
        "すべてについて、法人ごとに及ぶ。",
        "A norm on supervising ministries or competent ministers that does not say which "
        "corporations it regards is about all that they supervise, once for each.",
    ),
    "taken_over": (
        "節を引き継ぐ定めは、その節（とその下の節）にある規範を引き継ぐ。",
        "A provision that takes a section over takes over every norm within that section.",
    ),
    "teller_by_supervision": (
        "所管する法人のことを知らせるのは、対象の類の法人を所管する府省庁である。",
        "Those who tell of supervised corporations are the ministries that supervise one of the "
        "class concerned.",
    ),
    "teller_of_all_supervised": (
        "所管府省庁や主務大臣が、どの法人のこととも限らずに知らせるなら、法人を所管する府省庁がそれぞれ知らせる。",
        "Where supervising ministries or competent ministers tell without saying of which "
        "corporations, every ministry that supervises one tells.",
    ),
    "teller_of_class": (
        "類として知らせるのは、所管する法人に限った規範でなければ、その類に属する機関それぞれである。",
        "Unless it is confined to supervised corporations, all bodies of a class tell that is to "
        "tell.",
    ),
    "teller_of_own_affairs": (
        "みずからのことも知らせる規範なら、その類に属する機関それぞれが知らせる。",
        "Where the norm regards the tellers' own affairs, all bodies of that class tell.",
    ),
    "teller_office": (
        "名を挙げられた組織は、みずから知らせる。",
        "An office that is named tells by itself.",
    ),
    "unassigned": (
        "探す行為を割り当てる規範が一つもなければ、文は沈黙している。",
        "Where no norm assigns an act sought, the text is silent on it.",
    ),
    "use_by_others": (
        "運用する機関でない機関が使うシステムは、その機関と共有されている。",
        "A system used by an agency that does not operate it is shared with that agency.",
    ),
    **PLATFORM,
}
"""The rules that carry a name, the compiled class axioms included, by that name."""

UNNAMED: Mapping[str, Words] = {
    "above": ("類の上下の関係をたどる。", "Classes are followed upwards."),
    "agency": (
        "名簿に載る機関と、名のある組織が、届く先になりうる。",
        "Word can arrive at bodies of a register and at named offices.",
    ),
    "answerable": (
        "組織と機関の類だけが返事をしうる。",
        "Only offices and classes of agencies can answer.",
    ),
    "answers": (
        "相手の側から、同じか関わりのある話題で知らせる線があれば、返りがある。",
        "There is a return where the other side tells something on the same or a related topic.",
    ),
    "at_least": (
        "類についての定めは、その下位の類についての定めでもある。",
        "What is said of a class is said of its subclasses too.",
    ),
    "changes": (
        "知らせる側・相手・行為のどれかを改める読みは、線を改める。",
        "A reading that names another bearer, recipient or act changes the line.",
    ),
    "cites_goal_of": (
        "引く条が、その法人の目標の条であればよい。",
        "It is enough that a cited article is the goal article of the corporation.",
    ),
    "corporate": (
        "独立行政法人等に含まれる類は、法人の類である。",
        "The classes that the corporations include are classes of corporations.",
    ),
    "confined": (
        "誰についての行為かの記載があれば、それに限られる。",
        "Where a norm says whose affairs it regards, it is confined to them.",
    ),
    "counterpart": (
        "同じ者、又は一方が他方を含む類は、線の端として同じ側である。",
        "The same party, or classes of which one includes the other, are one side.",
    ),
    "covers": (
        "話題と、それを含む広い話題は、その知らせを含む。",
        "A topic and those broader than it cover the word.",
    ),
    "directed": (
        "向きの記載があれば、向きを分けて読む。",
        "A norm with directions is read direction by direction.",
    ),
    "fits_act": (
        "探す行為が、規範の全体か、その向きの行為であればよい。",
        "It is enough that an act sought is that of the norm, or of its direction.",
    ),
    "fits_bearer": (
        "問われない点、又は同じか広い主体は、合うものとする。",
        "A point not asked, or a bearer the same or wider, fits.",
    ),
    "fits_document": (
        "問われない点、又は同じ文書は、合うものとする。",
        "A point not asked, or the same document, fits.",
    ),
    "fits_recipient": (
        "問われない点、又は同じか広い相手は、合うものとする。",
        "A point not asked, or a recipient the same or wider, fits.",
    ),
    "fits_scope": (
        "問われない点、同じか広い範囲、又は限りのない規範は、合うものとする。",
        "A point not asked, a scope the same or wider, or a norm without confines fits.",
    ),
    "fits_topic": (
        "問われない点、又は同じか広い話題は、合うものとする。",
        "A point not asked, or a topic the same or broader, fits.",
    ),
    "fixed": (
        "組織と国民などは、そのまま相手になる。",
        "Offices, the public and the like are parties as they stand.",
    ),
    "hop": (
        "線が、その話題か広い話題で届く先に至れば、知らせは一区間進む。",
        "A line on the topic or a broader one takes the word one leg further.",
    ),
    "is_assigned": ("割り当てる規範が一つあれば足りる。", "One norm that assigns it is enough."),
    "main": (
        "文そのものの線と、その向きの線だけを数える。",
        "Only lines of the sentence itself and of its directions count.",
    ),
    "no_rule": (
        "この結論を与えうる規則をすべて試したが、どれも前提が足りない（閉じた世界の読み）。",
        "Every rule that could give this was tried, and each lacks a premise (read as a "
        "closed world).",
    ),
    "managed_in_part": ("層を管理する機関の記載がある。", "Some manager of a layer is given."),
    "none": (
        "そのような事実も帰結も、調べた範囲にない（閉じた世界の読み）。",
        "No such fact or consequence is in the scope searched (read as a closed world).",
    ),
    "party": ("線の端に立つ者である。", "Parties are what lines join."),
    "pattern": (
        "探す行為があれば、割当ての問いである。",
        "What has an act sought is a question about an assignment.",
    ),
    "reading_act": (
        "読みが行為を改めなければ、規範の行為による。",
        "Unless the reading names another act, it is the norm's own.",
    ),
    "reading_teller": (
        "読みが主体を改めなければ、規範の主体が知らせる。",
        "Unless the reading names another bearer, the norm's own tells.",
    ),
    "reading_told": (
        "読みが相手を改めず、なくしもしなければ、規範の相手による。",
        "Unless the reading names another recipient or none, it is the norm's own.",
    ),
    "related": (
        "同じ話題、又は一方が他方を含む話題は、関わりがある。",
        "Topics that are the same, or of which one includes the other, are related.",
    ),
    "said": (
        "読みにその点の記載があればよい。",
        "It is enough that the reading says something on the point.",
    ),
    "sought": (
        "その点の記載があれば、問われている。",
        "A point is sought where the question names it.",
    ),
    "sought_within": (
        "話題を探すとき、それを含む広い話題についての定めも当たる。",
        "What is said of a broader topic is said of the topic sought.",
    ),
    "speaks_of": (
        "規範の話題、又はその向きの話題である。",
        "The topic is the norm's, or that of its direction.",
    ),
    "stated_of": (
        "6(3)が課すのは政府機関等だけで、利用者が述べたことは名簿の記載より確かではなく、よくて「導出」である。",
        "6(3) binds government bodies only; what users say is no surer than the register, and "
        "derived at best.",
    ),
    "supervisory": (
        "主体が所管府省庁・主務大臣であるか、府省庁が主体で法人についての行為なら、所管の規範である。",
        "A norm is supervisory where its bearer is the supervising ministry or competent "
        "minister, or the ministries with regard to corporations.",
    ),
    "telling": (
        "知らせる行為は、閉じた一覧にあるものに限る。",
        "Acts of telling are those of a closed list.",
    ),
    "telling_of": (
        "向きがあれば向きごとに、なければ全体を一つの知らせと見る。",
        "A norm tells once for each direction, or as a whole.",
    ),
    "tells": (
        "線の話題と、それを含む広い話題を知らせる。",
        "A line tells of its topic and of those broader than it.",
    ),
    "topic": (
        "線の話題は、向きの話題、なければ規範の話題である。",
        "The topic of a line is that of its direction, or else the norm's.",
    ),
    "within": (
        "規範は、その文、その節と、節を含む節の中にある。",
        "A norm lies within its sentence, its section and the sections that hold it.",
    ),
}
"""The auxiliary rules, which carry none, by the predicate of their head."""
