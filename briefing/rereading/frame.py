"""What frames the sentences of a saved briefing: its title, sections, gaps, counts and sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing import templating
from briefing.data.article import Article, Story
from briefing.data.briefing import (
    COMPLETED,
    NO_MENTION,
    WITHOUT_MODEL,
    ArticleEntry,
    Briefing,
    Citation,
    Person,
    Section,
    Verdict,
)
from briefing.data.origin import Copies, independent
from briefing.data.reason import Reason
from briefing.data.template import PeoplePlan, SectionPlan, Template
from briefing.headline import headline
from briefing.rereading.beside import Rereading
from briefing.rereading.older import is_given
from briefing.steps import assemble
from briefing.steps.question import unanswered
from briefing.steps.verify import Fault
from briefing.text.mention import is_mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Misprint:
    """Something that a briefing prints round its sentences, and that is not so."""

    name: str
    """What it is: `title`, `section numbers`."""

    said: str
    """As the briefing has it."""

    fault: Fault


def misprints(
    briefing: Briefing, story: Story, copies: Copies, again: Rereading
) -> Iterator[Misprint]:
    """Yield what is wrong round the sentences, in the order of a page.

    What the articles tell is read again where all of them are at hand. A template of the user's
    own is not: then its titles and gaps are believed.

    Args:
        briefing: As it was saved.
        story: Those of its articles that are at hand, numbered in its order.
        copies: What they share.
        again: The people and the open plans that they give.
    """
    template = shipped_template(briefing)
    missing = [
        entry for entry in briefing.articles if entry.id not in {one.id for one in story.articles}
    ]
    if not missing:
        yield from _title(briefing, story, template)
        yield from _told(briefing, story, copies)
    yield from _counts(briefing)
    for note in briefing.notes:
        if note not in {NO_MENTION, WITHOUT_MODEL, COMPLETED}:
            yield _misprint("note", note, Reason.SOURCE_DIFFERS, "no briefing notes that")
    if template is not None:
        yield from _sections(briefing, template)
        said = [one.gap for one in template.questions if one.gap in briefing.gaps]
        yield from _gaps(briefing, template, said if missing else unanswered(template, story))
        if not missing:
            yield from _people(briefing, template, again.people)
            if template.asks_for_outcomes and is_given(briefing, "unreported"):
                yield from _plans_left_out(briefing, again.open_plans(briefing.as_of))
    yield from _sources(briefing, {one.id: one for one in story.articles})


def shipped_template(briefing: Briefing) -> Template | None:
    """Return the template of `briefing`, or None where it is one of the user's own."""
    if briefing.template not in templating.template_names():
        return None
    return templating.template(briefing.template)


def _title(briefing: Briefing, story: Story, template: Template | None) -> Iterator[Misprint]:
    listed = {entry.id: entry for entry in briefing.articles}
    # A headline that came from a feed is not in the file that is read again: the text decides.
    headed = tuple(replace(one, title=listed[one.id].title) for one in story.articles)
    right = headline(
        replace(story, articles=headed),
        template,
        focus=briefing.focus,
        garbled={id_ for one in briefing.discrepancies for id_ in one.garbled},
    )
    # Of a template that is not at hand the title is believed, which begins a plain headline.
    is_plain = right.startswith((":", ",")) or not right
    is_believed = template is None and is_plain and briefing.title.endswith(right)
    if briefing.title == right or is_believed:
        return
    detail = f"the title would be {right!r}"
    yield _misprint("title", briefing.title, Reason.HEADLINE_DIFFERS, detail)


def _told(briefing: Briefing, story: Story, copies: Copies) -> Iterator[Misprint]:
    """Yield what is wrong with the day, the focus, and what the articles share."""
    days = [entry.published for entry in briefing.articles if entry.published]
    day = max(days, default=None)
    if briefing.as_of != day:
        detail = f"the newest article listed is of {day or 'no day'}"
        yield _misprint("as of", str(briefing.as_of), Reason.SOURCE_DIFFERS, detail)
    texts = (f"{article.title}\n{article.text}" for article in story.articles)
    is_known = briefing.focus is None or is_mentioned(briefing.focus, texts)
    # Before these were counted, nothing was noted of a focus either.
    if is_given(briefing, "counts.origins") and is_known == (NO_MENTION in briefing.notes):
        detail = "an article mentions it" if is_known else "no article mentions it, unsaid"
        yield _misprint("focus", briefing.focus or "", Reason.SOURCE_DIFFERS, detail)
    if is_given(briefing, "origins") and not _is_shared(briefing, story, copies):
        said = f"{len(briefing.origins)} shared texts"
        detail = "what the articles share is told otherwise"
        yield _misprint("shared text", said, Reason.ORIGIN_DIFFERS, detail)
    read = briefing.coverage.sentences if briefing.coverage else len(story.sentences)
    if read != len(story.sentences):
        detail = f"the articles listed have {len(story.sentences)} sentences"
        yield _misprint("coverage", f"{read} sentences", Reason.COUNT_DIFFERS, detail)


def _is_shared(briefing: Briefing, story: Story, copies: Copies) -> bool:
    """Whether the articles share what the briefing says.

    Who had it first hangs on outlets and days: where these may be others than they were, the
    number of origins is compared.
    """
    listed = {entry.id: entry for entry in briefing.articles}
    if all(_is_in_place(listed[one.id], one) for one in story.articles):
        return briefing.origins == copies.origins
    return independent(listed, briefing.origins) == independent(listed, copies.origins)


def _counts(briefing: Briefing) -> Iterator[Misprint]:
    """Yield each count that is not what the document itself holds."""
    sentences = briefing.sentences
    held = {
        "sentences": len(sentences),
        "supported": sum(one.verdict is Verdict.SUPPORTED for one in sentences),
        "gaps": len(briefing.gaps) + len(briefing.unreported),
        "dropped": len(briefing.dropped),
        "warnings": sum(one.status == "unresolved" for one in briefing.discrepancies),
        "articles": len(briefing.articles),
        "origins": independent((one.id for one in briefing.articles), briefing.origins),
    }
    for name in held:
        said = getattr(briefing.counts, name)
        if is_given(briefing, f"counts.{name}") and said != held[name]:
            detail = f"the document has {held[name]} {name}"
            yield _misprint(f"count {name}", f"{said} {name}", Reason.COUNT_DIFFERS, detail)
    cost, each = briefing.usage.cost_usd, briefing.usd_per_supported
    right = round(cost / held["supported"], 12) if cost is not None and held["supported"] else None
    if each is not None and each != right:
        detail = f"what the calls cost makes {right or 'nothing known'!r}"
        yield _misprint("cost", f"{each} USD a sentence", Reason.COUNT_DIFFERS, detail)
    coverage = briefing.coverage
    if coverage is not None:
        parts = coverage.given + coverage.repeats + coverage.left_out + coverage.unread
        if parts != coverage.sentences:
            detail = f"those given, repeated, left out and unread are {parts}"
            said = f"{coverage.sentences} sentences"
            yield _misprint("coverage", said, Reason.COUNT_DIFFERS, detail)


def _plans(template: Template) -> Iterator[tuple[str, SectionPlan | PeoplePlan]]:
    """Yield the sections of a template by id, the list of people at its place."""
    for plan in template.sections:
        yield plan.id, plan
        if template.people and template.people.after == plan.id:
            yield "people", template.people


def _sections(briefing: Briefing, template: Template) -> Iterator[Misprint]:
    plans = dict(_plans(template))
    for section in briefing.sections:
        wrong = _unplanned(section, plans.get(section.id))
        if wrong is not None:
            name = f"section {section.id}"
            yield _misprint(name, section.title, Reason.SECTION_DIFFERS, wrong)
    ids = [section.id for section in briefing.sections]
    if [id_ for id_ in plans if id_ in ids] != [id_ for id_ in ids if id_ in plans]:
        detail = "the template has them in another order, and each once"
        yield _misprint("sections", ", ".join(ids), Reason.SECTION_DIFFERS, detail)
    printed = {*briefing.gaps, *(section.title for section in briefing.sections)}
    for code, words in briefing.translations.items():
        known = template.translations.get(code, {})
        for title, said in words.items():
            # What an older template had in other words translates nothing that is printed.
            right = known.get(title) if title in printed else known.get(title, said)
            if right != said:
                detail = f"the template has {right or 'nothing'!r} for {title!r}"
                yield _misprint(f"translation {code}", said, Reason.SECTION_DIFFERS, detail)


def _unplanned(section: Section, plan: SectionPlan | PeoplePlan | None) -> str | None:
    """Return what is wrong with a section by the template's plan of it."""
    if plan is None:
        return f"the template has no section {section.id!r}"
    if section.title != plan.title:
        return f"the template calls it {plan.title!r}"
    label = plan.label if isinstance(plan, SectionPlan) else ""
    if "label" in section.model_fields_set and section.label != label:
        return f"before its sentences stands {label or 'nothing'!r}"
    return None if section.sentences or section.people else "nothing stands in it"


def _gaps(
    briefing: Briefing, template: Template, open_questions: Sequence[str]
) -> Iterator[Misprint]:
    empty = assemble.empty(template, briefing.sections)
    # Before plans were followed up, no question was asked either.
    asked = open_questions if is_given(briefing, "unreported") else ()
    for gap in (*empty, *asked):
        if gap not in briefing.gaps:
            detail = "no article answers that, and nothing says so"
            yield _misprint("gap", gap, Reason.GAP_DIFFERS, detail)
    for gap in briefing.gaps:
        if gap not in {*empty, *open_questions}:
            detail = "the section has something, or an article may hold an answer"
            yield _misprint("gap", gap, Reason.GAP_DIFFERS, detail)


def _plans_left_out(briefing: Briefing, plans: Sequence[Citation]) -> Iterator[Misprint]:
    for plan in plans:
        if plan not in briefing.unreported:
            detail = "no report was found of what became of that, and nothing says so"
            yield _misprint("gap", plan.quote, Reason.GAP_DIFFERS, detail)


def _people(briefing: Briefing, template: Template, people: Sequence[Person]) -> Iterator[Misprint]:
    listed = [person.name for section in briefing.sections for person in section.people]
    most = template.people.most if template.people else 0
    for person in people[:most]:
        if person.name not in listed:
            detail = "the articles give them an office, and they are not listed"
            yield _misprint(f"person {person.name}", person.name, Reason.PERSON_DIFFERS, detail)


def _sources(briefing: Briefing, articles: dict[str, Article]) -> Iterator[Misprint]:
    ids = [entry.id for entry in briefing.articles]
    for number, entry in enumerate(briefing.articles):
        article = articles.get(entry.id)
        code, wrong = Reason.SOURCE_DIFFERS, None
        if article is None:
            code, wrong = Reason.UNKNOWN_ARTICLE, "it is not among the sources, or is changed"
        elif entry.id in ids[:number]:
            wrong = "it is listed twice"
        else:
            wrong = _otherwise(entry, article)
        if wrong is not None:
            said = entry.path or entry.url or entry.id
            yield _misprint(f"source {said}", entry.title or said, code, wrong)


def _otherwise(entry: ArticleEntry, article: Article) -> str | None:
    """Return what is told of an article and is not so.

    Its headline, outlet and day may come from the feed or the mail that it was in: they are
    compared where it is read from the place that the briefing names.
    """
    compared: list[tuple[str, object, object]] = [
        ("SHA-256", entry.sha256, article.sha256),
        ("length", entry.chars, len(article.text)),
    ]
    if _is_in_place(entry, article):
        compared += [
            ("headline", entry.title, article.title),
            ("outlet", entry.outlet, article.outlet),
            ("day", entry.published, article.published),
            ("language", entry.language, article.language),
            ("damage", entry.damage, article.damage),
        ]
    fields = {"language", "damage"} - entry.model_fields_set
    for what, said, known in compared:
        if said != known and what not in fields:
            return f"its {what} is {str(known) or 'not known'!r}, not {str(said)!r}"
    return None


def _is_in_place(entry: ArticleEntry, article: Article) -> bool:
    return article.source in (entry.path, entry.url)


def _misprint(name: str, said: str, code: Reason, detail: str) -> Misprint:
    return Misprint(name=name, said=said, fault=Fault(code=code, detail=detail))
