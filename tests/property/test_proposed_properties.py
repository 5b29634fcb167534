"""Whatever a model proposes, only words that stand in both sentences are ever listed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from briefing.data.draft import MOST_PROPOSALS, PROPOSABLE, Proposal
from briefing.steps.compare import again, compare, proposed
from briefing.steps.trace import trace
from briefing.text.canonical import find
from tests import make

TEXTS = (
    "Foreign Minister Ada Lund opened the rail line from Salm to Ondresk on 3 April 2031. The rail "
    "line from Salm to Ondresk cost 3.2 million crowns. The talks with Bo Hall were friendly.",
    "Defence Minister Ada Lund opened the rail line from Salm to Ondresk on 5 April 2031. The rail "
    "line from Salm to Ondresk cost 3.4 million crowns. The talks with Bo Hall were frosty.",
    'Lund said: "We will never again close the line to Ondresk." Ada Lund will open the rail line '
    "from Salm to Ondresk in May.",
)
STORY = make.story(*(make.article(text, published=date(2031, 4, 9)) for text in TEXTS))
BY_ID = {sentence.id: sentence.text for sentence in STORY.sentences}
COMPARED = compare(STORY, trace(STORY))

WORDS = " ".join(TEXTS).split()
stretches = st.builds(
    lambda start, count: " ".join(WORDS[start : start + count]),
    st.integers(0, len(WORDS) - 1),
    st.integers(1, 6),
)
said = st.one_of(
    stretches,
    st.text(max_size=20),
    st.sampled_from(["3.2 million", "3 April 2031", "5 April 2031", "3.4 million crowns", "April"]),
)
ids = st.one_of(st.sampled_from(sorted(BY_ID)), st.sampled_from(["", "S9.9", "[S1.1]", "S1"]))
proposals = st.builds(
    Proposal,
    kind=st.sampled_from([*PROPOSABLE, "spelling", "", "NUMBER"]),
    first=ids,
    first_words=said,
    second=ids,
    second_words=said,
)


@given(st.lists(proposals, max_size=MOST_PROPOSALS + 2))
def test_nothing_is_listed_whose_words_are_not_in_both_sentences(given_):
    found, refused = proposed(given_, STORY, COMPARED)
    known = len(COMPARED.discrepancies)
    assert found.discrepancies[:known] == COMPARED.discrepancies
    added = found.discrepancies[known:]
    assert len(added) + refused <= len(given_)
    for one in added:
        first, second = one.sides
        quotes = [cited.quote for side in one.sides for cited in side.citations]
        assert len(set(quotes)) == len(quotes) == 2
        assert set(quotes) <= set(BY_ID.values())
        assert find(first.label, quotes[0])
        assert find(second.label, quotes[1])
        assert not find(first.label, quotes[1])
        assert not find(second.label, quotes[0])
        assert one.by == "model"
        assert again(one, STORY, COMPARED) == one


def test_the_words_here_are_such_that_something_is_listed():
    held = Proposal(
        kind="emphasis",
        first="S1.3",
        first_words="friendly",
        second="S2.3",
        second_words="frosty",
    )
    found, _ = proposed([held], STORY, COMPARED)
    assert len(found.discrepancies) == len(COMPARED.discrepancies) + 1
