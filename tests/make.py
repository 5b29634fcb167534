"""Values for tests: everything has a default, so a test names only what it is about."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from briefing.data.article import Article
from briefing.data.briefing import (
    ArticleEntry,
    Briefing,
    CheckedSentence,
    Citation,
    Confidence,
    Counts,
    Coverage,
    Discrepancy,
    DrafterEntry,
    Dropped,
    Kind,
    Section,
    Side,
    Usage,
    Verdict,
)
from briefing.data.digest import Letter, message_id
from briefing.data.document import Document
from briefing.data.draft import DraftSentence
from briefing.data.origin import Origin, Passage, Place, independent
from briefing.data.template import SectionPlan, Template
from briefing.ports import Brief, ChatReply
from briefing.steps.pack import pack
from briefing.steps.split import split
from briefing.steps.trace import trace
from briefing.steps.verify import Sources, verify
from briefing.text.phrases import phrases

ENGLISH = phrases("en")
"""The words of a page unless it is told otherwise."""


def article_entry(name="courier", **fields):
    """A source, its id made from `name`."""
    digest = sha256(name.encode("utf-8", "replace")).hexdigest()
    values = {
        "id": digest[:12],
        "path": f"articles/{name}.txt",
        "outlet": "Salm Courier",
        "title": "Maronde opens talks in Port Salm",
        "published": date(2031, 4, 6),
        "sha256": digest,
        "chars": 2_000,
    }
    return ArticleEntry(**values | fields)


def citation(quote="The talks began on Monday.", article="courier", start=0):
    """Words that stand at `start` of the article made with that name."""
    return Citation(
        article=article_entry(article).id, start=start, end=start + len(quote), quote=quote
    )


def checked(text="The talks began on Monday.", *, cites=None, **fields):
    """A supported sentence, citing its own words in one article unless told otherwise."""
    cites = (citation(text or "-"),) if cites is None else tuple(cites)
    origins = tuple(dict.fromkeys(cite.article for cite in cites))
    values = {
        "id": sha256(text.encode("utf-8", "replace")).hexdigest()[:12],
        "text": text,
        "kind": Kind.FACT,
        "verdict": Verdict.SUPPORTED,
        "reason": "each part stands in the quoted words",
        "confidence": Confidence.CONFIRMED if len(origins) > 1 else Confidence.REPORTED,
        "origins": origins,
        "citations": cites,
        "checks": (),
    }
    return CheckedSentence(**values | fields)


def section(*sentences, title="Bottom line"):
    """A section of the template."""
    return Section(id=title.lower().replace(" ", "_"), title=title, sentences=sentences)


def discrepancy(id="date-1", *, sides=(), **fields):  # noqa: A002 -- the field's name
    """An unresolved discrepancy; `sides` are pairs of a label and citations."""
    values = {
        "id": id,
        "type": "number",
        "severity": "medium",
        "status": "unresolved",
        "reason": "both articles are of the same day",
        "wording": "The sources give different numbers of delegates.",
        "sides": tuple(Side(label=label, citations=tuple(cites)) for label, cites in sides),
    }
    return Discrepancy(**values | fields)


def origin(*names, **fields):
    """A text of forty words that the articles made with those names carry, each at its start."""
    ids = tuple(sorted(article_entry(name).id for name in names))
    places = tuple(Place(article=id_, start=0, end=240) for id_ in ids)
    values = {
        "id": "o0123456789",
        "articles": ids,
        "copied": (),
        "first": None,
        "source": None,
        "passages": (Passage(words=40, places=places),),
    }
    return Origin(**values | fields)


def dropped(reason="a number is not in the quoted words", text="Ninety ships sailed."):
    """A drafted sentence that is not printed."""
    return Dropped(text=text, reason=reason, checks=())


def briefing(*sentences, **fields):
    """A briefing with `sentences` in one section, or with the `sections` given."""
    sections = fields.pop("sections", (section(*sentences),) if sentences else ())
    printed = [sentence for each in sections for sentence in each.sentences]
    gaps, left_out = fields.get("gaps", ()), fields.get("dropped", ())
    values = {
        "title": "Maronde in Port Salm",
        "focus": None,
        "template": "visit",
        "as_of": date(2031, 4, 6),
        "drafter": DrafterEntry(kind="extractive", name="extractive"),
        "articles": (article_entry(),),
        "sections": sections,
        "discrepancies": (),
        "gaps": gaps,
        "dropped": left_out,
        "counts": Counts(
            sentences=len(printed),
            supported=sum(sentence.verdict is Verdict.SUPPORTED for sentence in printed),
            gaps=len(gaps) + len(fields.get("unreported", ())),
            dropped=len(left_out),
        ),
        "usage": Usage(),
    }
    made = Briefing(**values | fields)
    more = {
        "warnings": sum(one.status == "unresolved" for one in made.discrepancies),
        "articles": len(made.articles),
        "origins": independent((one.id for one in made.articles), made.origins),
    }
    return made.model_copy(update={"counts": made.counts.model_copy(update=more)})


def coverage(**fields):
    """All of ten sentences read in one call."""
    values = {
        "sentences": 10,
        "given": 10,
        "repeats": 0,
        "left_out": 0,
        "tokens": 300,
        "budget_tokens": 6_000,
    }
    return Coverage(**values | fields)


def document(text="Maronde opened talks in Port Salm on Monday.", source="articles/courier.txt"):
    """A plain text, as an edge read it."""
    return Document(source=source, text=text)


def article(text="The talks began on Monday.", **fields):
    """A cleaned article of Monday, 7 April 2031."""
    values = {"source": "articles/courier.txt", "published": date(2031, 4, 7)}
    return Article(text=text, **values | fields)


def story(*articles):
    """Articles, or texts of articles, with their sentences numbered as in a run."""
    return split([one if isinstance(one, Article) else article(one) for one in articles])


def cites(story, *ids):
    """Citations of whole sentences of `story`."""
    by_id = {sentence.id: sentence for sentence in story.sentences}
    return tuple(
        Citation(article=one.article, start=one.span.start, end=one.span.end, quote=one.text)
        for one in map(by_id.__getitem__, ids)
    )


def verified(claim, source, **fields):
    """What `verify` finds of a claim that cites every sentence of an article of this text."""
    of_it = story(article(source, **fields))
    return verify(claim, cites(of_it, *(one.id for one in of_it.sentences)), Sources(of_it))


def plan(id="bottom_line", **fields):  # noqa: A002 -- the field's name
    """A section of a template, with room for four sentences."""
    values = {"title": id.replace("_", " ").capitalize(), "ask": "What happened.", "most": 4}
    return SectionPlan(id=id, **values | fields)


def template(*plans):
    """A template, of one section unless told otherwise."""
    return Template(name="small", title="Small briefing", sections=plans or (plan(),))


def draft_sentence(text="The talks began on Monday.", *cites, section="bottom_line"):
    """A sentence as a drafter hands it in."""
    return DraftSentence(section=section, text=text, cites=cites)


def brief(story, *plans, budget=10_000, focus=None, disputed=()):
    """What a drafter is given, each word counted as one token."""
    copies = trace(story)
    return Brief(
        story=story,
        evidence=pack(
            story, budget=budget, count=lambda text: len(text.split()), focus=focus, copies=copies
        ),
        template=template(*plans),
        focus=focus,
        disputed=frozenset(disputed),
        copies=copies,
    )


def drafted(*sentences, section="bottom_line"):
    """What a model answers to the request for a draft: each sentence with the ids it cites."""
    lines = [f"[{' '.join(cites)}] {text}" for text, *cites in sentences]
    return {"sections": {section: lines}}


def reply(said):
    """A model's reply: text as it is, all else as JSON."""
    usage = Usage(calls=1, prompt_tokens=100, completion_tokens=20)
    text = said if isinstance(said, str) else json.dumps(said)
    return ChatReply(text=text, model="small", usage=usage)


def letter(recipient="ada@salm.example", **fields):
    """A short letter of the digest `salm`, of Monday, 7 April 2031, ready at its seven o'clock."""
    values = {
        "digest": "salm",
        "day": date(2031, 4, 7),
        "subscriber": f"id-of-{recipient}",
        "next_try": datetime(2031, 4, 7, 6, tzinfo=UTC),
        "expires": datetime(2031, 4, 8, 6, tzinfo=UTC),
    }
    values |= fields
    identity = message_id(values["digest"], values["day"], recipient, "salm.example")
    text = f"Message-ID: {identity}\r\nTo: {recipient}\r\n\r\nThe talks began.\r\n.hidden\r\n"
    return Letter(
        recipient=recipient, **{"message_id": identity, "message": text.encode()} | values
    )
