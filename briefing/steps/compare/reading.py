"""A story as the comparisons read it: each sentence once, and what its words are about."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from briefing.data.article import Article, Sentence, Span, Story
from briefing.steps.compare.frames import LINKING, UNITS, WEAK, Frame, is_noun, matching
from briefing.steps.compare.naming import Naming
from briefing.steps.compare.phrasing import phrase_verb, plain
from briefing.text.analysis import Analysis
from briefing.text.clauses import VERB, Clause, clauses
from briefing.text.names import is_everyday, key
from briefing.text.numbers import numbers
from briefing.text.words import STOPWORDS, Weights, stem, words

_PLACE = re.compile(
    r"\b(?:in|at|near|outside|along|across|throughout|inside)\s+(?:the\s+|a\s+|an\s+)?"
    r"(?P<noun>(?:[\w'’-]+\s*){1,4})"
)
_PERTAINING = re.compile(r"\b(?:of|from|for)\s+(?:the\s+)?(?P<name>[^\W\d_a-z][\w'’-]+)")
_OWNER = re.compile(r"(?P<name>[^\W\d_a-z][\w-]+)['’]s\b")
_NO_PLACE = frozenset(
    "morning afternoon evening night noon dawn dusk midday time week month year spring summer "
    "autumn winter least all total addition order front talk visit meeting return line turn "
    "statement part case first last same end beginning past come coming day hour meantime".split()
)
_PAIR = re.compile(
    r"\b(?:the\s+)?(?:two|both)\s+(?:\w+\s+)?(?:ministers|leaders|sides|presidents|delegations"
    r"|countries|parties|officials|neighbours|neighbors|states|men|women)\b|\bboth\b|\bthe two\b",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"\b(?:again|another|next(?!\s+(?:week|month|year|\w+day|spring|summer|autumn|fall|winter)\b)|further|additional|second|third"
    r"|fourth|fifth|also|return|resume[sd]?|follow-up|previous(?:ly)?|earlier this|last time"
    r"|new round|repeat)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\W*(?:in|at|on|of|from|by|for|with|among|according|under|after|before|during|while)\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r",\s+(?:the|a|an|his|her|its|their|[^\W\d_a-z]\w+['’]s)\s[^,]*(?=,\s)")
_PRONOUN = re.compile(r"\W*(?:he|she|it|they)\b\W*", re.IGNORECASE)
_OWNED = re.compile(r"\W*(?:[Tt]heir|[Ii]ts|[Hh]is|[Hh]er)\s")
_PLACED_NOUN = re.compile(
    r"\b(?:the|a|an|its|their)\s+(?:[a-z][\w-]*\s+){1,3}(?:at|in|near|on|outside)\s+$",
    re.IGNORECASE,
)
"""What stands before a place that is no more than where it is: "the mill at Lunt, which"."""

_RELATIVE = re.compile(r"(?:who|which|that|whose|where)\s")
_SOURCE = re.compile(r",?\s*\baccording to [^,;.]*")
_TOLD = re.compile(r",\s[^,;\"“”]{2,60}\b(?:said|says|told\s\w+|announced|added)\b[^,;]*$")
"""Who says so, behind what he says."""

_AUXILIARY = frozenset(
    "is are was were be been has have had will would can could may might shall should must do did "
    "does".split()
)
_LETTERHEAD = re.compile(
    r"\b(?:Ministry|Department|Embassy|Government|Foreign Office|Spokesperson|Press Release"
    r"|Office of the|Commission|Secretariat)\b"
)
_HEAD_END = re.compile(
    r"\s(?:of|on|to|in|for|from|with|between|at|by|under|who|which|that|near|outside|inside|about"
    r"|against|over|behind|beside)\s|,"
)


class Reading:
    """A story with its sentences analysed once, and their words weighed."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.articles: Mapping[str, Article] = {article.id: article for article in story.articles}
        self._analyses = {sentence.id: Analysis(sentence.text) for sentence in story.sentences}
        self._clauses: dict[str, tuple[Clause, ...]] = {}
        self._contents: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._previous: dict[str, Sentence] = {}
        self._of_article: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in story.sentences:
            self._of_article[sentence.article].append(sentence)
        for before, sentence in zip(story.sentences, story.sentences[1:], strict=False):
            if before.article == sentence.article:
                self._previous[sentence.id] = before

    @cached_property
    def naming(self) -> Naming:
        """The names of the story."""
        return Naming([(s, self._analyses[s.id]) for s in self.story.sentences])

    @cached_property
    def weights(self) -> Weights:
        """How much each stem tells, over the sentences."""
        return Weights(sentence.text for sentence in self.story.sentences)

    def analysis(self, sentence: Sentence) -> Analysis:
        """Return the analysis of a sentence, the same object each time."""
        return self._analyses[sentence.id]

    def clauses(self, sentence: Sentence) -> tuple[Clause, ...]:
        """Return the clauses of a sentence."""
        if sentence.id not in self._clauses:
            self._clauses[sentence.id] = clauses(sentence.text)
        return self._clauses[sentence.id]

    def before(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence before it in the same article."""
        return self._previous.get(sentence.id)

    def paragraph(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences of its paragraph, those from it on first."""
        own = [s for s in self._of_article[sentence.article] if s.paragraph == sentence.paragraph]
        at = own.index(sentence)
        return own[at:] + own[:at][::-1]

    def heads(self, sentence: Sentence) -> frozenset[str]:
        """Return the stems or keys of the subject of the sentence's first clause."""
        return self._heads(self.clauses(sentence)[0].subject)

    def day(self, sentence: Sentence) -> date | None:
        """Return the day that the sentence's article counts from."""
        return self.articles[sentence.article].day

    def is_official(self, sentence: Sentence) -> bool:
        """Whether its article is an office's own text: a ministry's release, not a report on it."""
        return sentence.article in self._official

    @cached_property
    def _official(self) -> frozenset[str]:
        return frozenset(
            article.id
            for article in self.story.articles
            if _LETTERHEAD.search(
                "\n".join(
                    (article.outlet, article.author, *(line.text for line in article.removed[:4]))
                )
            )
        )

    def clause_at(self, sentence: Sentence, span: Span) -> Clause:
        """Return the clause that holds `span`."""
        found = self.clauses(sentence)
        return next(
            (c for c in found if c.span.start <= span.start < c.span.end),
            found[-1],
        )

    def frame(self, sentence: Sentence, span: Span, *, whole: bool = False) -> Frame:
        """Return what the words around `span` are about.

        Read are the words from the verb before the last one to the verb behind, or the `whole`
        clause.
        """
        clause = self.clause_at(sentence, span)
        if span.end > clause.span.end:
            clause = Clause(span, span.of(sentence.text), clause.subject)
        told = _TOLD.search(clause.text, span.end - clause.span.start)
        if told and told.start() > 0:
            end = clause.span.start + told.start()
            clause = Clause(
                Span(clause.span.start, end), clause.text[: told.start()], clause.subject
            )
        text = _SOURCE.sub("", clause.text if whole else _window(clause, span))
        text = _APPOSITION.sub("", text)
        subject = _APPOSITION.sub("", self._subject(sentence, clause))
        (names, stems), (own_names, own_stems) = self.content(subject), self.content(text)
        if _OWNED.match(subject) and (before := self.before(sentence)):
            # "Their strike": whose it is, the sentence before says.
            owner_names, owner_stems = self.content(self.clauses(before)[0].subject)
            names, stems = names | owner_names, stems | owner_stems
        both = f"{subject} | {text}"
        return Frame(
            sentence=sentence,
            day=self.day(sentence),
            clause=clause.text,
            text=text,
            verb=phrase_verb(text, _verb(clause, span)),
            subject=subject,
            heads=self._heads(subject),
            names=names | own_names,
            stems=(stems | own_stems) - names - own_names,
            places=self.places(clause.text),
            owners=self._owners(clause.text),
            pronoun=bool(_PRONOUN.fullmatch(clause.subject)),
            pair=bool(_PAIR.search(both)),
            repeated=frozenset(found[0].lower() for found in _REPEATED.finditer(both)),
        )

    def _subject(self, sentence: Sentence, clause: Clause) -> str:
        subject = clause.subject
        if _RELATIVE.match(clause.text):
            return self._antecedent(subject)
        if _PRONOUN.fullmatch(subject):
            before = self.before(sentence)
            first = self.clauses(sentence)[0]
            if clause is not first and first.subject and first.subject != subject:
                return first.subject
            return self.clauses(before)[0].subject if before else subject
        return subject

    def _antecedent(self, words_before: str) -> str:
        """Return what "who" stands for: the name just before it, else the last few words."""
        named = self.naming.names(words_before)
        if named and words_before.rstrip(" ,").endswith(named[-1].text):
            placed = _PLACED_NOUN.search(words_before[: named[-1].span.start])
            return f"{placed[0]}{named[-1].text}" if placed else named[-1].text
        return _HEAD_END.split(words_before)[-1]

    def _heads(self, subject: str) -> frozenset[str]:
        if _PREPOSITION.match(subject):
            # "At noon, Lund": the subject stands behind the comma, or behind the verb.
            subject = subject.rpartition(", ")[2] if ", " in subject else ""
        head = _HEAD_END.split(subject, maxsplit=1)[0]
        named = self.naming.names(head)
        apposed = self.naming.names(subject.rpartition(", ")[2]) if ", " in subject else ()
        if apposed and subject.rstrip().endswith(f", {apposed[-1].text}"):
            # "The head of the board, Anna Bell".
            return frozenset({*self._heads(head), self.naming.folded(apposed[-1].last)})
        if named and head.rstrip().endswith(named[-1].text):
            return frozenset(self.naming.folded(name.last) for name in named)
        last = [w for w in words(head) if w.lower() not in STOPWORDS and not numbers(w)]
        keys = {stem(last[-1])} - UNITS if last else set()
        return frozenset(keys | self.naming.holder_keys(subject))

    def content(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of the names in `text`, and the stems of its other content words."""
        if text not in self._contents:
            analysis = Analysis(plain(_PAIR.sub(" ", text)))
            others = set(analysis.plain_stems)
            first = next(iter(analysis.names), None)
            if first is not None and not any(
                n.span == first.span for n in self.naming.names(analysis.text)
            ):
                others.add(stem(first.text))
            self._contents[text] = (
                self.naming.name_keys(text) | self.naming.holder_keys(text),
                frozenset(
                    one
                    for one in others
                    if one not in LINKING and not one.isdigit() and len(one) > 1
                ),
            )
        return self._contents[text]

    def places(self, text: str) -> frozenset[str]:
        """Return the keys of the names, and the stems of the nouns, that say where."""
        found: set[str] = set()
        for place in _PLACE.finditer(text):
            # "Near the village of Lunt" is near Lunt.
            inner = place["noun"].partition(" of ")[2].strip() or place["noun"]
            if inner[0].isdigit():
                continue
            nouns = inner.split()
            named = self.naming.name_keys(f"in {inner}")
            if named:
                # "In Norlandish waters" is not in Norland.
                behind = nouns[1:2] if nouns[0][0].isupper() else []
                if not behind or not is_noun(behind[0]) or behind[0][0].isupper():
                    found |= named
                continue
            plain = [stem(w) for w in nouns if w.lower() not in STOPWORDS and w.isalpha()]
            is_word = not is_everyday(nouns[0]) and not nouns[0][0].isdigit()
            if plain and is_word and not set(plain[:2]) & _NO_PLACE:
                found.add(plain[0])
        return frozenset(found)

    def _owners(self, text: str) -> frozenset[str]:
        return frozenset(
            self.naming.folded(key(found["name"]))
            for pattern in (_PERTAINING, _OWNER)
            for found in pattern.finditer(text)
            if not is_everyday(found["name"])
        )

    def weight(self, items: Sequence[str] | frozenset[str]) -> float:
        """Return the sum of the items' weights, rare ones counting more."""
        return sum(self.weights[item] for item in sorted(items))

    def shared(self, one: Frame, other: Frame) -> tuple[frozenset[str], frozenset[str]]:
        """Return the names and the stems that both frames have, synonyms among the stems."""
        return one.names & other.names, matching(one.stems, other.stems)

    def likeness(self, one: Frame, other: Frame) -> float:
        """Return what share of the lighter frame's weight the other has: 0 to 1."""
        names, stems = self.shared(one, other)
        common = self.weight(names) + self.weight(stems)
        lighter = min(self.weight(f.names) + self.weight(f.stems) for f in (one, other))
        return common / lighter if lighter else 0.0


def _verb(clause: Clause, span: Span) -> str:
    """Return the stem of the last verb before a mention, or of the first one behind it."""
    start, end = span.start - clause.span.start, span.end - clause.span.start
    verbs = list(VERB.finditer(_lowered(clause.text)))
    before = [verb[0] for verb in verbs if verb.end() <= start]
    behind = [verb[0] for verb in verbs if verb.start() >= end]
    for word in before[::-1] if set(before) - {"was"} else behind:
        if stem(word) not in WEAK and word not in _AUXILIARY:
            return stem(word)
    return ""


def _lowered(text: str) -> str:
    """Return `text` with its first letter small, so that "Built in 1989" begins with a verb."""
    return text[:1].lower() + text[1:]


def _window(clause: Clause, span: Span) -> str:
    """Return the clause from the verb before its own to the one behind the mention."""
    start, end = span.start - clause.span.start, span.end - clause.span.start
    verbs = list(VERB.finditer(_lowered(clause.text)))
    if clause.text.startswith("It was "):
        return clause.text
    before = [verb for verb in verbs if verb.end() <= start]
    groups = [
        v
        for i, v in enumerate(before)
        if i + 1 == len(before) or before[i + 1].start() - v.end() > 6
    ]
    left = groups[-2].end() if len(groups) > 1 else 0
    behind = [verb for verb in verbs if verb.start() >= end]
    if not before:
        behind = [v for i, v in enumerate(behind) if i and v.start() - behind[i - 1].end() > 6]
    right = behind[0].start() if behind else len(clause.text)
    return clause.text[left:right]
