"""Put the checked sentences together into the document."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from briefing.data.article import Article, Story
from briefing.data.briefing import (
    NO_MENTION,
    ArticleEntry,
    Briefing,
    Check,
    CheckedSentence,
    Citation,
    Confidence,
    Counts,
    Coverage,
    Discrepancy,
    DrafterEntry,
    Dropped,
    Kind,
    Person,
    Section,
    Usage,
    Verdict,
)
from briefing.data.origin import Origin, independent
from briefing.data.template import Template
from briefing.text.mention import is_mentioned
from briefing.text.speech import QUOTED, REPORTING


def sentence(
    text: str,
    *,
    verdict: Verdict,
    reason: str,
    citations: Sequence[Citation],
    checks: Sequence[Check],
    uncertain: bool = False,
    origins: Sequence[str],
    discrepancies: Sequence[Discrepancy],
) -> CheckedSentence:
    """Return a printed sentence with its id, kind and confidence.

    It is confirmed with two origins in two articles, disputed where an open discrepancy touches
    it, else reported. What somebody said stays reported however often it is reprinted.
    """
    kind = Kind.ATTRIBUTED if REPORTING.search(text) else Kind.FACT
    # What articles stress makes no fact of theirs doubtful.
    is_open = any(one.status == "unresolved" and one.type != "emphasis" for one in discrepancies)
    articles = {citation.article for citation in citations}
    if is_open:
        confidence = Confidence.DISPUTED
    elif len(origins) >= 2 and len(articles) >= 2:
        confidence = Confidence.CONFIRMED
    else:
        confidence = Confidence.REPORTED
    return CheckedSentence(
        id=_id(text, citations),
        text=text,
        kind=kind,
        verdict=verdict,
        reason=reason,
        confidence=confidence,
        origins=tuple(origins),
        citations=tuple(citations),
        checks=tuple(checks),
        uncertain=uncertain,
        discrepancies=tuple(one.id for one in discrepancies),
    )


def assemble(
    *,
    title: str,
    focus: str | None,
    template: Template,
    story: Story,
    origins: Sequence[Origin],
    drafter: DrafterEntry,
    sentences: Mapping[str, Sequence[CheckedSentence]],
    people: Sequence[Person] = (),
    discrepancies: Sequence[Discrepancy],
    differences_refused: int = 0,
    dropped: Sequence[Dropped],
    coverage: Coverage,
    usage: Usage,
    prompts: Mapping[str, str] = MappingProxyType({}),
    unanswered: Sequence[str] = (),
    unreported: Sequence[Citation] = (),
    missing: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Briefing:
    """Return the document: the template's sections that have sentences, and the gaps of the rest.

    Args:
        title: The headline of the document.
        focus: What the reader asked about, or None.
        template: Its sections give order, titles and the words for a gap.
        story: The articles.
        origins: The texts that several of them carry.
        drafter: Who wrote the sentences.
        sentences: By section id.
        people: Of the story, in the order in which they are listed.
        discrepancies: Between the sources.
        differences_refused: How many more were proposed, and do not hold.
        dropped: Drafted sentences that are not printed.
        coverage: How much of the articles the drafter was given.
        usage: Of all model calls.
        prompts: The hash of the prompts of each step that asked a model.
        unanswered: What to say of the template's questions to which no article has an answer.
        unreported: Plans whose day has come, of which no article says what became.
        missing: What could not be done, and why.
        notes: What the reader must know of how it was made; that no article mentions the focus is
            noted here.
    """
    sections: list[Section] = []
    for plan in template.sections:
        if found := sentences.get(plan.id):
            sections.append(
                Section(
                    id=plan.id,
                    title=plan.title,
                    label=plan.label,
                    sentences=_ordered(found, plan.order, story),
                )
            )
        listed = template.people
        if listed and listed.after == plan.id and people:
            sections.append(
                Section(
                    id="people",
                    title=listed.title,
                    sentences=(),
                    people=tuple(people[: listed.most]),
                )
            )
    gaps = (*empty(template, sections), *unanswered)
    printed = [one for section in sections for one in section.sentences]
    supported = sum(one.verdict is Verdict.SUPPORTED for one in printed)
    cost = usage.cost_usd
    return Briefing(
        title=title,
        focus=focus,
        template=template.name,
        as_of=as_of(story),
        drafter=drafter,
        articles=tuple(map(_entry, story.articles)),
        origins=tuple(origins),
        sections=tuple(sections),
        discrepancies=tuple(discrepancies),
        gaps=gaps,
        unreported=tuple(unreported),
        dropped=tuple(dropped),
        counts=Counts(
            sentences=len(printed),
            supported=supported,
            gaps=len(gaps) + len(unreported),
            dropped=len(dropped),
            differences_refused=differences_refused,
            warnings=sum(one.status == "unresolved" for one in discrepancies),
            articles=len(story.articles),
            origins=independent([article.id for article in story.articles], origins),
        ),
        coverage=coverage,
        usage=usage,
        usd_per_supported=round(cost / supported, 12) if supported and cost is not None else None,
        prompts=dict(prompts),
        missing=tuple(missing),
        notes=(*notes, *_unmentioned(focus, story)),
        translations=template.translations,
    )


def _unmentioned(focus: str | None, story: Story) -> tuple[str, ...]:
    texts = (f"{article.title}\n{article.text}" for article in story.articles)
    return () if focus is None or is_mentioned(focus, texts) else (NO_MENTION,)


def empty(template: Template, sections: Sequence[Section]) -> tuple[str, ...]:
    """Return what to say of the template's sections that are not among `sections`.

    Nothing of figures or quotations that stand in another section.
    """
    ids = {section.id for section in sections}
    printed = [sentence for section in sections for sentence in section.sentences]
    elsewhere = {
        "figure": any(sentence.figures for sentence in printed),
        "quotation": any(QUOTED.search(sentence.text) for sentence in printed),
    }
    gaps: list[str] = []
    for plan in template.sections:
        if plan.id not in ids and not any(elsewhere.get(trait) for trait in plan.traits):
            gaps.append(plan.gap)
        listed = template.people
        if listed and listed.after == plan.id and "people" not in ids:
            gaps.append(listed.gap)
    return tuple(filter(None, gaps))


def _ordered(
    sentences: Sequence[CheckedSentence], order: str, story: Story
) -> tuple[CheckedSentence, ...]:
    match order:
        case "reported":
            days = {article.id: article.day or date.max for article in story.articles}
            return tuple(
                sorted(
                    sentences,
                    key=lambda s: min((days[c.article] for c in s.citations), default=date.max),
                )
            )
        case "time":
            return tuple(
                sorted(sentences, key=lambda s: min((w.first for w in s.when), default=date.max))
            )
        case "latest":
            return tuple(
                sorted(
                    sentences,
                    key=lambda s: max((w.last for w in s.when), default=date.min),
                    reverse=True,
                )
            )
    return tuple(sentences)


def as_of(story: Story) -> date | None:
    """Return the date of the newest article, or None where no article has one."""
    return max((a.published for a in story.articles if a.published), default=None)


def _entry(article: Article) -> ArticleEntry:
    is_url = article.source.startswith(("http://", "https://"))
    return ArticleEntry(
        id=article.id,
        path=None if is_url else article.source,
        url=article.source if is_url else None,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        sha256=article.sha256,
        chars=len(article.text),
        language=article.language,
        damage=article.damage,
    )


def _id(text: str, citations: Sequence[Citation]) -> str:
    places = "|".join(f"{c.article}:{c.start}:{c.end}" for c in citations)
    return "s" + sha256(f"{text}|{places}".encode()).hexdigest()[:10]
