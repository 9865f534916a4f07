"""What each atom of the rules says, in words: ``{0}`` is its first argument."""

from __future__ import annotations

from collections.abc import Mapping

Words = tuple[str, str]
"""A sentence in Japanese and in English."""

STATEMENTS: Mapping[str, Words] = {
    "about": ("規範{0}の話題は「{1}」である。", "Norm {0} is about {1}."),
    "about_read": ("{0}の話題は「{1}」である。", "{0} is about {1}."),
    "above": ("「{1}」は「{0}」を含む。", "{1} includes {0}."),
    "actSought": ("「{0}」では、行為「{1}」を探す。", 'For "{0}", the act sought is: {1}.'),
    "action": ("規範{0}の行為は「{1}」である。", "The act of norm {0} is: {1}."),
    "action_read": ("{0}の行為は「{1}」である。", "The act of {0} is: {1}."),
    "agency": ("{0}は情報の届く先になりうる。", "Information can arrive at {0}."),
    "alternativeReading": ("規範{0}には別の読み方がある：{1}", "Norm {0} has another reading: {1}"),
    "answerable": ("「{0}」は、返事をしうる相手である。", "{0} is a party that can answer."),
    "answers": (
        "「{1}」から、規範{0}の話題「{2}」について返して知らせる線がある。",
        "{1} must tell something back on the topic of norm {0}: {2}.",
    ),
    "asks": ("規範{0}は「{1}」を求める。", 'Norm {0} asks for "{1}".'),
    "asserted_type": ("「{0}」は「{1}」である。", "{0} is stated to be: {1}."),
    "assigned": ("「{0}」を、規範{1}が割り当てる。", 'Norm {1} assigns "{0}".'),
    "at_least": (
        "「{0}」についての定めは「{1}」にも当てはまる。",
        "What is said of {0} holds of {1} too.",
    ),
    "bearer": ("規範{0}の主体は「{1}」である。", "The bearer of norm {0} is: {1}."),
    "bearerSought": ("「{0}」では、主体「{1}」を探す。", 'For "{0}", the bearer sought is: {1}.'),
    "bearer_read": ("{0}の主体は「{1}」である。", "The bearer under {0} is: {1}."),
    "broader": ("話題「{0}」は話題「{1}」に含まれる。", "The topic {0} falls under the topic {1}."),
    "broken_return": (
        "規範{0}により{1}は{2}に知らせるが、「{3}」について返して知らせる義務がない。",
        "By norm {0}, {1} tells {2}, and nothing obliges {2} to tell anything back on {3}.",
    ),
    "candidate": (
        "規範{1}は、「{0}」で探す行為を定める。",
        'Norm {1} is about an act sought for "{0}".',
    ),
    "cites": ("規範{0}は{1}を引く。", "Norm {0} cites {1}."),
    "changes": ("{0}は、線の端か行為を改めて読む。", "{0} changes an end or the act of the line."),
    "cites_goal_of": (
        "規範{0}は、{1}の目標を定める条を引く。",
        "Norm {0} cites the article on the goals of {1}.",
    ),
    "class_line": (
        "規範{0}によれば、「{1}」から「{2}」への「{3}」がある。",
        "By norm {0}, {1} addresses {2} by: {3}.",
    ),
    "class_path": ("{0}は「{1}」に属する（{2}）。", "{0} belongs to the class {1} ({2})."),
    "competentFor": ("{0}は{1}の主務大臣である。", "{0} is competent minister for {1}."),
    "concernsDocument": (
        "規範{0}は文書「{1}」についての定めである。",
        "Norm {0} concerns the document {1}.",
    ),
    "confidence": (
        "その所管の記載の確からしさは「{1}」である。",
        "The confidence of that supervision is: {1}.",
    ),
    "confined": (
        "規範{0}は、誰についての行為かを限っている。",
        "Norm {0} says whose affairs it regards, and is confined to them.",
    ),
    "connectedTo": ("{0}は{1}に連携する。", "{0} is connected to {1}."),
    "corporate": ("「{0}」は法人の類である。", "{0} is a class of corporations."),
    "counterpart": (
        "線の端として「{0}」と「{1}」を同じ側と見る。",
        "As ends of lines, {0} and {1} count as the same side.",
    ),
    "covers": (
        "話題「{0}」はインシデントの知らせを含む。",
        "The topic {0} covers word of an incident.",
    ),
    "declaredAs": (
        "「{0}」の区分の記載は「{1}」である。",
        "What is declared of {0} is: {1}.",
    ),
    "directed": ("規範{0}は、向きを分けて定める。", "Norm {0} has separate directions."),
    "displaced": (
        "{0}には、同じ行為を定める自らの節の規範{2}があるので、引き継いだ規範{1}に代わって{2}による。",
        "For {0}, norm {2} of its own section regulates the same act and stands in place "
        "of {1}, which it takes over.",
    ),
    "documentSought": (
        "「{0}」では、文書「{1}」についての定めを探す。",
        'For "{0}", the document sought is: {1}.',
    ),
    "duty": ("規範{1}が{0}に及ぶ。", "Norm {1} reaches {0}."),
    "entered": (
        "{0}は、名簿に「{1}」として載っている。",
        "{0} is entered in the register as: {1}.",
    ),
    "fits_act": ("規範{1}の行為は「{0}」で探すものに合う。", 'The act of norm {1} fits "{0}".'),
    "fits_bearer": (
        "規範{1}の主体は「{0}」で探すものに合う。",
        'The bearer of norm {1} fits "{0}".',
    ),
    "fits_document": (
        "規範{1}の文書は「{0}」で探すものに合う。",
        'The document of norm {1} fits "{0}".',
    ),
    "fits_recipient": (
        "規範{1}の相手は「{0}」で探すものに合う。",
        'The recipient of norm {1} fits "{0}".',
    ),
    "fits_scope": (
        "規範{1}の所管の範囲は「{0}」で探すものに合う。",
        'Whose affairs norm {1} regards fits "{0}".',
    ),
    "fits_topic": ("規範{1}の話題は「{0}」で探すものに合う。", 'The topic of norm {1} fits "{0}".'),
    "fixed": ("「{0}」は、そのまま知らせの相手になる。", "{0} is a party told as it stands."),
    "goalArticle": ("{0}の目標は{1}による。", "The goals of {0} rest on {1}."),
    "grade": ("{0}の度合いを示す言葉は「{1}」である。", "The word for the grade of {0} is: {1}."),
    "hasLayer": ("{0}には層{1}がある。", "{0} has the layer {1}."),
    "held_by_one": ("「{0}」を一者が持つか：{1}。", '"{0}" is held by one party: {1}.'),
    "hop": (
        "規範{2}により、知らせが{0}から{1}に届く（{3}）。",
        "By norm {2}, word gets from {0} to {1} ({3}).",
    ),
    "incorporated": ("{0}で引き継ぐのは{1}である。", "What {0} takes over is: {1}."),
    "incorporates": ("規範{0}は他の規定を引き継ぐ。", "Norm {0} takes other provisions over."),
    "is_assigned": ("「{0}」を割り当てる規範がある。", 'Some norm assigns "{0}".'),
    "layerManagedBy": ("層{0}を{1}が管理する。", "The layer {0} is managed by {1}."),
    "line": (
        "規範{0}により、{1}から{2}への「{3}」の線がある。",
        "By norm {0}, there is a line from {1} to {2}: {3}.",
    ),
    "main": (
        "この線は、別の読み方でなく、文そのものの読みによる。",
        "This line rests on the sentence itself, not on another reading of it.",
    ),
    "managed_in_part": (
        "「{0}」の層の管理機関が分かる。",
        "Some manager of a layer of {0} is known.",
    ),
    "manages": ("{0}は{1}を管理する。", "{0} manages {1}."),
    "norm": (
        "規範{0}は、指針の文から取った規範である。",
        "Norm {0} is a norm taken from a sentence of the guideline.",
    ),
    "operates": ("{0}は{1}を整備・運用管理する。", "{0} operates {1}."),
    "partOf": ("{0}は{1}の一部である。", "{0} is part of {1}."),
    "partlyManagedBy": ("{0}の一部を{1}が管理する。", "{0} is partly managed by {1}."),
    "party": ("「{0}」は線の端である。", "{0} is at an end of a line."),
    "path": (
        "{0}から{4}へ、知らせは{5}の区間を通って届く。",
        "Word gets from {0} to {4} in {5} leg(s).",
    ),
    "pattern": (
        "「{0}」は、割当てを調べる問いである。",
        '"{0}" is a question about an assignment.',
    ),
    "platform_path": (
        "{0}は「{1}」に当たる（{2}）。",
        "{0} belongs to the class {1} ({2}).",
    ),
    "playedIn": ("「{0}」は「{1}」に置かれる。", "The role {0} is played in: {1}."),
    "reading_act": ("{1}では、行為は「{2}」である。", "Under {1}, the act is: {2}."),
    "reading_teller": (
        "{1}では、知らせる側は「{2}」である。",
        "Under {1}, the party that tells is {2}.",
    ),
    "reading_told": ("{1}では、相手は「{2}」である。", "Under {1}, the recipient is {2}."),
    "recipient": ("規範{0}の相手は「{1}」である。", "The recipient of norm {0} is: {1}."),
    "recipientSought": (
        "「{0}」では、相手「{1}」を探す。",
        'For "{0}", the recipient sought is: {1}.',
    ),
    "recipient_read": ("{0}の相手は「{1}」である。", "The recipient under {0} is: {1}."),
    "regards": (
        "規範{0}は「{1}」についての行為を定める。",
        "Norm {0} regards the affairs of: {1}.",
    ),
    "regardsSought": (
        "「{0}」では、「{1}」についての定めを探す。",
        'For "{0}", provisions that regard {1} are sought.',
    ),
    "related": (
        "話題「{0}」と話題「{1}」は同じか、一方が他方を含む。",
        "The topics {0} and {1} are the same or one includes the other.",
    ),
    "relates": (
        "「{0}」は、府省庁の側の呼び名である。",
        "{0} is a name for the side of the ministries.",
    ),
    "repeated": (
        "{5}のこの線は、文そのものの線（{1}から{2}への「{3}」）と変わらない。",
        "This line of {5} is the same as the sentence's own, from {1} to {2}: {3}.",
    ),
    "roleWithin": (
        "規範{0}の主体は、「{1}」に置かれる役割である。",
        "The bearer of norm {0} is a role within: {1}.",
    ),
    "said": ("{0}は、その点を改めて読む。", "{0} says something else on that point."),
    "sameActAs": (
        "規範{0}は規範{1}と同じ行為を定める。",
        "Norm {0} regulates the same act as norm {1}.",
    ),
    "section": ("{0}は{1}の節にある。", "{0} stands in section {1}."),
    "sharedWith": (
        "{0}は、運用する機関のほか{1}にも使われる。",
        "{0} is used by {1}, besides its operator.",
    ),
    "sought": (
        "「{0}」では、その点を限って探す。",
        'For "{0}", that point is part of what is sought.',
    ),
    "sought_within": (
        "「{0}」で探す話題は、「{1}」に含まれる。",
        'The topic sought for "{0}" falls under: {1}.',
    ),
    "source": ("規範{0}の出所は{1}である。", "The source of norm {0} is {1}."),
    "speaks_of": ("規範{0}は話題「{2}」に触れる。", "Norm {0} speaks of the topic {2}."),
    "stated_of": (
        "{0}について利用者が述べたことの確からしさは「{1}」である。",
        "The confidence of what users say of {0} is: {1}.",
    ),
    "sub": ("「{0}」は「{1}」に含まれる。", "{0} is a subclass of {1}."),
    "supervises": ("{0}は{1}を所管する。", "{0} supervises {1}."),
    "supervises_all": (
        "「{0}」とは、「{1}」のどれかを所管する者をいう。",
        "{0} means whoever supervises any of: {1}.",
    ),
    "supervision": (
        "{1}は{3}を所管する（主務大臣：{2}）。",
        "{1} supervises {3} (competent minister: {2}).",
    ),
    "supervision_path": ("道筋は次のとおりである：{2}。", "The path is: {2}."),
    "supervisory": (
        "規範{0}は、法人を所管する者の行為を定める。",
        "Norm {0} is about an act of those who supervise corporations.",
    ),
    "takes_over": (
        "規範{0}は、「{2}」という言葉で規範{1}を引き継ぐ。",
        "Norm {0} takes norm {1} over, by the words: {2}.",
    ),
    "target": ("知らせの届く先は{0}である。", "The word is to arrive at {0}."),
    "teller": (
        "規範{0}の線で、「{1}」として知らせるのは{2}である。",
        "On the line of norm {0}, it is {2} that tells as {1}.",
    ),
    "telling": ("「{0}」は知らせる行為である。", "{0} is an act of telling."),
    "telling_of": (
        "規範{0}の知らせの向きを一つ取る。",
        "One direction of telling of norm {0} is taken.",
    ),
    "tells": ("「{0}」は「{1}」に話題「{2}」を知らせる。", "{0} tells {1} of the topic {2}."),
    "topic": ("規範{0}の線の話題は「{2}」である。", "The topic of the line of norm {0} is: {2}."),
    "topicSought": ("「{0}」では、話題「{1}」を探す。", 'For "{0}", the topic sought is: {1}.'),
    "towards": ("規範{0}は、一つの向きを定める：{1}。", "Norm {0} has a direction: {1}."),
    "type": ("{0}は「{1}」に当たる。", "{0} is of the class {1}."),
    "unassigned": ("「{0}」を割り当てる規範はない。", 'No norm assigns "{0}".'),
    "uses": ("{0}は{1}を使う。", "{0} uses {1}."),
    "weaker": (
        "確からしさ「{0}」と「{1}」を合わせると「{2}」になる。",
        "The confidences {0} and {1} together make: {2}.",
    ),
    "withoutRecipient": ("{0}では、相手がない。", "Under {0}, there is no recipient."),
    "within": ("規範{0}は{1}の中にある。", "Norm {0} lies within {1}."),
}
"""Statements by predicate; their slots take the arguments in words, by place."""

ABSENT: Mapping[str, Words] = {
    "action_read": ("{0}に、行為を改める読みはない。", "{0} names no other act."),
    "answers": (
        "「{1}」から規範{0}の話題「{2}」について返して知らせる線はない。",
        "No line tells anything back from {1} on the topic of norm {0}: {2}.",
    ),
    "assigned": ("「{0}」を割り当てる規範はない。", 'No norm assigns "{0}".'),
    "bearerSought": (
        "「{0}」では、主体を問わない。",
        'For "{0}", no bearer is sought in particular.',
    ),
    "bearer_read": ("{0}に、主体を改める読みはない。", "{0} names no other bearer."),
    "cites_goal_of": (
        "規範{0}は、{1}の目標を定める条を引かない。",
        "Norm {0} cites no article on the goals of {1}.",
    ),
    "confined": (
        "規範{0}に、所管する法人などに限るという記載はない。",
        "Norm {0} is not confined to anyone's affairs in particular.",
    ),
    "documentSought": (
        "「{0}」では、文書を問わない。",
        'For "{0}", no document is sought in particular.',
    ),
    "operates": (
        "{0}が{1}を整備・運用管理するという記載はない。",
        "Nothing says that {0} operates {1}.",
    ),
    "partlyManagedBy": ("「{0}」の層の記載がない。", "No layer of {0} is given."),
    "recipientSought": (
        "「{0}」では、相手を問わない。",
        'For "{0}", no recipient is sought in particular.',
    ),
    "recipient_read": ("{0}に、相手を改める読みはない。", "{0} names no other recipient."),
    "regardsSought": (
        "「{0}」では、所管の範囲を問わない。",
        'For "{0}", it is not asked whose affairs are regarded.',
    ),
    "topicSought": (
        "「{0}」では、話題を問わない。",
        'For "{0}", no topic is sought in particular.',
    ),
    "towards": ("規範{0}に、向きを分ける記載はない。", "Norm {0} has no separate directions."),
    "type": ("{0}は「{1}」に当たらない。", "{0} is not of the class {1}."),
    "withoutRecipient": (
        "{0}は、相手がないとする読みではない。",
        "{0} does not do without a recipient.",
    ),
}
"""What ``none(...)`` says, by the predicate of what is not there."""
