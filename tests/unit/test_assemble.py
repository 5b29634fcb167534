from datetime import date

import pytest

from briefing.data.briefing import NO_MENTION, Confidence, DrafterEntry, Kind, Usage, Verdict
from briefing.steps.assemble import as_of, assemble, sentence
from tests import make

STORY = make.story(
    make.article("One came.", source="a.txt", title="Who came", outlet="Salm Courier"),
    make.article("Two came.", source="https://salm.example/2", published=date(2031, 4, 9)),
    make.article("Three came.", published=None),
)
PLANS = (
    make.plan("top", gap="No top."),
    make.plan("numbers", gap="No article gives figures."),
    make.plan("more"),
)


def printed(text="One came.", **fields):
    values = {
        "verdict": Verdict.SUPPORTED,
        "reason": "all checks hold",
        "citations": make.cites(STORY, "S1.1"),
        "checks": (),
        "origins": (STORY.articles[0].id,),
        "discrepancies": (),
    }
    return sentence(text, **values | fields)


def assembled(**fields):
    values = {
        "title": "Who came",
        "focus": None,
        "template": make.template(*PLANS),
        "story": STORY,
        "origins": (),
        "drafter": DrafterEntry(kind="extractive", name="extractive"),
        "sentences": {"top": [printed()]},
        "discrepancies": (),
        "dropped": (),
        "coverage": make.coverage(),
        "usage": Usage(),
    }
    return assemble(**values | fields)


def test_sections_stand_in_the_order_of_the_template():
    found = assembled(sentences={"more": [printed("B.")], "top": [printed("A.")]})
    assert [(one.id, one.title) for one in found.sections] == [("top", "Top"), ("more", "More")]


def test_an_empty_section_is_a_gap_where_the_template_has_words_for_it():
    assert assembled().gaps == ("No article gives figures.",)
    assert assembled(sentences={}).gaps == ("No top.", "No article gives figures.")


def test_a_section_may_stand_in_the_order_in_which_the_articles_told_it():
    story = make.story(
        make.article("Two came.", published=date(2031, 4, 9)),
        make.article("Three came.", published=None),
        make.article("One came. Four came.", published=date(2031, 4, 6)),
    )
    drafted = [
        printed(text, citations=make.cites(story, *ids))
        for text, *ids in (
            ("Three came.", "S2.1"),
            ("Two came.", "S1.1"),
            ("Four came.", "S3.2"),
            ("One came.", "S3.1", "S1.1"),
        )
    ]
    plan = make.plan("top", order="reported")
    found = assembled(story=story, template=make.template(plan), sentences={"top": drafted})
    assert [one.text for one in found.sections[0].sentences] == [
        "Four came.",
        "One came.",
        "Two came.",
        "Three came.",
    ]


def test_counts_what_is_there():
    counts = assembled(
        sentences={"top": [printed("A."), printed("B.", verdict=Verdict.UNSUPPORTED)]},
        dropped=[make.dropped(), make.dropped()],
    ).counts
    assert (counts.sentences, counts.supported, counts.gaps, counts.dropped) == (2, 1, 1, 2)


def test_lists_each_article_as_a_path_or_an_address():
    first, second, third = assembled().articles
    assert (first.path, first.url, first.outlet, first.title) == (
        "a.txt",
        None,
        "Salm Courier",
        "Who came",
    )
    assert (second.path, second.url) == (None, "https://salm.example/2")
    assert third.published is None
    assert [one.chars for one in (first, second, third)] == [9, 9, 11]
    assert [one.sha256[:12] for one in (first, second, third)] == [a.id for a in STORY.articles]


def test_is_of_the_day_of_the_newest_article():
    assert assembled().as_of == date(2031, 4, 9)
    assert as_of(make.story(make.article("One came.", published=None))) is None


def test_keeps_who_wrote_it_and_what_it_cost():
    usage = Usage(calls=2, prompt_tokens=9, completion_tokens=1)
    found = assembled(drafter=DrafterEntry(kind="model", name="small"), usage=usage, focus="rail")
    assert (found.drafter.name, found.usage, found.focus) == ("small", usage, "rail")
    assert (found.version, found.template) == (1, "small")


def test_a_sentence_keeps_its_id_while_text_and_citations_stay():
    assert printed().id == printed(reason="another").id
    assert printed().id != printed("Two came.").id
    assert printed().id != printed(citations=make.cites(STORY, "S2.1")).id


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("One came.", Kind.FACT),
        ("One came, Hall said.", Kind.ATTRIBUTED),
        ("According to the Courier, one came.", Kind.ATTRIBUTED),
    ],
)
def test_words_given_to_somebody_are_attributed(text, kind):
    assert printed(text).kind is kind


def test_two_origins_in_two_articles_confirm():
    cited = make.cites(STORY, "S1.1", "S2.1")
    both = [article.id for article in STORY.articles[:2]]
    assert printed(citations=cited, origins=both).confidence is Confidence.CONFIRMED
    assert printed(citations=cited, origins=both[:1]).confidence is Confidence.REPORTED
    assert printed(origins=both).confidence is Confidence.REPORTED


def test_an_open_discrepancy_disputes_and_a_resolved_one_does_not():
    still_open, resolved = make.discrepancy("d1"), make.discrepancy("d2", status="resolved")
    assert printed(discrepancies=[resolved]).confidence is Confidence.REPORTED
    disputed = printed(discrepancies=[resolved, still_open])
    assert disputed.confidence is Confidence.DISPUTED
    assert disputed.discrepancies == ("d2", "d1")


@pytest.mark.parametrize(
    ("focus", "notes"),
    [
        (None, ()),
        ("who was COMING", ()),  # In the form "came" of the text, and in a headline.
        ("the zebra", (NO_MENTION,)),
        ("zebra, and two", ()),
    ],
)
def test_notes_that_no_article_mentions_the_focus(focus, notes):
    assert assembled(focus=focus).notes == notes
