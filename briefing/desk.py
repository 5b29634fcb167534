"""The editor's desk of one run: takes drafted sentences, keeps what may be printed."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from briefing.data.briefing import CheckedSentence, Citation, Dropped, Verdict
from briefing.data.draft import DraftSentence, Proposal, Rejected
from briefing.data.reason import Reason
from briefing.errors import ModelError
from briefing.headline import headline
from briefing.ports import Brief, Doubt, Drafter, Judge
from briefing.steps import assemble
from briefing.steps.compare import Comparison, proposed
from briefing.steps.extract import extract
from briefing.steps.locate import locate
from briefing.steps.trace import witnesses
from briefing.steps.verify import Finding, Sources, Weigh, corroborate, recite, verify, weighed
from briefing.text.datelines import without_dateline
from briefing.text.standing import stands_alone

_log = logging.getLogger(__name__)


class Desk:
    """Checks drafted sentences one by one, has the failed ones mended, and remembers both."""

    def __init__(
        self,
        brief: Brief,
        compared: Comparison,
        sources: Sources,
        *,
        weigh: Weigh | None = None,
    ) -> None:
        """Take what is drafted from, and how likely what no check refuses is borne out."""
        self._brief = brief
        self._compared = compared
        self._weigh = weigh
        self._sources = sources
        self._printed: list[tuple[str, int, CheckedSentence]] = []
        self._order: dict[DraftSentence, int] = {}
        self._findings: dict[DraftSentence, Finding] = {}
        self._failed: list[tuple[DraftSentence, Finding]] = []
        self._uncertain: list[tuple[DraftSentence, Finding]] = []
        self._ids = {(s.article, s.span.start): s.id for s in brief.story.sentences}
        self.dropped: list[Dropped] = []
        self.differences_refused = 0
        """How many differences were proposed that do not hold."""

        self.missing: list[str] = []

    @property
    def compared(self) -> Comparison:
        """How the sources compare, with the differences that were proposed and hold."""
        return self._compared

    def heed(self, proposals: Sequence[Proposal]) -> None:
        """List the proposed differences that hold, and what is printed from now on with them.

        They are told beside a sentence, and make none fail: a model may cast doubt, no more.
        """
        self._compared, refused = proposed(proposals, self._brief.story, self._compared)
        self.differences_refused += refused

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

    def holds(self, sentence: DraftSentence) -> bool:
        """Return whether all checks hold, and print nothing."""
        return self._check(sentence).verdict is Verdict.SUPPORTED

    def accept(self, sentence: DraftSentence) -> bool:
        """Keep a sentence if all checks hold; one that is printed already counts as kept.

        What is uncertain is not kept: a judge may be asked about it, else it is quoted.
        """
        self._order.setdefault(sentence, len(self._order))
        finding = self._check(sentence)
        if finding.verdict is not Verdict.SUPPORTED:
            self._failed.append((sentence, finding))
            return False
        if finding.is_uncertain:
            self._uncertain.append((sentence, finding))
            return False
        self._print(sentence, sentence.text, finding, finding.reason)
        return True

    def quote_uncertain(self) -> None:
        """Print what the uncertain sentences cite in their place, else drop them."""
        for sentence, finding in self._uncertain:
            self._quote_for(sentence, finding)
        self._uncertain.clear()

    def _quote_for(self, sentence: DraftSentence, finding: Finding) -> None:
        done = self._quote(sentence, finding, finding.citations, "is uncertain")
        self._drop(sentence.text, f"uncertain: {finding.reason} ({done})", finding)

    def _drop(self, text: str, reason: str, finding: Finding) -> None:
        self.dropped.append(Dropped(text=text, reason=reason, checks=finding.checks))

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
            self._drop(sentence.text, f"{finding.reason} ({done})", finding)

    def judge(self, judge: Judge) -> None:
        """Print what a judge finds in its citations, of the sentences that are uncertain.

        It is asked once a section, and sees the sentences with the words they cite. What it does
        not find there is dropped; what it does not rule on is left to `quote_uncertain`.
        """
        left: list[tuple[DraftSentence, Finding]] = []
        for section in dict.fromkeys(sentence.section for sentence, _ in self._uncertain):
            doubtful = [one for one in self._uncertain if one[0].section == section]
            for (sentence, finding), ruling in zip(
                doubtful, judge.rule([self._doubt(*one) for one in doubtful]), strict=True
            ):
                if ruling is None:
                    left.append((sentence, finding))
                elif ruling.is_supported:
                    self._print(sentence, sentence.text, finding, finding.reason)
                else:
                    self._drop(sentence.text, f"judge: {ruling.reason} (dropped)", finding)
        self._uncertain = left

    def _doubt(self, sentence: DraftSentence, finding: Finding) -> Doubt:
        cited = corroborate(sentence.text, finding.citations, self._sources)
        return Doubt(text=sentence.text, quotes=tuple(one.quote for one in cited))

    def complete(self) -> bool:
        """Add the sentences that the extractive drafter would have printed; say whether any was."""
        count = self.printed_count
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
        return self.printed_count > count

    def title(self) -> str:
        """Return the headline of the document."""
        return headline(
            self._brief.story,
            self._brief.template,
            focus=self._brief.focus,
            garbled=self._brief.garbled,
        )

    def _mend(self, sentence: DraftSentence, finding: Finding, better: DraftSentence | None) -> str:
        if better is not None:
            self._order.setdefault(better, self._order[sentence])
            again = self._check(better)
            if again.verdict is Verdict.SUPPORTED and not again.is_uncertain:
                self._print(better, better.text, again, "all checks hold, after one repair")
                return "repaired"
        cited = locate(sentence, self._brief.story).citations
        return self._quote(sentence, finding, cited, "failed")

    def _quote(
        self, sentence: DraftSentence, finding: Finding, citations: Sequence[Citation], why: str
    ) -> str:
        """Print the first of the cited sentences in a drafted one's place; return what was done."""
        cited = {citation.quote for citation in citations}
        for source in self._brief.story.sentences:
            if source.text not in cited or source.id in self._brief.disputed:
                continue
            if not stands_alone(source):
                continue
            text = " ".join(without_dateline(source.text).split())
            quoted = verify(text, [Citation.of(source)], self._sources)
            if quoted.verdict is Verdict.SUPPORTED:
                self._print(
                    sentence,
                    text,
                    quoted,
                    f"a quotation, for a sentence that {why}: {finding.reason}",
                )
                return "replaced by its quotation"
        return "dropped"

    def _check(self, sentence: DraftSentence) -> Finding:
        if sentence not in self._findings:
            located = locate(sentence, self._brief.story)
            finding = self._weighed(
                sentence.text, verify(sentence.text, located.citations, self._sources)
            )
            if not located.unknown:
                finding = recite(sentence.text, finding, self._sources, self._weigh) or finding
            self._findings[sentence] = _impersonal(finding).with_unknown_ids(located.unknown)
        return self._findings[sentence]

    def _weighed(self, text: str, finding: Finding) -> Finding:
        return weighed(text, finding, self._sources, self._weigh)

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
            uncertain=finding.is_uncertain,
            origins=witnesses(citations, self._brief.story, self._brief.copies),
            discrepancies=[d for d in self._compared.discrepancies if d.id in touching],
        )
        self._printed.append((sentence.section, self._order[sentence], checked))


def _impersonal(finding: Finding) -> Finding:
    """Return the finding, failed where the sentence says "we": a briefing speaks for nobody."""
    spoken = [check for check in finding.checks if check.code is Reason.OWN_VOICE]
    if not spoken or finding.verdict is not Verdict.SUPPORTED:
        return finding
    reason = f"attribution: {spoken[0].detail}"
    return replace(finding, verdict=Verdict.UNSUPPORTED, score=0.0, reason=reason)
