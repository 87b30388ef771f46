"""Deadlines and ultimatums: a deadline noun, time given to somebody, a day put off or brought forward, a threat with a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.judge.commitment_page import Page, first, nouns, verbs
from dragoman.records import Commitment, Evidence, Span, Timex


class Change(NamedTuple):
    """What the text reports of a day, the verb that says so, and whether a new day lies before the old one."""

    name: str | None
    cue: int | None
    earlier: bool = False


class Due(NamedTuple):
    """The day that is due, its expression, and the day before it moved."""

    day: str | None
    timex: Timex | None
    old: str | None = None
    was: Timex | None = None


def _why(page: Page, rule: str, cue: int, timex: Timex | None) -> tuple[Evidence, ...]:
    change = Evidence("change", f"commitments.{rule}", page.notes.start[cue], page.notes.end[cue])
    return (change,) if timex is None else (change, Evidence("due", timex.rule, timex.span.start, timex.span.end))


# --- deadline nouns ---
def deadlines(page: Page) -> Iterator[Commitment]:
    """Commitments around a deadline noun: *set a deadline of May 3 for Iran to answer*, *missed the May 3 deadline*."""
    for noun in nouns(page, "deadlines"):
        verb = page.verb_over(noun)
        change = _change(page, verb)
        due = _due(page, noun, verb, change)
        act = _act(page, noun, verb)
        holders, by = _bound(page, noun, verb, act, change)
        if due.day is None and not (holders and (page.notes.lemma[noun] in page.words["ultimatums"])):
            continue
        span = page.phrase(act, due.timex, due.was) if act is not None else _matter(page, noun, verb)
        why = _why(page, change.name or "deadline", noun if change.cue is None else change.cue, due.timex)
        for holder in holders or (None,):
            condition = page.condition(act, verb)
            yield Commitment(holder, by, span, due.day, due.timex.span if due.timex and due.day else None, change.name, due.old, condition, why)


def _act(page: Page, noun: int, verb: int | None) -> int | None:
    """What is to be done by the deadline; "refused to meet the deadline" is not it."""
    act = page.infinitive(noun, verb)
    act = page.for_to(noun) if act is None else act
    return None if act is not None and noun in page.notes.subtree(act) else act


def _matter(page: Page, noun: int, verb: int | None) -> Span:
    """What a deadline is for, where no verb says it; else the noun."""
    target = [token for root in (noun, verb) if root is not None for token in page.objects_of(root, "for") if page.cast.at(token) is None and not page.dated(token)]
    return page.phrase(target[0]) if target else page.notes.span(noun, noun)


def _change(page: Page, verb: int | None) -> Change:
    """The change that a verb over a deadline reports; what is only feared, wanted or denied is none, but a missed deadline is."""
    if verb is None:
        return Change(None, None)
    let = page.notes.lemma[page.notes.head[verb]] == "let"
    value = page.judge.factuality(page.notes.head[verb] if let else verb)[0]
    for name, change in (("moving", "moved"), ("advancing", "moved"), ("missing", "missed"), ("meeting", "met"), ("cancelling", "cancelled"), ("setting", "set")):
        if not page.says(verb, name):
            continue
        if change == "met" and value == "negated":
            return Change("missed", verb)
        if value == "negated" or (value != "actual" and change != "moved") or (name == "missing" and not _unanswered(page, verb)):
            return Change(None, None)
        return Change(change, verb, name == "advancing")
    return Change(None, None)


def _unanswered(page: Page, verb: int) -> bool:
    """Whether a day was let pass: "missed", "ignored"; "expired" only with "without", "let pass"."""
    notes = page.notes
    if not page.says(verb, "lapsing"):
        return True
    over = notes.head[verb]
    return notes.lemma[over] == "let" or any(notes.lower[token] in page.words["unanswered"] for token in notes.subtree(verb))


def _due(page: Page, noun: int, verb: int | None, change: Change) -> Due:
    """The day of a deadline: its own (*deadline of May 3*, *the May 3 deadline*), for a moved one the new one and the old one."""
    own = [t for t in page.below(noun) if page.day(t) and t.type != "DURATION" and _leads(page, t, noun)]
    around = page.below(verb) if verb is not None else []
    if change.name == "moved":
        return _moved(page, own, around, change)
    own += [t for t in around if verb is not None and page.notes.lemma[verb] == "be" and page.notes.head[page.top(t)] == verb and page.day(t)]
    leads = page.words["limits"] | page.words["fixing"] | ({"on"} if verb is not None and page.says(verb, "lapsing") else set())
    limits = own or [t for t in around if page.day(t) and t.type != "DURATION" and page.before(t) in leads]
    if limits:
        return Due(page.day(limits[-1]), limits[-1])
    given = [t for t in page.below(noun) if t.type == "DURATION" and page.day(t)]
    return Due(page.day(given[0]), given[0]) if given and change.name == "set" else Due(None, None)


def _leads(page: Page, timex: Timex, noun: int) -> bool:
    """Whether a day under the noun is the deadline itself: before it, or after "of", "for", "by" ..."""
    ultimatum = page.notes.lemma[noun] == "ultimatum"
    return timex.last < noun or page.before(timex) in page.words["limits"] or (not ultimatum and page.before(timex) in page.words["deadline_of"])


def _moved(page: Page, own: Sequence[Timex], around: Sequence[Timex], change: Change) -> Due:
    """*from Friday to Monday*, *extended the May 3 deadline by a week*, *shortened it to 10 days*."""
    old = next((t for t in around if page.before(t) == "from" and page.day(t)), None) or (own[0] if own and page.before(own[0]) not in page.words["onto"] else None)
    new = next((t for t in around if t is not old and page.before(t) in page.words["onto"] and page.day(t)), None)
    was = page.day(old)
    if new is not None and new.type != "DURATION":
        return Due(page.day(new), new, was, old)
    length = next((t for t in around if t.type == "DURATION" and page.day(t)), None)
    if length is None:
        return Due(None, None, was)
    if page.before(length) == "to":
        return Due(page.day(length), length, was)
    return Due(page.day(length, was, not change.earlier), length, was) if was else Due(None, None)


def _bound(page: Page, noun: int, verb: int | None, act: int | None, change: Change) -> tuple[tuple[str, ...], str | None]:
    """Who is bound and who set the day."""
    notes = page.notes
    subject = page.subject(verb) if verb is not None else ()
    owners = page.codes([*notes.having(noun, "poss", "compound", "amod"), *(t for clause in notes.having(noun, "acl") for t in page.clauses.subject(clause))])
    doer = page.codes(notes.having(act, "nsubj")) if act is not None else ()
    if change.name in ("met", "missed"):
        subject = page.subject(notes.head[verb]) if verb is not None and notes.lemma[notes.head[verb]] == "let" else subject
        return doer or subject, first(tuple(code for code in owners if code not in (doer or subject)))
    given = page.clauses.indirect(verb) if verb is not None else []
    named = [t for root in (noun, verb) if root is not None for t in page.objects_of(root, "for", "to", "on")]
    holders = doer or page.codes(given, countries=True) or page.codes([t for t in named if page.cast.at(t) is not None], countries=True) or page.codes(named, countries=True)
    if verb is not None and (page.says(verb, "facing") or page.says(verb, "meeting") or page.says(verb, "missing")) and not doer:
        return subject, first(tuple(code for code in owners if code not in subject))
    setters = tuple(code for code in subject + owners if code not in holders)
    return holders, first(setters)


# --- time given ---
def given(page: Page) -> Iterator[Commitment]:
    """*gave Sudan until 15 August to answer*, *has 30 days to leave*, *Iran was given 50 days*."""
    notes = page.notes
    for verb in verbs(page, "giving", "having"):
        timex = _allowance(page, verb)
        act = page.infinitive(verb, notes.head[timex.last] if timex else None, timex.last if timex else None)
        giving = page.says(verb, "giving")
        value = page.judge.factuality(verb)[0]
        if timex is None or (act is None and not giving) or value in ("negated", "hypothetical") or (act is not None and act < timex.first):
            continue
        holders, by = _receivers(page, verb, giving)
        told = giving or (page.verb_over(verb) is not None and page.says(page.verb_over(verb) or 0, "setting"))
        why = _why(page, "time-given", verb, timex)
        for holder in holders or (None,):
            span = page.phrase(act, timex) if act is not None else notes.span(verb, verb)
            yield Commitment(holder, by, span, page.day(timex), timex.span, "set" if told and value == "actual" else None, None, page.condition(act, verb), why)


def _allowance(page: Page, verb: int) -> Timex | None:
    """The day or the length of time under a verb of giving or having."""
    found = [t for t in page.below(verb) if t.first > verb and page.day(t)]
    return next((t for t in found if _allows(page, t, verb)), None)


def _allows(page: Page, timex: Timex, verb: int) -> bool:
    notes = page.notes
    if timex.type == "DURATION":
        return notes.head[timex.last] == verb and notes.dep[timex.last] in ("dobj", "npadvmod", "oprd")
    path = [timex.last, *notes.ancestors(timex.last)]
    inside = any(notes.pos[token] in ("VERB", "AUX") for token in path[: path.index(verb)])
    begins = page.before(timex) in page.words["untils"] or any(notes.lower[t] in page.words["untils"] for t in path[: path.index(verb)])
    return begins and not inside


def _receivers(page: Page, verb: int, giving: bool) -> tuple[tuple[str, ...], str | None]:
    notes = page.notes
    over = page.verb_over(verb)
    if not giving:
        speaker = page.subject(over) if over is not None and page.says(over, "setting") else ()
        pronoun = any(notes.tag[t] == "PRP" for t in notes.having(verb, "nsubj"))
        told = page.codes([*page.clauses.indirect(over), *notes.having(over, "dobj")]) if over is not None and pronoun and speaker else ()
        holders = told or page.subject(verb)
        return holders, first(tuple(code for code in speaker if code not in holders))
    tokens = page.clauses.indirect(verb) or [t for t in notes.having(verb, "dobj", "nsubjpass") if page.codes([t])]
    holders = page.codes(tokens, countries=True) or page.codes(tokens)
    return holders, first(tuple(code for code in page.subject(verb) if code not in holders))


# --- days put off or brought forward ---
def moved(page: Page, earlier: Sequence[Commitment]) -> Iterator[Commitment]:
    """*threatened to bring this forward to August 9*, *put off the talks until May 3*: what was due gets another day."""
    notes = page.notes
    for verb in verbs(page, "moving", "advancing"):
        target = next(iter(notes.having(verb, "dobj", "nsubjpass")), None)
        if target is None or notes.lemma[target] in page.words["deadlines"] or page.judge.factuality(verb)[0] == "negated":
            continue
        if notes.lower[target] in page.words["pronouns"]:
            yield from _taken_up(page, verb, earlier)
        else:
            yield from _shifted(page, verb, target)


def _taken_up(page: Page, verb: int, earlier: Sequence[Commitment]) -> Iterator[Commitment]:
    """A deadline that a pronoun stands for, told in this or the last sentence."""
    notes = page.notes
    before = [item for item in earlier if item.due and item.action.start < notes.start[verb] and _near(page, item, verb)]
    later = (t for t in page.timexes if t.first > verb and notes.sentence_of[t.first] == notes.sentence_of[verb])
    dates = [t for t in later if t.type == "DATE" and page.day(t)]
    if before and dates:
        old, new = before[-1], dates[-1]
        yield Commitment(old.holder, old.by, page.phrase(verb, new), page.day(new), new.span, "moved", old.due, None, _why(page, "moved", verb, new))


def _near(page: Page, item: Commitment, verb: int) -> bool:
    tokens = page.notes.tokens(item.action.start, item.action.end)
    return bool(tokens) and page.notes.sentence_of[verb] - page.notes.sentence_of[tokens[0]] <= 1


def _shifted(page: Page, verb: int, act: int) -> Iterator[Commitment]:
    """An act with a new day; its old one stands after "from" or with the act ("first set for July 20")."""
    around = [t for t in page.below(verb) if t.type in ("DATE", "TIME") and page.day(t)]
    new = next((t for t in around if t.first > verb and page.before(t) in page.words["onto"] and page.verb_over(t.last) == verb), None)
    if new is None or page.judge.factuality(verb)[0] == "hypothetical":
        return
    own = {t.last for t in page.below(act)}
    old = next((t for t in around if t is not new and (page.before(t) == "from" or t.last in own)), None)
    for holder in page.subject(verb) or page.parties([act]) or (None,):
        yield Commitment(holder, None, page.phrase(act, new), page.day(new), new.span, "moved", page.day(old), page.condition(verb), _why(page, "act-moved", verb, new))


def cancelled(page: Page) -> Iterator[Commitment]:
    """*called off the talks of August 12*, *the summit planned for August 12 was cancelled*."""
    notes = page.notes
    for verb in verbs(page, "cancelling"):
        act = next(iter(notes.having(verb, "dobj", "nsubjpass")), None)
        if act is None or notes.lemma[act] in page.words["deadlines"] or page.judge.factuality(verb)[0] != "actual":
            continue
        timex = next((t for t in page.below(act) if t.type in ("DATE", "TIME") and page.comes(t)), None)
        for holder in (page.subject(verb) or page.parties([act]) or (None,)) if timex is not None else ():
            if timex is not None:
                yield Commitment(holder, None, page.phrase(act), page.day(timex), timex.span, "cancelled", None, None, _why(page, "act-cancelled", verb, timex))


# --- threats with a day ---
def ultimatums(page: Page) -> Iterator[Commitment]:
    """*If Hamas does not free the hostages by Saturday, Israel will attack*: Hamas is bound, by Israel."""
    notes = page.notes
    for clause in range(len(notes)):
        mark = notes.child(clause, "mark") if notes.dep[clause] == "advcl" and notes.pos[clause] == "VERB" else None
        if mark is None or notes.lower[mark] not in page.words["threats"] or (notes.lower[mark] == "if" and notes.child(clause, "neg") is None):
            continue
        timex = next((t for t in page.below(clause) if page.before(t) in page.words["limits"] and page.day(t) and t.type != "DURATION"), None)
        main = notes.head[clause]
        by = first(page.subject(main))
        for holder in page.subject(clause) if timex is not None else ():
            if timex is not None and holder != by:
                yield Commitment(holder, by, page.phrase(clause, timex), page.day(timex), timex.span, None, None, None, _why(page, "ultimatum", mark, timex))
