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
# # 3. 何を引き継いで負うか
#
# 府省庁（総務省）、独立行政法人（情報通信研究機構）、指定法人（日本年金機構）が負う規範を、及ぶ経路と強さとともに比べます。
#
# > **Summary.** What a ministry, an incorporated agency and a designated corporation bear, by which
# > route and with what force; what a corporation takes over only "to be regarded"; where its own section
# > displaces what it would take over; and the proof of one row.

# %%
import pandas

import kijun

kg = kijun.open()
bodies = ("総務省", "情報通信研究機構", "日本年金機構")
duties = {name: kg.duties(name) for name in bodies}

# %% [markdown]
# ## 経路と強さ

# %%
frames = [table.to_frame().assign(body=name) for name, table in duties.items()]
whole = pandas.concat(frames, ignore_index=True)
table = pandas.crosstab([whole["body"], whole["route"]], whole["derived_force"])
table

# %%
assert {name: len(found) for name, found in duties.items()} == {
    "総務省": 50,
    "情報通信研究機構": 49,
    "日本年金機構": 49,
}
assert table.loc[("総務省", "class"), "must"] == 21
assert table.loc[("日本年金機構", "incorporation"), "regard"] == 23

# %% [markdown]
# 総務省に「引き継ぎ」はありません。法人が引き継ぐのは、府省庁が直接に負う 3 章の規範です。

# %%
kg.view("duties", "日本年金機構")

# %% [markdown]
# ## 引き継いでも、そのままの義務ではない
#
# 4(1)〜4(3) は 3(1)〜3(3) を「踏まえ」ます。義務だったものも、**考慮**として及びます。6(5) だけは「同様に」なので、義務のままです。

# %%
taken = duties["日本年金機構"].where(route="incorporation").to_frame()
kept = taken.groupby(["grade", "force", "derived_force"], observed=True).size()
kept

# %%
assert set(taken[taken["grade"] == "同様に"]["derived_force"]) == {"must"}
assert set(taken[taken["grade"] == "踏まえ"]["derived_force"]) == {"regard"}

# %% [markdown]
# 自らの節が同じ行為を定めていれば、そちらの規範が代わります。

# %%
displaced = {
    row["norm"]: row["displaced_by"] for row in duties["日本年金機構"] if row["displaced_by"]
}
displaced

# %%
assert displaced["3(3)-8a"] == "4(3)-5a"
assert len(displaced) == 6

# %% [markdown]
# ## 独立行政法人と指定法人の違い
#
# 二つの法人が負うものは同じです。違いは、所管する側にあります。評価の結果を公表するのは、独立行政法人の主務大臣だけです（4(3) 第2文）。

# %%
difference = kg.diff("情報通信研究機構", "日本年金機構")
changed = {(row["change"], row["norm"]) for row in difference if row["kind"] == "duty"}
sorted(changed)

# %%
published = {
    name: [row["norm"] for row in kg.duties(name, route="supervision") if row["norm"] == "4(3)-2b"]
    for name in ("総務省", "厚生労働省", "警察庁")
}
published

# %%
assert published["総務省"] == ["4(3)-2b"]
not_owed = kg.explain("日本年金機構", "4(3)-2b")
assert not_owed.rows[0]["holds"] is False

# %% [markdown]
# ## 一行を守り切る
#
# 監査で問われたら、証明を示します。次は、日本年金機構が 6(5)-1b（インシデントへの対処）を負う理由です。

# %%
# %load_ext kijun

# %%
# %kijun explain 日本年金機構 "6(5)-1b"

# %%
proof = kg.explain("日本年金機構", "6(5)-1b")
assert proof.rows[0]["holds"] is True
assert proof.rows[0]["rule"] == "incorporation"
