"""Words for events and deeds, by their stems."""

from briefing.text.words import stem

MEETING = frozenset(
    stem(w)
    for w in "talks discussion negotiation meet meeting conversation dialogue consultation".split()
)
MET = frozenset({stem("met"), stem("talked")})
EVENTS = MEETING | frozenset(
    stem(word)
    for word in "conference summit ceremony vote ballot election referendum concert session round "
    "visit trip signing hearing trial match exercise drill march protest rally strike launch "
    "dinner lunch premiere funeral wedding auction race reception inauguration handover parade "
    "debate screening briefing exhibition festival opening "
    "service vigil parade tournament inquiry inquest".split()
)
ONCE = frozenset(
    stem(w)
    for w in "approve sign adopt pass reopen close complete finish sell buy inaugurate found "
    "resign appoint elect open rebuild publish ratify join leave release free bury destroy".split()
)
"""What is done to one thing once: if it is done, a plan to do it on a later day is wrong."""

DECIDING = frozenset(map(stem, ("vote", "rule", "decide")))
DECIDED = frozenset(map(stem, ("approve", "adopt", "pass", "reject", "grant", "dismiss")))
"""What is still to be decided is neither approved nor rejected."""

DEEDS = (
    ONCE
    | DECIDED
    | frozenset(
        stem(w)
        for w in "visit meet arrive land depart vote testify question arrest launch speak talk "
        "discuss address attend negotiate swear inspect host present unveil announce play".split()
    )
)
"""Verbs that name a deed of one day; others ("base", "score", "hold") are told of anything."""
