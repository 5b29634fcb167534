from datetime import date

import pytest

from briefing.steps.verify import Sources
from briefing.steps.verify.checks.dates import as_dated
from briefing.text.analysis import Analysis
from tests import make


@pytest.mark.parametrize(
    ("claim", "read"),
    [
        ("The line reopened on 3 April.", "The line reopened on Thursday."),
        ("The line reopened on Thursday.", "The line reopened on Thursday."),
        ("The line reopened on 4 April.", "The line reopened on 4 April."),
        ("The line reopened.", "The line reopened."),
    ],
)
def test_a_date_is_read_in_the_words_of_the_source_that_gives_it(claim, read):
    article = make.article("The rail line reopened on Thursday.", published=date(2031, 4, 4))
    sources = Sources(make.story(article))
    cited = [sources.cited(one) for one in make.cites(sources.story, "S1.1")]
    assert as_dated(Analysis(claim), cited) == read
