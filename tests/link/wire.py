"""Reports written for the tests of links: an agency's report, papers that print it whole or in part, and one that tells the same in its own words."""

from __future__ import annotations

import json
from collections.abc import Callable

from dragoman import Ledger

Read = Callable[..., Ledger]

WIRE = (
    "ACCRA, May 6 (Reuters) - Ghana reopened its border with Togo on Tuesday after a closure of three weeks that had stranded hundreds of lorries.\n\n"
    "Customs officers lifted the barriers at the main crossing shortly after dawn, and drivers who had slept in their cabs sounded their horns as the first "
    "vehicles rolled through.\n\nThe crossing was shut in April after a shooting in which a guard was wounded. Traders on both sides had complained of spoiled "
    "fruit and empty shelves.\n\nTogo welcomed the decision. Officials of the two countries are to meet again next month to talk about joint patrols along the "
    "forest track that smugglers use at night."
)
OWN = (
    "After three weeks of queues the lorries are moving again. Ghana reopened its border with Togo on Tuesday, our correspondent reports from the frontier, where "
    "market women danced between the trucks.\n\nNobody was ready to say who had given way. The shooting of a guard in April had ended in mutual reproaches, and "
    "tomatoes rotted by the roadside while diplomats looked for words."
)
ELSEWHERE = (
    "Peru recalled its ambassador from Bolivia on Tuesday over a dispute about fishing rights in the lake that the two countries share.\n\nThe foreign ministry in "
    "Lima said nets had been cut and two boats towed away. Fishermen on the Bolivian shore spoke of years of overfishing and asked for buoys to mark the line."
)
_PARTS = WIRE.split("\n\n")
FRAMED = f"From our partner service\n\n{WIRE}\n\nReaders can write to the desk with questions about this report."
CUT = "\n\n".join(_PARTS[:2])


def report(key: str, text: str, outlet: str | None, date: str | None = "2025-05-06", **fields: str) -> dict[str, str | None]:
    """One article as a line of JSONL has it."""
    return {"id": key, "text": text, "outlet": outlet, "date": date, "title": fields.pop("title", None), **fields}


AGENCY = report("agency", WIRE, "Reuters", title="Ghana reopens border with Togo")
PAPER = report("paper", FRAMED, "The Harbour Post", "2025-05-07", title="Border with Togo open again")
BRIEF = report("brief", CUT, "Northgate Dispatch", "2025-05-07", title="Ghana opens border")
REPORTER = report("reporter", OWN, "Meridian Wire", "2025-05-07", title="Lorries roll between Ghana and Togo")
LAKE = report("lake", ELSEWHERE, "Meridian Wire", title="Peru recalls ambassador from Bolivia")
ALL = (AGENCY, PAPER, BRIEF, REPORTER, LAKE)


def lines(*reports: dict[str, str | None]) -> str:
    """The reports as JSONL."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in reports)
