"""A figure or a date that copies of one text give differently."""

from collections.abc import Sequence

from briefing.data.article import Story
from briefing.data.origin import Change
from briefing.steps.compare.found import Found, Stand, found, one_an_article
from briefing.text.numbers import numbers


def changed_figures(changes: Sequence[Change], story: Story) -> list[Found]:
    """Return a discrepancy for each of `changes`.

    It stays open however many reprint one side: a reprint bears nothing out. Sentences that count
    differently ("the first session", "the second") tell of two events, and nothing in them is one.
    """
    sentences = {sentence.id: sentence for sentence in story.sentences}
    counted = {_sentences(change) for change in changes if _is_count(change)}
    every = []
    for change in changes:
        if _sentences(change) in counted:
            continue
        stands = [
            Stand(variant.text, tuple(sentences[id_] for id_ in variant.sentences))
            for variant in change.variants
        ]
        place = change.variants[0].places[0]
        counts = [len(one_an_article(stand.sentences)) for stand in stands]
        every.append(
            found(
                change.kind,
                stands,
                severity="high",
                reason="copies of one text: "
                + "; ".join(
                    f"{stand.label!r} in {count} article{'s' if count > 1 else ''}"
                    for stand, count in zip(stands, counts, strict=True)
                ),
                wording=f"Copies of one text differ in a {change.kind}: "
                f"{' or '.join(stand.label for stand in stands)}.",
                place=f"{place.article}:{place.start}",
            )
        )
    return every


def _sentences(change: Change) -> frozenset[str]:
    return frozenset(id_ for variant in change.variants for id_ in variant.sentences)


def _is_count(change: Change) -> bool:
    return all(any(n.ordinal for n in numbers(variant.text)) for variant in change.variants)
