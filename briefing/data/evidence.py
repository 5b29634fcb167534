"""The numbered sentences that fit a token budget."""

from dataclasses import dataclass

from briefing.data.article import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a drafter may read and cite, and what there was no room for."""

    sentences: tuple[Sentence, ...]
    """In the order of the articles, then of the text; never empty."""

    copies: dict[str, tuple[str, ...]]
    """Kept sentence id to the ids of the sentences that it repeats and that were not sent."""

    left_out: tuple[Sentence, ...]
    """Did not fit. Copies are not among them."""

    tokens: int
    """Of the kept sentences as the prompt prints them, over all parts."""

    budget_tokens: int
    """Most tokens that one call may be given."""

    parts: tuple["Evidence", ...] = ()
    """What each call is given, where that is more than one; each sentence is in one part."""
