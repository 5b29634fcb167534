"""Turn the sentence ids that a drafter cites into citations that are exact by construction."""

from dataclasses import dataclass

from briefing.data.article import Story
from briefing.data.briefing import Citation
from briefing.data.draft import DraftSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The source sentences that a draft sentence points at."""

    citations: tuple[Citation, ...]
    """In the order cited, each once."""

    unknown: tuple[str, ...]
    """Ids that name no sentence."""


def locate(sentence: DraftSentence, story: Story) -> Located:
    """Return the cited sentences as quotations with their place, cut by code, never typed.

    Ids may come in brackets or with blanks round them, as models write them.
    """
    by_id = {source.id: source for source in story.sentences}
    citations: list[Citation] = []
    unknown: list[str] = []
    for cite in dict.fromkeys(cite.strip(" []()") for cite in sentence.cites):
        source = by_id.get(cite)
        if source is None:
            unknown.append(cite)
            continue
        citations.append(Citation.of(source))
    return Located(citations=tuple(citations), unknown=tuple(unknown))
