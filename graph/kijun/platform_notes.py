"""Why a body has no duty by way of a shared platform, where one might expect it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kijun.situation import Situation


def platform_notes(
    situation: Situation | None, bodies: Sequence[str], lang: str, *, missing: bool
) -> list[str]:
    """Return what to say of bodies beside their duties by way of platforms.

    ``missing`` says that these were asked for and that there are none.
    """
    japanese = lang == "ja"
    if situation is None or not any(system.shared for system in situation.systems):
        said = (
            "基盤となる情報システムはデータにない。この経路は利用者のシステムを入れたときに生じる。"
            if japanese
            else "The data hold no shared platform; this route arises from a user's own systems."
        )
        return [said] if missing else []
    managed = _only_managed(situation, set(bodies))
    if managed:
        return [_reading(managed, japanese=japanese)]
    said = (
        "基盤を整備・運用する機関でも、連携する情報システムを管理する機関でもない。"
        if japanese
        else "It neither operates a shared platform nor manages a system connected to one."
    )
    return [said] if missing else []


def _reading(platforms: Sequence[str], *, japanese: bool) -> str:
    if japanese:
        return (
            f"{'、'.join(platforms)}は、管理又は層の管理だけをする。6(3)の「整備・運用管理機関」に"
            "入るかは文から決まらないので、義務としては示さず、穴の調べでは読みとして当事者とする。"
        )
    return (
        f"Of {', '.join(platforms)} it only manages the whole or a layer, without operating it. "
        "Whether 6(3) means it too does not follow from the text: no duty is shown, while holes "
        "are sought as if it were a party."
    )


def _only_managed(situation: Situation, bodies: set[str]) -> list[str]:
    """Return the platforms of which bodies manage the whole or a layer, and nothing else."""
    managers = {system.iri: system.managers for system in situation.systems}
    bearing = {
        one.platform for one in situation.connections if bodies.intersection(managers[one.system])
    }
    layered = {layer.system for layer in situation.layers if bodies.intersection(layer.managers)}
    return [
        system.name
        for system in situation.systems
        if system.shared
        and (system.iri in layered or bodies.intersection(system.managers))
        and not bodies.intersection(system.operators)
        and system.iri not in bearing
    ]
