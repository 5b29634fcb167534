"""Lay a briefing out as the page that every printed form shows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from briefing.data.briefing import (
    ArticleEntry,
    Briefing,
    CheckedSentence,
    Citation,
    Confidence,
    Coverage,
    Discrepancy,
    Dropped,
    Kind,
    Person,
    Stage,
    Verdict,
)
from briefing.steps.render.opening import opening
from briefing.steps.render.page import (
    Block,
    Difference,
    Gap,
    Line,
    Note,
    Page,
    Side,
    Source,
    printable,
    sorted_labels,
)
from briefing.steps.render.shared import shared_texts
from briefing.text.phrases import Phrases

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|]+", re.IGNORECASE)

_SEVERITIES = ("high", "medium", "low")
_REASON_CHARS = 100
_MOST_REASONS = 5
_GRAVEST = ("ids", "spans", "quotations", "numbers")
"""Checks whose failures are told first: what a model made up, not how it worded it."""

_MOST_DATES = 2
_DATED = frozenset({"dates", "stage"})
_MOST_CITED = 2


def lay_out(briefing: Briefing, phrases: Phrases) -> Page:
    """Return `briefing` as the forms print it, with headings and labels in the words of `phrases`.

    Notes are numbered in the order in which the page first uses them, and a citation that is used
    again keeps its number.
    """
    layout = _Layout(briefing, phrases)
    warnings = [d for d in briefing.discrepancies if d.status == "unresolved"]
    warnings.sort(key=lambda discrepancy: _SEVERITIES.index(discrepancy.severity))
    return Page(
        phrases=phrases,
        title=layout.outside(briefing.title) or phrases.say("heading.untitled"),
        opening=opening(briefing, phrases),
        focus=layout.outside(briefing.focus or ""),
        as_of=briefing.as_of,
        warnings=tuple(layout.difference(discrepancy) for discrepancy in warnings),
        blocks=tuple(
            Block(
                title=layout.translated(section.title),
                lines=tuple(
                    layout.line(sentence, kind=section.label) for sentence in section.sentences
                )
                + tuple(layout.person(person) for person in section.people),
            )
            for section in briefing.sections
            if section.sentences or section.people
        ),
        gaps=(
            *map(layout.unreported, briefing.unreported),
            *(Gap(text=layout.translated(gap)) for gap in briefing.gaps),
        ),
        resolved=tuple(
            layout.difference(discrepancy)
            for discrepancy in briefing.discrepancies
            if discrepancy.status == "resolved"
        ),
        sources=tuple(layout.sources.values()),
        shared=shared_texts(
            briefing.origins,
            {id_: source.label for id_, source in layout.sources.items()},
            phrases,
        ),
        left_out=(
            *_not_read(briefing.coverage, phrases),
            *layout.left_out(briefing.dropped),
            *(
                phrases.say("coverage.not_done", what=layout.outside(missing))
                for missing in briefing.missing
            ),
        ),
        notes=tuple(layout.notes.values()),
    )


class _Layout:
    """The labels and numbers given so far."""

    def __init__(self, briefing: Briefing, phrases: Phrases) -> None:
        self._phrases = phrases
        self._unreported = frozenset(briefing.unreported)
        self._translations = briefing.translations.get(phrases.code, {})
        self._differences = {
            discrepancy.id: (f"D{number}", discrepancy.status == "resolved")
            for number, discrepancy in enumerate(briefing.discrepancies, start=1)
        }
        self._garbled = {
            article: self._differences[discrepancy.id][0]
            for discrepancy in briefing.discrepancies
            for article in discrepancy.garbled
        }
        self.sources = {
            article.id: self._source(f"S{number}", article)
            for number, article in enumerate(briefing.articles, start=1)
        }
        self.notes: dict[Citation, Note] = {}

    def outside(self, text: str) -> str:
        """Return words of an article, a model or a user, harmless."""
        return self._phrases.isolate(printable(text))

    def translated(self, text: str) -> str:
        """Return a title or gap of the template, in the page's language where it gives that."""
        if text in self._translations:
            return printable(self._translations[text])
        return self.outside(text)

    def line(self, sentence: CheckedSentence, *, kind: str) -> Line:
        supported = sentence.verdict is Verdict.SUPPORTED
        days = sentence.when[:_MOST_DATES] if kind in _DATED else ()
        notes = self._cited(sentence.citations)
        languages = {note.source.language for note in notes}
        return Line(
            label=self._label(kind, sentence),
            days=tuple((when.first, when.last) for when in days),
            is_ahead=sentence.stage in {Stage.PLANNED, Stage.ANNOUNCED},
            caution="" if supported else self._phrases.say("mark.not_supported"),
            remark=self._phrases.say("mark.analysis") if sentence.kind is Kind.ANALYSIS else "",
            text=self.outside(sentence.text),
            language=languages.pop() if len(languages) == 1 else "",
            supported=supported,
            notes=notes,
            one_origin=bool(sentence.citations)
            and (len(set(sentence.origins)) == 1 or sentence.confidence is Confidence.REPORTED),
            **self._touched(sentence.discrepancies),
        )

    def person(self, person: Person) -> Line:
        roles = ", ".join(role.title for role in person.roles)
        return Line(
            label=self.outside(person.side),
            days=(),
            is_ahead=False,
            caution="",
            remark="",
            text=self.outside(f"{person.name}, {roles}" if roles else person.name),
            language="",
            supported=True,
            notes=self._cited(
                citation for role in person.roles for citation in role.citations[:_MOST_CITED]
            ),
            one_origin=False,
            **self._touched(person.discrepancies),
        )

    def _touched(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        # A saved file may name a discrepancy that it does not hold: then nothing is resolved.
        touching = {self._differences.get(id_, ("D?", False)) for id_ in ids}
        return {
            "open": sorted_labels(label for label, resolved in touching if not resolved),
            "resolved": sorted_labels(label for label, resolved in touching if resolved),
        }

    def unreported(self, plan: Citation) -> Gap:
        note = self._note(plan)
        return Gap(text=self._phrases.say("mark.unreported", words=note.quote), notes=(note,))

    def difference(self, discrepancy: Discrepancy) -> Difference:
        label, resolved = self._differences[discrepancy.id]
        wording, reason = self.outside(discrepancy.wording), self.outside(discrepancy.reason)
        say = self._phrases.say
        return Difference(
            label=label,
            kind=say(
                "difference.proposed" if discrepancy.by == "model" else "difference.named",
                type=say(f"difference.{discrepancy.type.replace(' ', '_')}"),
                severity=say(f"severity.{discrepancy.severity}"),
            ),
            wording=f"{wording} ({reason})" if resolved and reason else wording,
            sides=tuple(
                Side(label=self.outside(side.label), notes=self._cited(side.citations))
                for side in discrepancy.sides
            ),
        )

    def left_out(self, dropped: Iterable[Dropped]) -> Iterator[str]:
        counts: Counter[str] = Counter()
        worst: dict[str, int] = {}
        for each in dropped:
            reason = _shortened(printable(each.reason))
            counts[reason] += 1
            worst[reason] = min(_gravity(each), worst.get(reason, len(_GRAVEST)))
        reasons = sorted(counts.most_common(), key=lambda counted: worst[counted[0]])
        say = self._phrases.say
        for reason, count in reasons[:_MOST_REASONS]:
            words = self._phrases.isolate(reason) or say("coverage.no_reason")
            yield say("coverage.dropped", n=count, reason=words)
        if rest := sum(count for _, count in reasons[_MOST_REASONS:]):
            yield say("coverage.dropped", n=rest, reason=say("coverage.other_reasons"))

    def _label(self, kind: str, sentence: CheckedSentence) -> str:
        if kind in _DATED:
            days = [
                self._phrases.period(when.first, when.last) for when in sentence.when[:_MOST_DATES]
            ]
            stages = self._stages(sentence) if kind == "stage" else ()
            return self._phrases.say("mark.comma").join([*dict.fromkeys(days), *stages])
        words = {"figures": sentence.figures, "sides": sentence.sides}.get(kind, ())
        return self._phrases.say("mark.comma").join(dict.fromkeys(map(self.outside, words)))

    def _stages(self, sentence: CheckedSentence) -> Iterator[str]:
        if sentence.stage is None:
            return
        is_open = not self._unreported.isdisjoint(sentence.citations)
        if sentence.stage is Stage.ANNOUNCED and is_open:
            yield self._phrases.say("stage.unreported")
        else:
            yield self._phrases.say(f"stage.{sentence.stage.value.replace(' ', '_')}")

    def _cited(self, citations: Iterable[Citation]) -> tuple[Note, ...]:
        notes = {self._note(citation) for citation in citations}
        return tuple(sorted(notes, key=lambda note: note.number))

    def _note(self, citation: Citation) -> Note:
        if citation not in self.notes:
            self.notes[citation] = Note(
                number=len(self.notes) + 1,
                quote=self._phrases.isolate(_quoted(printable(citation.quote))),
                source=self.sources.get(citation.article) or self._unlisted(),
                citation=citation,
            )
        return self.notes[citation]

    def _source(self, label: str, article: ArticleEntry) -> Source:
        is_known = article.outlet not in {"", "unknown"}
        return Source(
            label=label,
            outlet=(
                self.outside(article.outlet)
                if is_known
                else self._phrases.say("source.outlet_unknown")
            ),
            published=self._published(article.published),
            title=self.outside(article.title),
            path=printable(article.path or ""),
            url=(url := printable(article.url or "")),
            link=url if _WEB_ADDRESS.fullmatch(url) else "",
            article=article.id,
            language=article.language if article.language.isalpha() else "",
            damage=self._phrases.say("mark.semicolon").join(self._damage(article)),
        )

    def _damage(self, article: ArticleEntry) -> Iterator[str]:
        yield from map(self.outside, article.damage)
        if article.id in self._garbled:
            name = self._phrases.say("difference.translation_damage")
            yield f"{name} ({self._garbled[article.id]})"

    def _unlisted(self) -> Source:
        return Source(
            label="S?",
            outlet=self._phrases.say("source.not_listed"),
            published=self._published(None),
            title="",
            path="",
            url="",
            link="",
            article="",
            language="",
            damage="",
        )

    def _published(self, published: date | None) -> str:
        return self._phrases.day(published) if published else self._phrases.say("source.no_date")


def _quoted(words: str) -> str:
    return f"“{words}”" if '"' in words else f'"{words}"'


def _not_read(coverage: Coverage | None, phrases: Phrases) -> Iterator[str]:
    if coverage is None:
        return
    if coverage.left_out:
        yield phrases.say(
            "coverage.left_out" if coverage.calls > 1 else "coverage.left_out_once",
            left=coverage.left_out,
            n=coverage.sentences,
            calls=coverage.calls,
            tokens=coverage.budget_tokens,
        )
    if coverage.unread:
        yield phrases.say("coverage.unread", left=coverage.unread, n=coverage.sentences)


def _gravity(dropped: Dropped) -> int:
    """Return how early among what was left out it is told: the smaller, the worse."""
    failed = {check.name for check in dropped.checks if not check.ok}
    return next((n for n, name in enumerate(_GRAVEST) if name in failed), len(_GRAVEST))


def _shortened(reason: str) -> str:
    if len(reason) <= _REASON_CHARS:
        return reason
    return reason[: _REASON_CHARS - 3].rsplit(" ", 1)[0] + "..."
