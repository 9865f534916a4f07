"""Profiles in which nothing is wrong but what a test puts there, and what the check finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kijun.knowledge import KnowledgeGraph
from kijun.profile import Finding, Profile, Reading
from kijun.profile_check import checked

pytest.importorskip("pyshacl")

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def check(kg: KnowledgeGraph) -> Check:
    def of(*profiles: Profile) -> list[Finding]:
        return list(checked([Reading(one) for one in profiles], kg).findings)

    return of


def clean(**tables):  # type: ignore[no-untyped-def]
    """A profile in which nothing is wrong, but for what takes the place of its tables."""
    return {
        "systems": ["P1 共通基盤 基盤 総務省", "S1 業務 単独 厚生労働省"],
        "layers": ["P1 ハードウェア 総務省", "P1 アプリケーション 財務省"],
        "connections": ["S1 P1"],
        **tables,
    }
