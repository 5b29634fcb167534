"""The editor's desk of one run: takes drafted sentences, keeps what may be printed."""

import logging
from dataclasses import replace

from briefing.data.briefing import CheckedSentence, Citation, Dropped, Verdict
from briefing.data.draft import DraftSentence, Rejected
from briefing.errors import ModelError
from briefing.ports import Brief, Drafter
from briefing.steps import assemble
from briefing.steps.compare import Comparison
from briefing.steps.extract import extract
from briefing.steps.locate import locate
from briefing.steps.trace import trace
from briefing.steps.verify import Finding, Sources, corroborate, retrieve, verify
from briefing.text.standing import stands_alone

_log = logging.getLogger(__name__)


class Desk:
    """Checks drafted sentences one by one, has the failed ones mended, and remembers both."""

    def __init__(self, brief: Brief, compared: Comparison) -> None:
        self._brief = brief
        self._compared = compared
        self._sources = Sources(brief.story)
        self._printed: list[tuple[str, int, CheckedSentence]] = []
        self._order: dict[DraftSentence, int] = {}
        self._failed: list[tuple[DraftSentence, Finding]] = []
        self._ids = {(s.article, s.span.start): s.id for s in brief.story.sentences}
        self.dropped: list[Dropped] = []
        self.missing: list[str] = []

    @property
    def printed_count(self) -> int:
        """How many sentences will be printed."""
        return len(self._printed)

    def printed(self) -> dict[str, list[CheckedSentence]]:
        """Return the sentences by section, in the order of the draft."""
        sections: dict[str, list[CheckedSentence]] = {}
        for section, _, sentence in sorted(self._printed, key=lambda item: item[1]):
            sections.setdefault(section, []).append(sentence)
        return sections

    def accept(self, sentence: DraftSentence) -> bool:
        """Keep a sentence if all checks hold; one that is printed already counts as kept."""
        self._order.setdefault(sentence, len(self._order))
        finding = self._check(sentence)
        if finding.verdict is not Verdict.SUPPORTED:
            self._failed.append((sentence, finding))
            return False
        self._print(sentence, sentence.text, finding, finding.reason)
        return True

    def repair(self, drafter: Drafter) -> None:
        """Have what failed drafted once more, else print what it cites, else drop it."""
        if not self._failed:
            return
        try:
            repaired = drafter.repair(
                self._brief,
                [
                    Rejected(sentence=sentence, reason=finding.reason)
                    for sentence, finding in self._failed
                ],
            )
        except ModelError as error:
            _log.warning("the failed sentences were not repaired: %s", error)
            count = len(self._failed)
            noun = "sentence was" if count == 1 else "sentences were"
            self.missing.append(f"{count} {noun} not repaired: {error}")
            repaired = (None,) * len(self._failed)
        for (sentence, finding), better in zip(self._failed, repaired, strict=True):
            done = self._mend(sentence, finding, better)
            self.dropped.append(
                Dropped(
                    text=sentence.text,
                    reason=f"{finding.reason} ({done})",
                    checks=finding.checks,
                )
            )

    def complete(self) -> None:
        """Add the sentences that the extractive drafter would have printed."""
        for sentence in extract(self._brief).sentences:
            self._order.setdefault(sentence, len(self._order))
            finding = self._check(sentence)
            if finding.verdict is Verdict.SUPPORTED:
                self._print(
                    sentence,
                    sentence.text,
                    finding,
                    "a quotation, added because too little of the draft could be verified",
                )

    def title(self) -> str:
        """Return the first headline that the articles' own text bears out, else a plain one."""
        template, focus = self._brief.template, self._brief.focus
        if focus:
            return f"{template.title}: {focus}"
        bare = replace(
            self._brief.story,
            articles=tuple(replace(article, title="") for article in self._brief.story.articles),
        )
        sources = Sources(bare)
        for article in self._brief.story.articles:
            if article.title and retrieve(article.title, sources).verdict is Verdict.SUPPORTED:
                return article.title
        day = assemble.as_of(self._brief.story)
        return f"{template.title}, {day.day} {day:%B %Y}" if day else template.title

    def _mend(self, sentence: DraftSentence, finding: Finding, better: DraftSentence | None) -> str:
        if better is not None:
            self._order.setdefault(better, self._order[sentence])
            again = self._check(better)
            if again.verdict is Verdict.SUPPORTED:
                self._print(better, better.text, again, "all checks hold, after one repair")
                return "repaired"
        cited = {citation.quote for citation in locate(sentence, self._brief.story).citations}
        for source in self._brief.story.sentences:
            if source.text not in cited or source.id in self._brief.disputed:
                continue
            if not stands_alone(source):
                continue
            text = " ".join(source.text.split())
            quoted = verify(text, [Citation.of(source)], self._sources)
            if quoted.verdict is Verdict.SUPPORTED:
                self._print(
                    sentence,
                    text,
                    quoted,
                    f"a quotation, for a sentence that failed: {finding.reason}",
                )
                return "replaced by its quotation"
        return "dropped"

    def _check(self, sentence: DraftSentence) -> Finding:
        located = locate(sentence, self._brief.story)
        finding = verify(sentence.text, located.citations, self._sources)
        return finding.with_unknown_ids(located.unknown)

    def _print(self, sentence: DraftSentence, text: str, finding: Finding, reason: str) -> None:
        if any(printed.text == text for _, _, printed in self._printed):
            return
        citations = corroborate(text, finding.citations, self._sources)
        touching = {
            found
            for citation in citations
            for found in self._compared.touching.get(
                self._ids.get((citation.article, citation.start), ""), ()
            )
        }
        checked = assemble.sentence(
            text,
            verdict=finding.verdict,
            reason=reason,
            citations=citations,
            checks=finding.checks,
            origins=trace(citations, self._brief.story),
            discrepancies=[d for d in self._compared.discrepancies if d.id in touching],
        )
        self._printed.append((sentence.section, self._order[sentence], checked))
