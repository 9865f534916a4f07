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
# # 2. 誰が誰に報告するか
#
# 報告の線を、類（府省庁、独立行政法人等）のことばで読み、実在の機関に広げ、遠い相手までの経路を調べます。主務大臣が何人もいる法人（情報通信研究機構）と、一人だけの法人（日本年金機構）を比べます。
#
# > **Summary.** Reporting lines in the words of the text, expanded to real bodies, and routes to NISC.
# > A corporation with six ministries behind it is compared with one that has a single ministry: the
# > number of lines, the lanes, the slow legs, and whose failure cuts the route.

# %%
import kijun

kg = kijun.open()

# %% [markdown]
# ## 文のことばで
#
# 指針が作る線は、類どうしの線として16本です。「別の読み方」と記した線は、その読み方を採るときだけ現れます。

# %%
written = kg.reports()
written

# %%
assert len(written.where(reading=False)) == 16
assert [row["norm"] for row in written.where(reading=True)] == ["6(1)-4b", "6(4)-1a", "6(4)-3a"]

# %% [markdown]
# ## 機関のことばで
#
# 実在の機関に広げると、線は主務大臣の数だけに分かれます。

# %%
import pandas

corporations = ("情報通信研究機構", "日本年金機構", "統計センター")
counts = pandas.DataFrame(
    {
        name: {
            "出す線": len(kg.reports(name)),
            "受ける線": len(kg.reports(None, name)),
            "所管の府省庁": len(
                {row["ministry"] for row in kg.ask("supervision", corporation=name)}
            ),
        }
        for name in corporations
    }
)
counts

# %%
assert counts.loc["所管の府省庁"].to_dict() == {
    "情報通信研究機構": 6,
    "日本年金機構": 1,
    "統計センター": 1,
}

# %% [markdown]
# 図では、線の同じ相手を一つの枠にまとめます。枠の中の機関は、一つずつ検索できます。

# %%
kg.view("reports", "情報通信研究機構")

# %% [markdown]
# ## NISC までの経路
#
# 情報通信研究機構のインシデントは、六つの府省庁のいずれかを通って NISC に届きます。業務ごとの共管なので、その業務の所管が欠けると、その業務の経路はすべて切れます。

# %%
routes = kg.route("情報通信研究機構", "NISC", about="incident")
points = {point for route in routes for point in route["single_points"]}
sorted(points)

# %%
assert len(routes) == 36
assert len(points) == 6
assert {route["length"] for route in routes} == {2}

# %%
kg.view("route", "情報通信研究機構", "NISC", about="incident")

# %% [markdown]
# 「速やかに」のない区間は、同じ二者の間に「速やかに」のある線があれば、**遅い区間**です。4(2) の情報提供がそれに当たり、6(4) の連絡は速やかに行うものです。

# %%
legs = routes.to_frame()
slow = legs[legs["slow"]]
slow.groupby(["norm", "from"]).size()

# %%
assert set(slow["norm"]) == {"4(2)-4a"}
assert set(legs[legs["norm"] == "6(4)-2a"]["timing"]) == {"速やかに"}

# %% [markdown]
# ## 返りのない線
#
# A が B に知らせなければならないのに、B が A に答える線がない組です。

# %%
broken = kg.ask("broken-returns")
broken

# %%
assert len(broken) == 10
pairs = {(row["from"], row["to"]) for row in broken}
assert ("所管府省庁", "独立行政法人等") in pairs

# %% [markdown]
# ## 管理職・役員の系統
#
# 4(2) は、実務者の線と並んで、管理職・役員の線を求めています。主語は書かれていないので、読み方が付きます。

# %%
executive = kg.reports("日本年金機構").where(lane="executive")
executive

# %%
assert {row["to"] for row in executive} == {"日本年金機構 役員", "厚生労働省 管理職"}
assert all(row["interpretation"] for row in executive)
