"""The drafters behind one port: one picks sentences, one has a model write, one has it shorten."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing import prompting
from briefing.asking import Asker, Threads, attempt_each
from briefing.data.briefing import DrafterEntry, Usage
from briefing.data.draft import Draft, DraftSentence, Proposal, Rejected
from briefing.errors import ModelError, Remedy
from briefing.ports import Brief, ChatReply, ChatRequest, Exchange
from briefing.steps import draft, repair, rewrite
from briefing.steps.extract import extract

_MOST_PARTS = 3
"""Calls that one draft may take where replies are cut short, whatever its sections."""


class ExtractiveDrafter:
    """Picks source sentences: no model, no key, no network, the same bytes each time."""

    entry = DrafterEntry(kind="extractive", name="extractive")
    sends_evidence = False
    usage = Usage()
    exchanges: tuple[Exchange, ...] = ()
    prompts: Mapping[str, str] = {}
    missing: tuple[str, ...] = ()
    has_quotations = True

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return nothing: no call is made."""
        return ()

    def draft(self, brief: Brief) -> Draft:
        """Return the sentences that carry the story."""
        return extract(brief)

    def draft_all(self, briefs: Sequence[Brief]) -> tuple[Draft | ModelError, ...]:
        """Return those of each brief."""
        return tuple(map(extract, briefs))

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Return None for each: a quotation cannot be said better."""
        return (None,) * len(rejected)


class ModelDrafter:
    """Has a model write the sections and, where sentences fail, asks once more for those."""

    has_quotations = False
    sends_evidence = True

    def __init__(
        self, drafting: Asker, repairing: Asker | None = None, *, mapping: Asker | None = None
    ) -> None:
        """Take who writes; who mends, and who drafts from a part, where that is somebody else."""
        self._drafting = drafting
        self._repairing = repairing or drafting
        self._mapping = mapping or drafting
        self._missing: list[str] = []

    @property
    def entry(self) -> DrafterEntry:
        """The name that the user gave the model which writes."""
        return DrafterEntry(kind="model", name=self._drafting.name, strategy="compose")

    @property
    def usage(self) -> Usage:
        """The sum over the calls, with its price where one is known."""
        return sum((exchange.reply.usage for exchange in self.exchanges), start=Usage())

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls, in order, with their replies."""
        askers = dict.fromkeys((self._drafting, self._mapping, self._repairing))
        return tuple(exchange for asker in askers for exchange in asker.exchanges)

    @property
    def prompts(self) -> Mapping[str, str]:
        """The hash of the prompts of each step that asked."""
        return prompting.versions(*(one.request.step for one in self.exchanges))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the model did not give, in words."""
        return tuple(self._missing)

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return the call that `draft` would make first."""
        return (draft.request(brief, model=self._asker(brief).name),)

    def draft(self, brief: Brief) -> Draft:
        """Ask, and read the answer; where it is cut short, ask for the sections that lack.

        Raises:
            ModelError: The model cannot be reached, or its reply cannot be read.
        """
        (found,) = self.draft_all((brief,))
        if isinstance(found, ModelError):
            raise found
        return found

    def draft_all(self, briefs: Sequence[Brief]) -> tuple[Draft | ModelError, ...]:
        """Do so for each brief, as many at once as may be asked at once."""
        askers = [self._asker(brief) for brief in briefs]
        pieces = [
            _Piece(brief, asker.branch()) for brief, asker in zip(briefs, askers, strict=True)
        ]
        try:
            return attempt_each(
                self._drafting.crew, _Piece.draft, pieces, ends=(Remedy.STOP, Remedy.SHRINK)
            )
        finally:
            for asker, piece in zip(askers, pieces, strict=True):
                asker.join((piece.asker,))
                self._missing += piece.missing

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Ask once for all that failed.

        Raises:
            ModelError: The model cannot be reached, or its reply cannot be read.
        """
        asked = repair.request(rejected, brief.story, model=self._repairing.name)
        return self._repairing.ask(asked, lambda reply: repair.parse(reply, rejected))

    def _asker(self, brief: Brief) -> Asker:
        return self._mapping if brief.is_part else self._drafting


class _Piece:
    """One brief on its way to a draft, with what was asked for it and what it lacks."""

    def __init__(self, brief: Brief, asker: Asker) -> None:
        self._brief = brief
        self.asker = asker
        self.missing: list[str] = []

    def draft(self) -> Draft:
        sentences: list[DraftSentence] = []
        proposals: list[Proposal] = []
        left = self._brief.template.sections
        for part in range(_MOST_PARTS):
            template = self._brief.template.model_copy(update={"sections": left})
            asked = replace(self._brief, template=template)
            try:
                found, is_cut = self._ask(asked)
            except ModelError as error:
                if part == 0 or error.remedy is Remedy.SHRINK:
                    raise
                self.missing.append(f"not drafted: {_titles(asked)}: {error}")
                break
            begun = [s for s in left if any(one.section == s.id for one in found.sentences)]
            rest = left[left.index(begun[-1]) + 1 :] if begun else ()
            sentences += found.sentences
            proposals += found.proposals
            if not (is_cut and rest):
                break
            left = rest
        return Draft(sentences=tuple(sentences), proposals=tuple(dict.fromkeys(proposals)))

    def _ask(self, brief: Brief) -> tuple[Draft, bool]:
        def read(reply: ChatReply) -> tuple[Draft, bool]:
            return draft.parse(reply, brief), reply.is_cut

        return self.asker.ask(draft.request(brief, model=self.asker.name), read)


class RewriteDrafter:
    """Picks quotations as without a model, and has a model say them in fewer words.

    It is what a weak model can do: one that writes a briefing from evidence gets the facts wrong.
    """

    has_quotations = True
    sends_evidence = False

    def __init__(self, rewriting: Asker) -> None:
        """Take who says it in fewer words."""
        self._rewriting = rewriting
        self._missing: list[str] = []

    @property
    def entry(self) -> DrafterEntry:
        """The name that the user gave the model."""
        return DrafterEntry(kind="model", name=self._rewriting.name, strategy="rewrite")

    @property
    def usage(self) -> Usage:
        """The sum over the calls, with its price where one is known."""
        return self._rewriting.usage

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The calls, in order, with their replies."""
        return self._rewriting.exchanges

    @property
    def prompts(self) -> Mapping[str, str]:
        """The hash of the prompts, if anything was asked."""
        return prompting.versions(*(one.request.step for one in self.exchanges))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the model did not give, in words."""
        return tuple(self._missing)

    def requests(self, brief: Brief) -> tuple[ChatRequest, ...]:
        """Return the calls that `draft` would make."""
        long = filter(rewrite.is_long, extract(brief).sentences)
        return tuple(rewrite.request(one, model=self._rewriting.name) for one in long)

    def draft(self, brief: Brief) -> Draft:
        """Pick, and ask for fewer words; what gets none is a quotation.

        Raises:
            ModelError: No call was answered.
        """
        picked = extract(brief).sentences
        long = [sentence for sentence in picked if rewrite.is_long(sentence)]
        replies = self._rewriting.ask_all(
            [rewrite.request(sentence, model=self._rewriting.name) for sentence in long],
            lambda reply, number: rewrite.parse(reply, long[number]),
        )
        errors = [reply for reply in replies if isinstance(reply, ModelError)]
        if errors and len(errors) == len(replies):
            raise errors[0]
        if errors:
            self._missing.append(
                f"{len(errors)} of {len(replies)} quotations were not shortened: {errors[0]}"
            )
        shorter = {
            sentence: reply
            for sentence, reply in zip(long, replies, strict=True)
            if not isinstance(reply, ModelError)
        }
        return Draft(sentences=tuple(shorter.get(sentence, sentence) for sentence in picked))

    def draft_all(self, briefs: Sequence[Brief]) -> tuple[Draft | ModelError, ...]:
        """Do so for each brief, one after the other: the calls of one are made at once."""
        return attempt_each(Threads(), self.draft, briefs)

    def repair(
        self, brief: Brief, rejected: Sequence[Rejected]
    ) -> tuple[DraftSentence | None, ...]:
        """Return None for each: the quotation behind it is at hand."""
        return (None,) * len(rejected)


def _titles(brief: Brief) -> str:
    return ", ".join(repr(section.title) for section in brief.template.sections)
