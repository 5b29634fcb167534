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
    "service vigil parade tournament inquiry inquest ruling verdict decision fireworks marathon "
    "regatta gala reading lecture derby concert show performance".split()
)
ONCE = frozenset(
    stem(w)
    for w in "approve sign adopt pass reopen close complete finish sell buy inaugurate found "
    "resign appoint elect open rebuild publish ratify join leave release free bury destroy "
    "activate acquire demolish evacuate extradite deport execute sink capture seize".split()
)
"""What is done to one thing once: if it is done, a plan to do it on a later day is wrong."""

DEED_OF = {
    stem(noun): stem(verb)
    for noun, verb in (
        ("purchase", "buy"),
        ("acquisition", "buy"),
        ("acquire", "buy"),
        ("takeover", "buy"),
        ("sale", "sell"),
        ("opening", "open"),
        ("closure", "close"),
        ("signing", "sign"),
        ("signature", "sign"),
        ("release", "release"),
        ("ratification", "ratify"),
        ("resignation", "resign"),
        ("appointment", "appoint"),
        ("evacuation", "evacuate"),
        ("extradition", "extradite"),
        ("withdrawal", "leave"),
        ("destruction", "destroy"),
        ("approval", "approve"),
        ("adoption", "adopt"),
    )
}
"""Stem of the noun for a deed to that of its verb."""

DECIDING = frozenset(map(stem, ("vote", "rule", "decide", "decision", "verdict")))
DECIDED = frozenset(map(stem, "approve adopt pass reject grant dismiss acquit convict".split()))
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
