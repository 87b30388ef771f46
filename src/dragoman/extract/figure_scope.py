"""What an amount counts: its head noun, the phrase for `of`, the direction of change, and whether it is a figure at all."""

from __future__ import annotations

from dragoman.annotate.columns import Annotations
from dragoman.extract.figure_amounts import Amount, FigureBook

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_INSIDE = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "CD", "POS", "RB", ",")
_GAP = 6


def head_noun(notes: Annotations, token: int) -> int | None:
    """The noun that a number's token counts: by the parse, else the last noun of the words that follow; through "of" ("five of the hostages")."""
    noun = _counted(notes, token)
    if noun is not None and noun + 2 < len(notes) and notes.lower[noun + 1] == "-" and notes.end[noun] == notes.start[noun + 1] and notes.tag[noun + 2] in _NOUNS:
        return noun + 2
    return noun


def _counted(notes: Annotations, token: int) -> int | None:
    after = token + 1
    if after < len(notes) and notes.lower[after] == "of":
        return _last_noun(notes, after + 1)
    node = token
    if _attribute(notes, token):
        return after
    for _ in range(3):
        if notes.dep[node] not in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod"):
            break
        node = notes.head[node]
        if node > token and notes.tag[node] in _NOUNS and node - token <= _GAP and _unbroken(notes, token, node):
            return node
    return _last_noun(notes, after)


def _attribute(notes: Annotations, token: int) -> bool:
    """Whether a singular noun between the number and a singular head is what is counted: "a 12 page document"."""
    if token + 2 >= len(notes) or notes.tag[token + 1] != "NN" or notes.lower[token] == "one" or notes.sentence_of[token] != notes.sentence_of[token + 2]:
        return False
    return notes.tag[token + 2] == "NN" and notes.dep[token] == "nummod" and (token + 3 >= len(notes) or notes.tag[token + 3] not in _NOUNS)


def _unbroken(notes: Annotations, token: int, noun: int) -> bool:
    return all((notes.tag[t] in (*_INSIDE, "CC", "IN", "DT") and notes.pos[t] not in ("VERB", "AUX")) or notes.tag[t] in ("VBN", "VBG") for t in range(token + 1, noun))


def _last_noun(notes: Annotations, at: int) -> int | None:
    """The last noun of the run of modifiers and nouns that starts here."""
    found = None
    while at < len(notes) and notes.sentence_of[at] == notes.sentence_of[max(at - 1, 0)]:
        if notes.tag[at] not in _INSIDE[:-1] and not (notes.tag[at] in ("DT", "PRP$") and found is None):
            break
        if notes.tag[at] in _NOUNS:
            found = at
        elif found is not None and notes.tag[at] not in ("HYPH", "POS", "NN", "NNS") and not (notes.tag[at] == "VBN" and notes.tag[at - 1] == "HYPH"):
            break
        at += 1
    return found


def singular(notes: Annotations, noun: int) -> str:
    """The noun's lemma in lower case."""
    lemma, word = notes.lemma[noun], notes.lower[noun]
    if len(word) < 3:
        return lemma
    if lemma == word and notes.tag[noun] in ("NNS", "NNPS") and word.endswith("s") and not word.endswith(("ss", "series", "us")):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    if notes.tag[noun] == "NNPS" and word.endswith("s"):
        return word[:-1]
    return lemma


def is_people(notes: Annotations, noun: int, book: FigureBook) -> bool:
    """Whether a noun stands for people."""
    name, word = singular(notes, noun), notes.lower[noun]
    return name in book.lists["people"] or word in book.lists["people"] or (word.endswith("s") and word[:-1] in book.lists["people"])


def casualty(notes: Annotations, token: int, book: FigureBook) -> bool:
    """Whether people are meant without a noun: "530 dead", "five were wounded", "killing 12"."""
    after = token + 1
    step = after + (after < len(notes) and notes.lower[after] in ("people", "others", "more", "of"))
    if step < len(notes) and notes.lower[step] in book.lists["casualties"]:
        return True
    head = notes.head[token]
    return notes.lemma[head] in book.lists["harm"] and notes.dep[token] in ("nsubj", "nsubjpass", "dobj", "attr", "oprd")


def near_toll(notes: Annotations, token: int, book: FigureBook) -> bool:
    """Whether the dead or wounded are spoken of within eight words in the sentence."""
    sentence = notes.sentence(token)
    return any(notes.lemma[t] in book.lists["tolls"] or notes.lower[t] in book.lists["tolls"] for t in range(max(sentence[0], token - 8), min(sentence[-1] + 1, token + 9)))


def harmed(notes: Annotations, noun: int, book: FigureBook) -> bool:
    """Whether a counted noun is the subject or object of killing, wounding, arresting ..."""
    verb = next((t for t in notes.ancestors(noun) if notes.pos[t] == "VERB"), None)
    return (verb is not None and notes.lemma[verb] in book.lists["harm"]) or any(notes.lemma[c] in book.lists["harm"] for c in notes.children[noun])


def is_named(notes: Annotations, token: int, book: FigureBook) -> bool:
    """Whether the number names or ranks ("Resolution 2231", "Section 4", "Channel 12", "Boeing 737"): it follows its noun."""
    if not token or notes.sentence_of[token] != notes.sentence_of[token - 1]:
        return False
    before, tag = notes.lower[token - 1], notes.tag[token - 1]
    capital = any(letter.isupper() for letter in notes.word[token - 1])
    if before in ("#", "no", "no.", "nos", "№") or before in book.lists["indices"] or (before in book.lists["names"] and capital):
        return True
    if before in book.lists["names"] and tag == "NN" and notes.dep[token] in ("nummod", "appos", "npadvmod", "dep", "punct"):
        return True
    proper = tag in ("NNP", "NNPS") and notes.end[token - 1] + 1 == notes.start[token]
    counts = notes.dep[token] == "nummod" and notes.head[token] > token
    return proper and not counts and notes.dep[token] not in ("dobj", "attr")


def inside_name(notes: Annotations, token: int, noun: int) -> bool:
    """Whether the number stands between two parts of a name ("iPhone 11 Pro")."""
    return token > 0 and notes.tag[token - 1] == "NNP" and notes.tag[noun] == "NNP" and notes.sentence_of[token - 1] == notes.sentence_of[token]


def is_age(notes: Annotations, amount: Amount, first: int, last: int) -> bool:
    """Whether the amount is an age: "aged 24", ", 44,", "a 12-year-old", "24 years old"."""
    before = [notes.lower[t] for t in range(max(0, first - 2), first)]
    after = [notes.lower[t] for t in range(last + 1, min(len(notes), last + 4))]
    if before == ["age", "of"] or before[-1:] in (["aged"], ["age"], ["ages"]):
        return True
    if "-old" in "".join(after[:2]) or after[:1] in (["old"], ["olds"]) or after[:2] == ["of", "age"]:
        return True
    plain = amount.unit is None and amount.low.is_integer() and 1 <= amount.low < 110
    named = plain and first >= 2 and (notes.tag[first - 2] == "NNP" or (notes.tag[first - 2] == "NN" and after[:1] == [","]))
    bracketed = before[-1:] == ["("] and after[:1] == [")"]
    return named and (bracketed or (before[-1:] == [","] and after[:1] in ([","], ["."], ["who"], [")"]) and notes.dep[first] != "conj"))


def direction(notes: Annotations, token: int, first: int, book: FigureBook, measured: bool) -> str | None:
    """Whether the amount is the size of a change "up" or "down": after "by", "up", "down".

    `token` is the last of the number, `first` the first of the amount. If `measured`, also as object of a verb of change ("lost 3 percent", not "lost 3 tanks").
    """
    while first and (notes.tag[first - 1] in ("$", "CD") or notes.lower[first - 1] in book.lists["between_change"]):
        first -= 1
        if notes.lower[first] in ("by", "of"):
            break
    node = notes.lower[first - 1] if first else ""
    if node in ("up", "down", "upward", "upwards", "downward", "downwards") and notes.lower[first] != "to":
        return node[: 2 if node.startswith("u") else 4]
    top = token
    while notes.dep[top] in ("nummod", "quantmod", "compound", "nmod") and notes.head[top] != top and abs(notes.head[top] - token) <= 3:
        if notes.dep[top] == "compound" and top > token:
            return None  # "added a 30 degree turn" adds no degrees
        top = notes.head[top]
    if notes.dep[top] == "conj" and notes.head[top] < top:
        return direction(notes, notes.head[top], notes.head[top], book, measured) if notes.lower[top - 1] != "to" and _or_before(notes, token) else None
    head = notes.head[top]
    if notes.dep[top] == "pobj":
        return _way(notes.lemma[notes.head[head]], book) if notes.lower[head] == "by" and notes.pos[notes.head[head]] == "VERB" else None
    changed = notes.dep[top] in ("dobj", "npadvmod", "advmod", "attr", "oprd", "dep", "nsubjpass")
    return _way(notes.lemma[head], book) if measured and changed and notes.pos[head] == "VERB" else None


def _or_before(notes: Annotations, token: int) -> bool:
    """Whether the amount says another one over: "by 5,000 jobs, or 2 percent"."""
    return any(notes.lower[t] == "or" for t in range(max(0, token - 2), token))


def _way(lemma: str, book: FigureBook) -> str | None:
    if lemma in book.lists["up"]:
        return "up"
    return "down" if lemma in book.lists["down"] else None


def phrase(notes: Annotations, noun: int, after: int = -1) -> str:
    """A noun with what stands before it in its phrase, without determiners and the number itself."""
    inside = [t for t in notes.subtree(noun) if max(after, noun - _GAP) < t <= noun]
    first = noun
    while first - 1 in inside and notes.tag[first - 1] in _INSIDE[:-1] and notes.tag[first - 1] != "CD":
        first -= 1
    while first < noun and notes.tag[first] in ("HYPH", "POS", "RB"):
        first += 1
    return notes.span(first, noun).surface


def of_amount(notes: Annotations, first: int, last: int) -> str | None:
    """What an amount with a unit is of.

    "X" in "25 percent of X", the noun that it stands before ("a $2bn loan"), else the subject of its verb ("tickets cost 45,000 rubles").
    """
    noun = _object(notes, last + 1)
    if noun is not None:
        return phrase(notes, noun, last + 1)
    top = next((t for t in range(first, last + 1) if not first <= notes.head[t] <= last), last)
    head = notes.head[top]
    if head > last and notes.tag[head] in _NOUNS and head - last <= _GAP:
        return phrase(notes, head, last)
    verb = next((t for t in [top, *notes.ancestors(top)] if notes.pos[t] in ("VERB", "AUX")), None)
    subject = _bearer(notes, verb, top) if verb is not None else None
    return phrase(notes, subject) if subject is not None and not first <= subject <= last and notes.tag[subject] in _NOUNS else None


def _bearer(notes: Annotations, verb: int, top: int) -> int | None:
    """Whose amount it is: the verb's object where the amount stands after a preposition ("raised tariffs to 50%"), else its subject."""
    target = notes.child(verb, "dobj") if notes.dep[top] == "pobj" else None
    return target if target is not None and target < top else notes.child(verb, "nsubj", "nsubjpass")


def _object(notes: Annotations, at: int) -> int | None:
    """The noun after "of", "worth", "worth of" or, if it is common, "in" ("$5 billion in aid", not "in March")."""
    if at + 1 >= len(notes) or notes.lower[at] not in ("of", "in", "worth"):
        return None
    noun = _last_noun(notes, at + 1 + (notes.lower[at + 1] == "of"))
    return noun if noun is not None and (notes.lower[at] != "in" or notes.tag[noun] in ("NN", "NNS")) else None
