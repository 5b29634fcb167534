"""Values for tests: everything has a default, so a test names only what it is about."""

from datetime import date
from hashlib import sha256

from briefing.data.briefing import (
    ArticleEntry,
    Briefing,
    CheckedSentence,
    Citation,
    Confidence,
    Counts,
    Discrepancy,
    DrafterEntry,
    Dropped,
    Kind,
    Section,
    Side,
    Usage,
    Verdict,
)


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
        "id": sha256(text.encode()).hexdigest()[:12],
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
            gaps=len(gaps),
            dropped=len(left_out),
        ),
        "usage": Usage(),
    }
    return Briefing(**values | fields)
