"""Makes an edition: articles into stories, a short briefing of each, and of that what is new."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from briefing.asking import Threads
from briefing.data.article import Article
from briefing.data.briefing import Briefing, Section, Verdict
from briefing.data.edition import Edition, EditionStory
from briefing.digest.novelty import Freshness, Memory, Sent
from briefing.errors import BriefingError, BudgetError, ModelError, SourceError
from briefing.pipeline import Assignment, generate
from briefing.ports import Crew, Progress
from briefing.text.phrases import phrases

_log = logging.getLogger(__name__)

Stories = Callable[[Sequence[Article]], Sequence[Sequence[Article]]]
"""Articles into stories, the weightiest first."""


def one_story(articles: Sequence[Article]) -> tuple[Sequence[Article], ...]:
    """Return all articles as one story, or none where there is none."""
    return (articles,) if articles else ()


def edit(
    articles: Sequence[Article],
    *,
    digest: str,
    title: str,
    day: date,
    headings: str = "en",
    most: int,
    assignment: Callable[[], Assignment],
    sent: Iterable[Sent],
    stories: Stories = one_story,
    crew: Crew | None = None,
    progress: Progress = lambda step: None,
) -> Edition:
    """Return the edition of a day; it may be empty.

    A story that cannot be briefed is counted and left out: it is no reason to send nothing.

    Args:
        articles: In any order.
        digest: Its name.
        title: What its readers call it.
        day: The local date that it is of.
        headings: The language of its headings, labels and dates.
        most: Most stories. Those that nothing is new about do not count.
        assignment: Makes an assignment for each story, so that each has a drafter of its own.
        sent: The sentences of the editions before.
        stories: Makes stories of the articles.
        crew: Works on several stories at once, as many as may still be printed.
        progress: Told which story is at work.

    Raises:
        BriefingError: There are stories, and none of them could be briefed.
    """
    memory = Memory(sent, headings=phrases(headings))
    printed: list[EditionStory] = []
    failure: BriefingError | None = None
    quiet = unbriefed = 0
    groups = stories(articles)

    def briefed(number: int) -> Briefing | BriefingError:
        progress(f"story {number} of {len(groups)}")
        try:
            return generate(groups[number - 1], assignment()).briefing
        except (SourceError, BudgetError, ModelError) as error:
            _log.warning("story %d of %d is left out: %s", number, len(groups), error)
            return error

    begun = 0
    while begun < len(groups) and len(printed) < most:
        next_ones = range(begun + 1, min(len(groups), begun + most - len(printed)) + 1)
        begun = next_ones[-1]
        for found in (crew or Threads()).each(briefed, next_ones):
            if isinstance(found, BriefingError):
                failure, unbriefed = found, unbriefed + 1
            elif (story := fresh(found, memory, day)) is None:
                quiet += 1
            else:
                printed.append(story)
    left_over = len(groups) - begun
    if failure is not None and not printed and not quiet:
        raise failure
    focus = printed[0].briefing.focus if printed else None
    return Edition(
        digest=digest,
        title=title,
        day=day,
        headings=headings,
        focus=focus,
        stories=tuple(printed),
        quiet=quiet,
        unbriefed=unbriefed,
        left_over=left_over,
    )


def fresh(briefing: Briefing, memory: Memory, day: date) -> EditionStory | None:
    """Return the story with the sentences that are new or changed; None where none is.

    Only what its sources support is taken at all.
    """
    changes: dict[str, str] = {}
    known = 0
    sections = []
    for section in briefing.sections:
        kept = []
        for sentence in section.sentences:
            if sentence.verdict is not Verdict.SUPPORTED:
                continue
            news = memory.judge(sentence.text, day)
            if news.freshness is Freshness.KNOWN:
                known += 1
                continue
            if news.change:
                changes[sentence.id] = news.change
            kept.append(sentence)
        if kept:
            sections.append(Section(id=section.id, title=section.title, sentences=tuple(kept)))
    if not sections:
        return None
    return EditionStory(briefing=_with(briefing, tuple(sections)), changes=changes, known=known)


def _with(briefing: Briefing, sections: tuple[Section, ...]) -> Briefing:
    printed = sum(len(section.sentences) for section in sections)
    counts = briefing.counts.model_copy(update={"sentences": printed, "supported": printed})
    # What is sealed is the whole document.
    return briefing.model_copy(update={"sections": sections, "counts": counts, "seals": None})


def sentences_of(contents: Iterable[str]) -> Iterator[Sent]:
    """Yield the sentences of editions as the outbox keeps them."""
    for content in contents:
        edition = json.loads(content)
        day = date.fromisoformat(edition["day"])
        for story in edition["stories"]:
            for section in story["briefing"]["sections"]:
                for sentence in section["sentences"]:
                    yield Sent(text=sentence["text"], day=day)
