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
# # 1. ひと回り
#
# 基準（kijun）は、政府機関等の情報セキュリティ対策の運用等に関する指針（案、2016年）を知識グラフにしたものです。どの答えにも、根拠となる文（節と文番号）が付きます。このノートでは、グラフを開き、三つの問いを一度ずつ尋ね、表と図の読み方を見ます。
#
# > **Summary.** A tour: open the graph, ask the three questions once each (who must report to whom,
# > what an agency inherits, what nobody is assigned), and learn to read tables and pictures. Every row
# > carries the sentence it rests on.

# %%
import kijun

kg = kijun.open()
kg

# %% [markdown]
# 日を指定しなければ 2016年10月12日のグラフが開きます。府省庁・独立行政法人・指定法人の三種がそろった最初の日です。答えは、必ず次のことわりから始まります。

# %%
kg.notes()

# %% [markdown]
# ## 指針の規範
#
# 指針の63文から読み取った規範は91件です。**強さ**は、義務（しなければならない、ものとする）、必要、推奨（重要である、求められる）、権能（ことができる）の四つです。

# %%
norms = kg.norms()
strength = norms.to_frame()["force"].astype(str).value_counts()
strength

# %%
assert len(norms) == 91
assert strength.to_dict() == {"must": 68, "should": 13, "need": 9, "may": 1}

# %% [markdown]
# 表は見出しを押すと並べ替わり、欄に語を入れると絞り込めます。左端の「根拠」が、節と文番号です。

# %%
kg.norms(section="6(4)")

# %% [markdown]
# ## 問い1：誰が誰に報告するか
#
# 日本年金機構がインシデントについて知らせる相手です。NISC へ直接つながる線はありません。「別の読み方」とある行は、その読み方を採るときだけの線です。

# %%
lines = kg.reports("日本年金機構", about="incident")
lines

# %%
assert len(lines.where(reading=False)) == 5
assert not lines.where(to="NISC"), "法人から NISC への線は、どの文も作っていない"

# %% [markdown]
# 厚生労働省を通る経路ならあります。図の箱や線に触れると、内容と根拠の文が出ます。太い枠は、そこが欠けると届かなくなる所です。

# %%
kg.view("route", "日本年金機構", "NISC", about="incident")

# %%
routes = kg.route("日本年金機構", "NISC", about="incident")
assert {tuple(route["single_points"]) for route in routes} == {("厚生労働省",)}

# %% [markdown]
# ## 問い2：何を引き継いで負うか
#
# **経路**は、その規範がどのように機関へ及ぶかです。府省庁だけが負う規範は法人に及ばず、「踏まえ」で引き継いだものは、そのままの義務ではなく**考慮**として及びます。

# %%
duties = kg.duties("日本年金機構")
by_route = duties.to_frame().groupby(["route", "derived_force"], observed=True).size()
by_route

# %%
assert len(duties) == 49
assert by_route["incorporation", "regard"] == 23
assert "6(4)-2a" not in {row["norm"] for row in duties}, "NISC への連絡は府省庁だけが負う"

# %% [markdown]
# ## 問い3：誰にも割り当てられていないこと
#
# 共通に使う情報システム（6(3)）について、文が誰にも割り当てていない行為です。「文が沈黙している」ことと「データにない」ことは別なので、調べた範囲も示します。

# %%
silences = kg.ask("silences", shared="true")
silences

# %%
assert len(silences) == 7

# %% [markdown]
# ## なぜそう言えるか
#
# どの行も、前提まで証明をたどれます。

# %%
# %load_ext kijun

# %%
# %kijun explain 日本年金機構 "6(4)-3a"

# %% [markdown]
# ## 次に読むもの
#
# - [2. 誰が誰に報告するか](2-who-reports-to-whom.ipynb)
# - [3. 何を引き継いで負うか](3-what-an-agency-inherits.ipynb)
# - [4. 何が決まっていないか](4-what-is-left-open.ipynb)
# - [5. 単一障害点と十年の変化](5-single-points-and-change.ipynb)
# - [6. 自分の問いを SPARQL で書く](6-your-own-sparql.ipynb)
# - [7. 共有する基盤の境界を調べる](7-boundary-study.ipynb)
