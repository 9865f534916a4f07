# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4. 何が決まっていないか
#
# 共通に使う情報システムの境界で抜け落ちるものは二つあります。**文そのものが誰にも割り当てていないこと**と、割り当てられているのに**実際の組織が手当てしていないこと**です。ここでは前者を、63文のすべてを調べて示します。後者は、利用者のシステムを書いた profile で調べます（[7. 共有する基盤の境界を調べる](7-boundary-study.ipynb)）。
#
# > **Summary.** What is open at the boundaries of shared systems. Here: what the text itself assigns to
# > nobody (silences), what it only presupposes, which returns are broken, and who bears 6(3). What an
# > organisation has left uncovered is asked of a profile of its own systems.

# %%
import kijun

kg = kijun.open()

# %% [markdown]
# ## 6(3) は誰に何を求めるか
#
# 主体は**整備・運用管理機関**、つまり基盤を整備し運用管理する機関と、それと連携する情報システムを管理する機関です。使うだけの機関には、6(3) の規範は及びません。共通的な規程を定められるのは、前者だけです。

# %%
bearers = kg.ask("shared-system-bearers")
bearers

# %%
by_bearer = bearers.to_frame().groupby("bearer")["norm"].nunique().to_dict()
assert by_bearer == {
    "整備・運用管理機関": 9,
    "基盤となる情報システムの整備・運用管理を行う機関": 1,
}
assert not kg.norms(section="6(3)", bearer="独立行政法人")

# %% [markdown]
# ## 決めるべき事項
#
# 一者が持てばよい事項（責任分界、包括的な文書）と、当事者のそれぞれが持たなければならない事項があります。

# %%
concerns = kg.ask("shared-system-concerns")
single = [row["concern"] for row in concerns if row["heldByOne"]]
single

# %%
assert sorted(single) == ["包括的な文書", "責任分界"]
assert len({row["concern"] for row in concerns}) == 8

# %% [markdown]
# ## 前提とされているだけのこと
#
# 体制と文書を**作ること自体**は、「整備するに当たっては」が前提とするだけで、どの文も命じていません。

# %%
presupposed = kg.ask("presupposed", shared="true")
presupposed

# %%
assert {row["section"] for row in presupposed} == {"6(3)"}
assert len(presupposed) == 2

# %% [markdown]
# ## 文の沈黙
#
# 63文の規範91件を調べ、どれも割り当てていない行為です。「近い規範」が、ありそうで違う規範です。

# %%
silences = kg.ask("silences", shared="true")
silences

# %%
assert len(silences) == 7
assert {row["scope"] for row in silences} == {"全63文の規範91件"}

# %% [markdown]
# 例えば、基盤でインシデントが起きたとき、それを連携する情報システムの管理者へ知らせる者は、どの文にもありません。図で見ると、整備・運用管理機関どうしを結ぶ「知らせる」線がないことが分かります。

# %%
kg.view("framework")

# %%
parties = {"整備・運用管理機関", "基盤となる情報システムの整備・運用管理を行う機関"}
told = [row["norm"] for row in kg.reports() if {row["from"], row["to"]} & parties]
assert told == []

# %% [markdown]
# ## 実在の機関どうしでは
#
# 基盤の運用者と当事者の間に、ほかの節が作る線があるかどうかは、誰と誰かによります。府省庁と、その所管する法人の間には線があり、府省庁どうしの間にはありません。

# %%
graph = kg.network("reporting")
names = {label: iri for iri, label in graph.nodes(data="label")}


def line_between(one: str, other: str) -> bool:
    """線が、どちらかの向きにあるか。"""
    ends = names[one], names[other]
    return graph.has_edge(*ends) or graph.has_edge(*ends[::-1])


pairs = [("総務省", "統計センター"), ("総務省", "厚生労働省"), ("統計センター", "日本年金機構")]
{pair: line_between(*pair) for pair in pairs}

# %%
assert [line_between(*pair) for pair in pairs] == [True, False, False]
