"""Grouping: which articles are one story."""

import random
from datetime import UTC, date, datetime

import pytest

from briefing.data.grouping import Pins
from briefing.pipeline import clean_all
from briefing.steps.group import Stream, group, why
from tests.conftest import ROOT
from tests.make import article, document

FERRY = (
    "The ferry Alba ran aground off Port Salm on Monday with 212 passengers. Captain Ines Dorn "
    "said the rudder had failed near the Crane lighthouse. Lifeboats took all passengers to Salm.",
    "All 212 passengers of the ferry Alba were taken off by lifeboats after it ran aground near "
    "the Crane lighthouse on Monday. The rudder failed, said Captain Ines Dorn.",
    "A failed rudder put the ferry Alba on the rocks at the Crane lighthouse, Captain Ines Dorn "
    "told inquiry officials in Port Salm. Lifeboats brought its passengers ashore.",
)
BUDGET = (
    "Parliament in Ondresk passed the budget of Finance Minister Per Oskal by 61 votes to 40. The "
    "spending plan raises the salt tax and cuts school subsidies, said the opposition.",
    "The salt tax will rise under the budget that Finance Minister Per Oskal brought through "
    "parliament in Ondresk by 61 votes to 40, while school subsidies are cut.",
)
FLOOD = (
    "The river Asker broke its banks at Tolm on Sunday night and flooded 300 houses. Two people "
    "drowned in a cellar, said fire chief Bo Rask. The army fills sandbags at the Tolm bridge.",
    "Two people died when the Asker flooded the lower town of Tolm. Fire chief Bo Rask said that "
    "300 houses stood under water; soldiers are filling sandbags at the bridge.",
)
OTHER_FLOOD = (
    "The river Linne burst its banks at Port Hagel on Tuesday and flooded a school. Nobody was "
    "hurt, said mayor Una Treff. Pumps were brought from the harbour, and 40 children sent home.",
    "A school in Port Hagel was flooded when the Linne rose on Tuesday. Mayor Una Treff said that "
    "all 40 children were safe at home and that pumps from the harbour were at work.",
)
VISIT = (
    "Foreign Minister Ada Lorne arrived in Ondresk on Monday for two days of talks with her "
    "counterpart Pavel Irsk about fishing rights. They will sign an agreement on Tuesday.",
    "Ada Lorne, the foreign minister, and Pavel Irsk of Ondresk began talks about fishing rights "
    "on Monday. An agreement is to be signed at the end of the two-day visit.",
)
OTHER_VISIT = (
    "Foreign Minister Ada Lorne arrived in Merivale on Thursday for talks with President Sami "
    "Dune about a gas pipeline. She will also open a trade fair before she flies home.",
    "President Sami Dune received Foreign Minister Ada Lorne in Merivale. They spoke about the gas "
    "pipeline, and she opened a trade fair with forty companies from home.",
)
BALLET = (
    "The Royal Ballet of Velland opened its season with a new swan in silver shoes and no music."
)


def put(*texts, day=date(2031, 4, 7), **fields):
    fields = {"language": "en", "published": day} | fields
    return [article(text, source=f"{at}-{text[:9]}.txt", **fields) for at, text in enumerate(texts)]


def told(clusters):
    """The stories as sets of the beginnings of their texts."""
    return {frozenset(one.text[:20] for one in cluster.articles) for cluster in clusters}


def examples(folder):
    files = sorted((ROOT / folder).glob("*.txt"))
    documents = [document(file.read_text("utf-8"), source=file.name) for file in files]
    return clean_all(documents, max_chars=10**5)[0]


def test_articles_on_one_event_are_one_story_and_others_are_not():
    articles = put(*FERRY, *BUDGET, BALLET)
    assert told(group(articles)) == {
        frozenset(text[:20] for text in FERRY),
        frozenset(text[:20] for text in BUDGET),
        frozenset([BALLET[:20]]),
    }


def test_nothing_is_no_story_and_one_article_is_one():
    assert group([]) == ()
    assert len(group(put(BALLET))) == 1


def test_two_articles_are_enough_to_tell():
    assert len(group(put(*FERRY[:2]))) == 1
    assert len(group(put(FERRY[0], BUDGET[0]))) == 2


def test_the_example_articles_are_one_story_though_one_is_worded_poorly():
    assert [len(cluster.articles) for cluster in group(examples("examples/visit"))] == [6]


@pytest.mark.parametrize("event", ["dam", "bank", "mill", "election"])
def test_follow_ups_of_one_event_are_one_story_in_a_small_folder(event):
    assert len(group(examples(f"tests/data/{event}"))) == 1


def test_follow_ups_of_two_events_in_one_folder_stay_with_their_own():
    dam, mill = examples("tests/data/dam"), examples("tests/data/mill")
    assert told(group([*dam, *mill])) == told(group(dam)) | told(group(mill))


@pytest.mark.parametrize("days", [5, 10])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(("one", "other"), [(FLOOD, OTHER_FLOOD), (VISIT, OTHER_VISIT)])
def test_look_alike_events_in_a_small_folder_are_two_stories(one, other, count, days):
    articles = [*put(*one), *put(*other[:count], day=date(2031, 4, 7 + days))]
    assert [len(cluster.articles) for cluster in group(articles)] == [2, count]


def test_a_follow_up_is_kept_apart_if_a_person_says_so():
    dam = examples("tests/data/dam")
    pins = Pins(apart=((dam[0].id, dam[2].id),))
    assert len(group(dam, pins=pins)) == 2


def test_among_many_articles_days_count_for_more():
    mill = examples("tests/data/mill")
    others = put(*(f"{BALLET} It was dance number {n}, with {n * 7} dancers." for n in range(150)))
    assert {one.id for one in mill} not in [
        {one.id for one in cluster.articles} for cluster in group([*mill, *others])
    ]


def test_the_order_of_the_articles_does_not_matter():
    articles = [*examples("examples/visit"), *put(*FERRY, *BUDGET, BALLET)]
    expected = group(articles)
    for seed in range(5):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert group(shuffled) == expected


def test_the_same_text_twice_is_one_story():
    first, second = put(FERRY[0])[0], put(FERRY[0], day=date(2030, 1, 1))[0]
    assert len(group([first, second, *put(BALLET)])) == 2


def test_look_alikes_a_year_apart_are_two_stories():
    earlier = put(*FERRY[:2], day=date(2030, 1, 9))
    later = put(FERRY[2], BUDGET[0], BUDGET[1], BALLET)
    together = [one for one in group([*earlier, *later]) if later[0] in one.articles]
    assert len(together[0].articles) == 1


def test_languages_are_kept_apart_unless_they_may_mix():
    english, other = put(FERRY[0])[0], put(FERRY[1], language="de")[0]
    assert len(group([english, other])) == 2
    assert len(group([english, other], mix_languages=True)) == 1


def test_articles_in_a_language_without_background_are_grouped_too():
    texts = [
        "El transbordador Alba encalló el lunes cerca del faro de Crane con 212 pasajeros a bordo, "
        "dijo la capitana Inés Dorn. El timón había fallado.",
        "Con 212 pasajeros encalló el Alba junto al faro de Crane; su timón falló, "
        "según la capitana Inés Dorn.",
        "El parlamento aprobó el presupuesto del ministro Per Oskal y sube el impuesto de la sal.",
    ]
    assert sorted(len(one.articles) for one in group(put(*texts, language="es"))) == [1, 2]


def test_a_person_can_join_and_split():
    ferry, budget = put(*FERRY), put(*BUDGET)
    joined = group([*ferry, *budget], pins=Pins(together=((ferry[0].id, budget[0].id),)))
    assert any({ferry[0], budget[0]} <= set(one.articles) for one in joined)
    split = group([*ferry, *budget], pins=Pins(apart=((ferry[0].id, ferry[1].id),)))
    assert not any({ferry[0], ferry[1]} <= set(one.articles) for one in split)


def test_pages_that_are_no_article_never_reach_a_story():
    pages = [
        "Please verify you are not a robot to continue",
        "The Wayback Machine captured 14 times",
    ]
    articles, refused = clean_all([document(page) for page in pages], max_chars=10**5)
    assert (articles, len(refused)) == ((), 2)


def test_a_moment_and_a_day_are_not_apart_within_the_day():
    dated = put(FERRY[0])
    timed = put(FERRY[1], published_at=datetime(2031, 4, 7, 22, tzinfo=UTC))
    (reason, _) = why(group([*dated, *timed])[0], Pins())
    assert reason.days_apart == 0


def test_the_reason_names_what_both_share():
    articles = put(*FERRY)
    (cluster,) = group(articles)
    reason = why(cluster, Pins())[0]
    assert reason.nearest in {one.id for one in articles}
    assert "Ines Dorn" in reason.names
    assert "rudder" in reason.terms
    assert (reason.days_apart, reason.pinned) == (0, False)
    assert why(group(put(BALLET))[0], Pins()) == (None,)


def streamed(articles, **options):
    stream, story = Stream(**options), {}
    for one in articles:
        story |= {placed.sha256: placed.story for placed in stream.place(one)}
    return story


def test_a_stream_finds_the_same_stories():
    articles = put(*FERRY, *BUDGET, BALLET)
    story = streamed(articles)
    assert len({story[one.sha256] for one in articles[:3]}) == 1
    assert len(set(story.values())) == 3


def test_a_story_keeps_the_id_of_the_article_that_founded_it():
    stream, articles = Stream(), put(*FERRY, *BUDGET, BALLET)
    (first,) = stream.place(articles[0])
    assert first.story == first.founded == articles[0].id
    for one in articles[1:]:
        assert all(placed.sha256 != articles[0].sha256 for placed in stream.place(one))


def test_a_stream_goes_on_where_it_was():
    articles = put(*FERRY, *BUDGET)
    stream = Stream()
    before = {p.sha256: p for one in articles[:4] for p in stream.place(one)}
    resumed = Stream()
    for one in articles[:4]:
        resumed.restore(one, before[one.sha256])
    assert resumed.place(articles[4]) == stream.place(articles[4])


def test_a_story_keeps_its_id_though_its_founder_is_gone():
    articles = put(*FERRY)
    stream = Stream()
    placed = {p.sha256: p for one in articles[:2] for p in stream.place(one)}
    resumed = Stream()
    resumed.restore(articles[1], placed[articles[1].sha256])
    (last,) = resumed.place(articles[2])
    assert last.story == articles[0].id


def test_a_stream_respects_pins():
    ferry, budget = put(*FERRY), put(*BUDGET)
    story = streamed([*ferry, *budget], pins=Pins(apart=((ferry[0].id, ferry[1].id),)))
    assert story[ferry[0].sha256] != story[ferry[1].sha256]
    story = streamed([*ferry, *budget], pins=Pins(together=((ferry[0].id, budget[0].id),)))
    assert story[ferry[0].sha256] == story[budget[0].sha256]


def test_old_articles_leave_a_long_stream(monkeypatch):
    monkeypatch.setattr("briefing.steps.group.stream._FEWEST_ACTIVE", 3)
    stream = Stream()
    for number in range(10):
        (one,) = put(f"{BALLET} {number}", day=date(2031, 1 + number, 1))
        stream.place(one)
    assert len(stream) <= 4
