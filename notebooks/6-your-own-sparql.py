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
# # 6. 自分の問いを SPARQL で書く
#
# 用意された問い（`kg.catalogue()`）で足りないときは、SPARQL で書けます。`kijun:`（用語）と `id:`（もの）の接頭辞は、宣言しなくても使えます。読み取りだけができ、外のサーバは呼べません。
#
# > **Summary.** Writing one's own SPARQL: the shape of a norm, filters by force and bearer, citations on
# > every row, derived facts, aggregation, and what an error looks like. Queries only read, and never
# > reach the network.

# %%
import kijun

# %load_ext kijun
kg = kijun.open()

# %% [markdown]
# ## 規範の形
#
# 規範は一つの節点で、主体・相手・行為・条件・根拠の文がそれに付きます。6(4)-2a の周りを見ます。

# %% language="sparql" magic_args="shape --on kg"
# SELECT ?property ?value
# WHERE { ?norm kijun:notation "6(4)-2a" ; ?property ?value }
# ORDER BY ?property ?value

# %%
shape

# %%
assert any(str(value).endswith("#Ministry") for value in shape["value"])

# %% [markdown]
# ## 主体と強さで絞る
#
# 府省庁が「必要がある」とされる規範を、節と文番号とともに並べます。`?sentence` から節の表記へたどるのが、根拠の付け方の型です。

# %% language="sparql" magic_args="needed --on kg"
# SELECT ?name ?statement ?section ?ordinal
# WHERE {
#   ?norm kijun:force kijun:need ;
#         kijun:bearer kijun:Ministry ;
#         kijun:notation ?name ;
#         kijun:statement ?statement ;
#         kijun:source ?sentence .
#   ?sentence kijun:section ?part ; kijun:ordinal ?ordinal .
#   ?part kijun:notation ?section .
#   FILTER(LANG(?statement) = "ja")
# }
# ORDER BY ?name

# %%
needed

# %%
same = kg.norms(bearer="府省庁").where(force="need", bearer="府省庁")
assert sorted(needed["name"]) == sorted(row["norm"] for row in same)

# %% [markdown]
# ## 導かれた事実も同じように
#
# 引き継いだ規範（`kijun:InheritedDuty`）や、機関どうしの報告の線（`kijun:ReportingLine`）は、導かれた事実としてグラフにあります。機関ごとに、負う規範を経路別に数えます。

# %% language="sparql" magic_args="counted --on kg"
# SELECT ?agency ?route (COUNT(DISTINCT ?norm) AS ?norms)
# WHERE {
#   ?duty a kijun:InheritedDuty ;
#         kijun:body ?body ;
#         kijun:route ?kind ;
#         kijun:norm ?norm .
#   ?body skos:prefLabel ?agency .
#   ?kind skos:prefLabel ?route .
#   FILTER(LANG(?agency) = "ja" && LANG(?route) = "ja")
# }
# GROUP BY ?agency ?route
# ORDER BY ?agency ?route

# %%
table = counted.pivot(index="agency", columns="route", values="norms").fillna(0).astype(int)
table.loc[["総務省", "日本年金機構", "情報通信研究機構"]]

# %%
for agency in ("総務省", "日本年金機構"):
    duties = kg.duties(agency)
    assert table.loc[agency, "類型"] == len({r["norm"] for r in duties.where(route="class")})
    assert table.loc[agency].sum() == len({(r["norm"], r["route"]) for r in duties})

# %% [markdown]
# ## 名簿の日付に気をつける
#
# 名簿から来た事実（登録、所管）は、2016年のものも2026年のものもグラフにあります。その日に使う名簿には`kijun:inUse true` が付くので、機関についての問いではそれで絞ります（導かれた事実は、その日のものだけです）。一つの法人を二つ以上の府省庁が所管する場合を数えます。

# %% language="sparql" magic_args="shared --on kg"
# SELECT ?name (COUNT(DISTINCT ?ministry) AS ?ministries)
# WHERE {
#   ?supervision a kijun:Supervision ;
#                kijun:supervised ?body ;
#                kijun:supervisingMinistry ?ministry ;
#                kijun:register ?register .
#   ?register kijun:inUse true .
#   ?body skos:prefLabel ?name .
#   FILTER(LANG(?name) = "ja")
# }
# GROUP BY ?body ?name
# HAVING (COUNT(DISTINCT ?ministry) > 1)
# ORDER BY DESC(?ministries) ?name

# %%
shared

# %%
several = kg.ask("several-ministers")
assert set(shared["name"]) == {row["corporation"] for row in several}
assert len(shared) == 17

# %% [markdown]
# 道（`+` や `*`）は、エンジンによって答えが違うことがあるので、用意された問いでは使っていません。閉じた関係は、導かれた事実としてすでにあります。

# %% [markdown]
# ## 誤りの見え方
#
# 書き誤ると、その行と位置が示されます。セルでは次のように出ます（ここでは例外として受け取ります）。

# %%
from IPython.core.error import UsageError

try:
    get_ipython().run_cell_magic("sparql", "", "SELECT ?x WHERE {\n  ?x foaf:name ?y\n}")
except UsageError as error:
    print(error)
    message = str(error)

# %%
assert "line 2, column 6" in message
assert message.endswith("^")

# %%
try:
    kg.sparql("DELETE WHERE { ?s ?p ?o }")
except kijun.BadInput as error:
    print(error)
    refused = str(error)

# %%
assert refused.startswith("queries only read")

# %% [markdown]
# ## 表から先へ
#
# `%%sparql` の結果は pandas の DataFrame です。`kg.sparql(...)` は表（`kijun.Table`）を返し、`save` で Excel にも書けます。グラフを丸ごと使うなら、rdflib（`kg.rdf`）や networkx（`kg.network`）があります。

# %%
rows = kg.sparql("SELECT (COUNT(DISTINCT ?norm) AS ?norms) { ?norm a kijun:Norm }")
assert rows[0]["norms"] == len(kg.norms()) == 91
