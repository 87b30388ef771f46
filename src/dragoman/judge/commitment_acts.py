"""Scheduled acts, duties with a day, and promises."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.judge.commitment_page import Page, first, nouns, verbs
from dragoman.records import Commitment, Event, Evidence, Timex


# --- acts with a day ahead ---
def scheduled(page: Page) -> Iterator[Commitment]:
    """Planned, promised and demanded acts with a day after publication: *will vote on May 3*, *told the crews to leave by May 3*."""
    for timex in page.timexes:
        ahead = timex.type in ("DATE", "TIME") and page.comes(timex)
        if ahead and timex.value == (page.article.date or "")[:4] and page.before(timex) not in page.words["limits"]:
            continue
        if (ahead or (timex.type == "DURATION" and page.before(timex) == "within")) and page.day(timex):
            yield from _planned(page, timex)


def _planned(page: Page, timex: Timex) -> Iterator[Commitment]:
    notes = page.notes
    verb = page.verb_over(timex.last)
    if verb is None or page.says(verb, "having") or any(notes.lemma[t] in page.words["deadlines"] for t in notes.ancestors(timex.last)):
        return
    value, because = page.judge.factuality(verb)
    over = page.verb_over(verb)
    due = notes.child(verb, "acomp") if notes.lemma[verb] == "be" else None
    if due is not None and notes.lower[due] in page.words["due"]:
        value = "future"
    limited = page.before(timex) in page.words["limits"] or any(notes.lower[child] in page.words["wills"] - {"would"} for child in notes.having(verb, "aux"))
    if value not in ("future", "hypothetical") or (value == "hypothetical" and (not limited or _only_possible(page, verb))):
        return
    holders = page.parties(notes.having(verb, "nsubj")) if due is not None else page.subject(verb) or page.codes(page.clauses.objects(verb))
    by = first(tuple(c for c in page.subject(over) if c not in holders)) if over is not None and page.says(over, "demanding") else None
    why = (Evidence("due", timex.rule, timex.span.start, timex.span.end), Evidence("action", because.rule, because.start, because.end))
    span = page.phrase(notes.having(verb, "nsubj")[0] if due is not None and notes.having(verb, "nsubj") else verb, timex)
    for holder in holders:
        promised = over is not None and page.says(over, "promising") and notes.dep[verb] in ("xcomp", "ccomp") and page.judge.factuality(over)[0] == "actual"
        change = "set" if promised or (by is not None and over is not None and page.judge.factuality(over)[0] == "actual") else None
        yield Commitment(holder, by, span, page.day(timex), timex.span, change, None, page.condition(verb, over), why)


def _only_possible(page: Page, verb: int) -> bool:
    """*may cause*, *could fall*: a forecast binds nobody."""
    return any(page.notes.lower[child] in page.words["possible"] for child in page.notes.having(verb, "aux"))


# --- promises without a day ---
def promises(page: Page) -> Iterator[Commitment]:
    """What an AGREE event or a verb of promising binds its actor to, when he is known by name or country."""
    for event in page.events:
        yield from _agreed(page, event)
    for verb in verbs(page, "promising"):
        act = _promised(page, verb)
        if act is not None and page.notes.lemma[act] not in page.words["states"] and page.judge.factuality(verb)[0] == "actual":
            yield from _promise(page, page.subject(verb), act, "set", Evidence("action", "commitments.promise", page.notes.start[verb], page.notes.end[verb]))
    for verb in verbs(page, "saying"):
        act = _own_will(page, verb)
        if act is not None:
            yield from _promise(page, page.subject(verb), act, "set", Evidence("action", "commitments.said-will", page.notes.start[verb], page.notes.end[verb]))
    for noun in nouns(page, "promises"):
        act = page.infinitive(noun)
        if act is not None:
            owner = page.codes(page.notes.having(noun, "poss"))
            yield from _promise(page, owner, act, None, Evidence("action", "commitments.promise-noun", page.notes.start[noun], page.notes.end[noun]))


def _agreed(page: Page, event: Event) -> Iterator[Commitment]:
    deed = event.why[0].rule.endswith("announced-deed")
    said = page.notes.tokens(event.trigger.start, event.trigger.end)
    if event.type != "AGREE" or event.factuality != "actual" or not (deed or page.notes.pos[event.head] == "VERB"):
        return
    if any(page.notes.lemma[token] in page.words["wishes"] for token in said):
        return
    act = event.head if deed else _promised(page, event.head)
    holders = tuple(dict.fromkeys(code for actor in event.actors if (code := actor.country or actor.name)))[: 1 if deed else None]
    told_back = bool(event.date and page.article.date and event.date[:7] < page.article.date[:7])
    if act is not None:
        yield from _promise(page, holders, act, None if told_back else "set", Evidence("action", event.why[0].rule, event.trigger.start, event.trigger.end))


def _promise(page: Page, holders: tuple[str, ...], act: int, change: str | None, why: Evidence) -> Iterator[Commitment]:
    for holder in holders:
        yield Commitment(holder, None, page.phrase(act), None, None, change, None, page.condition(act), (why,))


def _own_will(page: Page, verb: int) -> int | None:
    """The act in *said they would implement the truce*: the speaker's own, or that of his side."""
    notes, act = page.notes, _promised(page, verb)
    if act is None or notes.lemma[act] in page.words["states"] or notes.child(act, "neg") is not None or page.judge.factuality(verb)[0] != "actual":
        return None
    own = [t for t in notes.having(act, "nsubj") if notes.tag[t] == "PRP" or any(notes.tag[c] == "PRP$" for c in notes.having(t, "poss"))]
    same = own and notes.dep[act] == "ccomp" and set(page.codes(own, countries=True)) & set(page.codes(page.clauses.subject(verb), countries=True))
    return act if same else None


def _promised(page: Page, verb: int) -> int | None:
    """The verb of the promised act: an infinitive, or a clause that says what will be done."""
    notes = page.notes
    for clause in notes.having(verb, "xcomp", "ccomp", "acl"):
        if notes.pos[clause] not in ("VERB", "AUX"):
            continue
        will = any(notes.lower[child] in page.words["wills"] for child in notes.having(clause, "aux"))
        if will or (notes.dep[clause] != "ccomp" and any(notes.tag[child] == "TO" for child in notes.having(clause, "aux"))):
            return clause
    return None
