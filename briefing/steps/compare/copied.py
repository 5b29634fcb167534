"""A figure or a date that copies of one text give differently."""

from collections.abc import Sequence

from briefing.data.article import Story
from briefing.data.origin import Change
from briefing.steps.compare.found import Found, Stand, found, one_an_article


def changed_figures(changes: Sequence[Change], story: Story) -> list[Found]:
    """Return a discrepancy for each of `changes`.

    It stays open however many reprint one side: a reprint bears nothing out.
    """
    sentences = {sentence.id: sentence for sentence in story.sentences}
    every = []
    for change in changes:
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
