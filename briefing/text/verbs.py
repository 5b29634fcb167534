"""Verbs by their form, as far as that tells: there is no tagger here."""

_IRREGULAR = """
arise arose arisen, become became become, begin began begun, blow blew blown, break broke broken
bring brought, build built, buy bought, catch caught, choose chose chosen, come came come
deal dealt, dig dug, draw drew drawn, drive drove driven, fall fell fallen, feel felt
fight fought, find found, flee fled, fly flew flown, forbid forbade forbidden
freeze froze frozen, get got, give gave given, go went gone, grow grew grown, hang hung
hear heard, hide hid hidden, hold held, keep kept, kneel knelt, know knew known, lay laid
lead led, leave left, lend lent, lose lost, make made, mean meant, meet met
overcome overcame overcome, overtake overtook overtaken, pay paid, retake retook retaken
ride rode ridden, rise rose risen, run ran run, say said, see saw seen, seek sought, sell sold
send sent, shake shook shaken, shoot shot, show showed shown, sink sank sunk, sit sat
sleep slept, speak spoke spoken, spend spent, stand stood, steal stole stolen, strike struck
swear swore sworn, sweep swept, swim swam, take took taken, teach taught, tell told
think thought, throw threw thrown, understand understood, uphold upheld, wear wore worn
weep wept, win won, withdraw withdrew withdrawn, write wrote written
"""
"""Verb, past tense and, where it is another word, participle."""

_FORMS = [line.split() for line in _IRREGULAR.strip().replace("\n", ",").split(",")]

UNCHANGED = "beat|burst|cost|cut|hit|hurt|let|put|quit|set|shed|shut|split|spread"
"""Verbs of which the past tense is the infinitive, for an alternation of a pattern."""

IRREGULAR_PAST = "|".join(forms[1] for forms in _FORMS)
"""Their past tenses, for an alternation of a pattern."""

IRREGULAR_PARTICIPLE = "|".join(forms[-1] for forms in _FORMS)
"""Their participles, for an alternation of a pattern."""

REGULAR_PAST = (
    r"(?!(?:n|ind|exc|proc|succ|sp|f|s|br|w|d)eed\b|(?:hund|sac|kind|hat)red\b|(?:nak|wick)ed\b)"
    r"[a-z]{2,}ed"
)
"""A past tense or participle that ends in "ed", for a pattern."""

PAST = rf"(?:{REGULAR_PAST}|{IRREGULAR_PAST})"
"""A verb in the past tense, or a regular participle, for a pattern."""

PARTICIPLE = rf"(?:{REGULAR_PAST}|{IRREGULAR_PARTICIPLE})"
"""A past participle, for a pattern."""

AUXILIARY = (
    "is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did"
)
"""Auxiliary verbs, for an alternation of a pattern."""

FINITE = rf"(?:{AUXILIARY}|says|{PAST}|{UNCHANGED})"
"""A verb with a subject before it, for a pattern; of the present tense, "says" and auxiliaries."""
