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
# # 5. 単一障害点と十年の変化
#
# インシデントの知らせが NISC に届くまでに、どの府省庁が欠けると、どの法人が切り離されるか。2016年10月12日と2026年4月1日の名簿で比べ、報告の網を networkx で調べます。
#
# > **Summary.** A network study: whose failure alone cuts which corporations off from NISC, what a
# > failure would change, and how the bodies, their supervision and the reporting network of 2016 and
# > 2026 differ. The text stays the draft of 2016; only the registers change.

# %%
import networkx as nx
import pandas

import kijun

then, now = kijun.open(as_of="2016-10-12"), kijun.open(as_of="2026-04-01")
now.notes()

# %% [markdown]
# 2026年の答えは、2016年の案を2026年の名簿に当てはめたものです。後の版の中身を述べるものではありません。
#
# ## 切り離される機関
#
# 各行は、ある府省庁だけが欠けたときに、ある法人の知らせが届かなくなることを示します。「一部」は、その法人の一部の業務についてだけ届かなくなる場合です。


# %%
def cut_off(kg: kijun.KnowledgeGraph) -> pandas.DataFrame:
    """府省庁ごとに、切り離す法人の数。"""
    points = kg.whatif(single_points=True).to_frame()
    return points.pivot_table(
        index="point", columns="cut", values="body", aggfunc="nunique", fill_value=0, observed=True
    )


cuts = pandas.concat(
    [cut_off(then).add_suffix("_2016"), cut_off(now).add_suffix("_2026")], axis="columns"
)
cuts.sort_values("all_2016", ascending=False)

# %%
assert cuts["all_2016"].to_dict()["文部科学省"] == 21
assert cuts["all_2026"].to_dict()["文部科学省"] == 19
assert len(cuts) == 13

# %% [markdown]
# ## 一つ欠けると
#
# 厚生労働省が欠けたと仮定します。何も保存されません。

# %%
lost = then.whatif(without="厚生労働省", body="日本年金機構")
lost

# %%
assert ("reach", "vanishes") in {(row["kind"], row["change"]) for row in lost}
assert len(lost.where(kind="line")) == 7

# %% [markdown]
# ## 網としての形
#
# 国民と関係部門は、それぞれの機関にとっての相手であって、網の中継ぎではないので除きます。NISC と法人の間は、必ず府省庁を通ります。

# %%
network = then.network("reporting")
parties = [n for n, kind in network.nodes(data="kind") if kind in ("body", "office")]
labels = dict(network.nodes(data="label"))
simple = nx.Graph(network.subgraph(parties))
between = pandas.Series(nx.betweenness_centrality(simple)).rename(index=labels)
between.sort_values(ascending=False).head(8)

# %%
nisc = then.find("NISC").iri
assert between.idxmax() == "NISC"
assert network.number_of_edges() == len(then.reports(expand=True))
assert sum(not reading for *_, reading in network.edges(data="reading")) == 1106
corporations = [n for n, kind in network.nodes(data="class") if kind and kind != "府省庁"]
assert len(corporations) == 97
assert not any(simple.has_edge(nisc, corporation) for corporation in corporations)
assert max(nx.shortest_path_length(simple, nisc, c) for c in corporations) == 2

# %% [markdown]
# ## 所管の変化
#
# どの府省庁がいくつの法人を所管するかを、二つの日で比べます。


# %%
def supervised(kg: kijun.KnowledgeGraph) -> pandas.Series:
    """府省庁ごとに、所管する法人の数。"""
    graph = kg.network("supervision")
    counts = {graph.nodes[n]["label"]: len(set(graph[n])) for n in graph if graph[n]}
    return pandas.Series(counts)


counts = pandas.DataFrame({"2016": supervised(then), "2026": supervised(now)}).fillna(0).astype(int)
counts[counts["2016"] != counts["2026"]].sort_values("2016", ascending=False)

# %%
assert counts.loc["厚生労働省"].to_list() == [20, 18]
assert counts.loc["文部科学省"].to_list() == [26, 26]

# %% [markdown]
# ## 機関の増減


# %%
def bodies(kg: kijun.KnowledgeGraph) -> pandas.Series:
    """類ごとの機関の数。"""
    return kg.ask("bodies-by-class").to_frame().set_index("class")["number"]


sizes = pandas.DataFrame({"2016": bodies(then), "2026": bodies(now)})
sizes

# %%
assert sizes.loc["府省庁"].to_list() == [22, 25]
assert sizes.loc["独立行政法人"].to_list() == [88, 86]
assert sizes.loc["指定法人"].to_list() == [9, 9]

# %% [markdown]
# 2026年の指定法人は、2016年と同じであることが確かめられていません（はじめのことわり）。数字が同じなのは、2016年の名簿を使っているためです。
#
# ## 変わらなかったもの
#
# 機関の名前や数が変わっても、日本年金機構が負うものと、その線は同じです。

# %%
same = then.diff("日本年金機構", other_day="2026-04-01")
assert len(same) == 0

# %%
now.view("reports", "デジタル庁")

# %%
digital = now.duties("デジタル庁")
assert len(digital) == 41
assert not digital.where(route="supervision"), "所管する法人がない"
