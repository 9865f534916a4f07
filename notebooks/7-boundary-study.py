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
# # 7. 共有する基盤の境界を調べる
#
# 複数の機関が共通に使う情報システム（6(3)）について、自分たちの取り決めを profile に書き、境界の穴を調べます。ここで使う機関とシステムは、すべて架空の例です。
#
# > **Summary.** A boundary study with the invented example profiles: who is party to a shared platform,
# > what is covered and what is not, each of the eight kinds of holes with its sentence, who would learn
# > of an incident, and a second profile in which nothing is uncovered. What a profile says is kept in
# > memory only, and its marking stands on every answer.

# %%
import tempfile
from pathlib import Path

import kijun

# %load_ext kijun
folder = Path(tempfile.mkdtemp())
example = folder / "shared-platform.xlsx"

# %% [markdown]
# 記入例の Excel を書き出します。自分のものを書くときは `--example` を外せば、空の様式になります。

# %%
# %kijun profile new --example shared-platform -o "{example}"

# %%
kg = kijun.open(example)
kg.profiles

# %% [markdown]
# ## 当事者と取り決め
#
# 基盤を運用する者、層を管理する者、連携する情報システムを管理する者が**当事者**です。枠の中は、その当事者にとっての事項で、○は穴なし、×は穴です。触れると、何が足りないかと根拠の文が出ます。

# %%
kg.view("boundary", "共通業務基盤")

# %%
matrix = kg.matrix().to_frame()
table = matrix.pivot(index="concern", columns="party", values="status")
table

# %%
assert table.shape[1] == 5, "当事者は五つ"

# %% [markdown]
# ## 穴の一覧
#
# 八つの種類が、少なくとも一つずつあります。どの行にも、規範と文が付きます。

# %%
gaps = kg.gaps()
gaps

# %%
kinds = gaps.to_frame()["kind"].astype(str).value_counts()
assert len(gaps) == 9
assert len(kinds) == 8
assert all(row["section"] == "6(3)" and row["sentence"] for row in gaps)

# %% [markdown]
# 「前提」とある穴は、体制や文書を作ること自体が、文では前提とされているだけのものです。

# %%
rests = gaps.where(presupposed=True)
rests

# %% [markdown]
# ## どれだけ手当てされているか

# %%
coverage = kg.coverage()
coverage

# %%
whole = coverage.where(level="all")[0]
assert (whole["covered"], whole["items"], whole["percent"]) == (26, 32, 81)

# %% [markdown]
# ## 基盤でインシデントが起きたら、誰が知るか
#
# 指針が作る線と、profile に書いた連絡窓口をたどります。指針の文だけでは、基盤のインシデントを当事者に知らせる者はいません（[4. 何が決まっていないか](4-what-is-left-open.ipynb)）。

# %%
learning = kg.learning()
learning

# %%
assert {row["who"] for row in learning if row["role"] == "party"} <= set(table.columns)

# %% [markdown]
# ## 穴のない例
#
# 同じ様式で、境界に穴のない例です。

# %%
clean = folder / "clean.xlsx"

# %%
# %kijun profile new --example clean -o "{clean}"

# %%
covered = kijun.open(clean)
assert len(covered.gaps()) == 0

# %% [markdown]
# ## 取扱い
#
# profile は弱点の一覧です。書いたことはグラフの控えにも記録にも残らず、どの答えも取扱いの表示から始まります。

# %%
gaps.notes[0]

# %%
assert gaps.notes[0].startswith("取扱い")
for file in folder.iterdir():
    file.unlink()
folder.rmdir()
