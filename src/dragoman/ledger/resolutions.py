"""Whether forecasts came true: what users record about them after the event. Append-only: the latest resolution counts, the earlier ones stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import SettingError
from dragoman.ledger.answers import ClaimRow
from dragoman.ledger.ids import whole_id
from dragoman.ledger.query import arrow

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

VERDICTS = ("true", "false", "partly", "open")
_MEANT = "SELECT id, article, kind, cue_start FROM claims WHERE starts_with(id, ?) ORDER BY id LIMIT 2"


def resolve(ledger: Ledger, claim: str, verdict: str, by: str) -> ClaimRow:
    """Record whether a forecast came true; the forecast as it then stands.

    Args:
        ledger: where.
        claim: the claim's id, or the beginning of one.
        verdict: true, false, partly, or open to take an earlier verdict back.
        by: address or note that shows it; nothing is resolved without.

    Raises:
        SettingError: no such verdict, nothing that shows it, or the claim is no forecast.
        UnknownRow, AmbiguousRow: no claim, or several, of this id.
    """
    if verdict not in VERDICTS:
        raise SettingError("as", detail=f"`{verdict}` is none of {', '.join(VERDICTS)}.")
    if not by.strip():
        raise SettingError("by", detail="empty. Give the address of a report, or a note, that shows whether the forecast came true.")
    found = {row["id"]: row for row in arrow(ledger, _MEANT, [claim.strip()]).to_pylist()}
    chosen = found[whole_id(claim, found)]
    if chosen["kind"] != "forecast":
        raise SettingError("claim", detail=f"{chosen['id']} is of kind {chosen['kind']}; only forecasts come true or not.")
    ledger.record_resolution({"id": chosen["id"], "article": chosen["article"], "cue_start": chosen["cue_start"], "verdict": verdict, "by": by.strip()})
    return next(row for row in ledger.claims(article=chosen["article"], kind="forecast") if row.id == chosen["id"])
