"""What no article tells of a saved briefing, and whether somebody changed it since."""

from collections.abc import Collection, Iterator, Mapping

from briefing.data.briefing import Briefing, CheckedSentence
from briefing.data.reason import Reason
from briefing.rereading.frame import Misprint, shipped_template
from briefing.steps.seal import sealed_parts, sealed_sentence
from briefing.steps.verify import Fault

_TOLD_BY: Mapping[str, frozenset[Reason]] = {
    "articles": frozenset({Reason.SOURCE_DIFFERS, Reason.UNKNOWN_ARTICLE}),
    "coverage": frozenset({Reason.COUNT_DIFFERS}),
    "discrepancies": frozenset({Reason.DIFFERENCE_DIFFERS, Reason.DIFFERENCE_LEFT_OUT}),
    "focus": frozenset({Reason.HEADLINE_DIFFERS, Reason.SOURCE_DIFFERS}),
    "gaps": frozenset({Reason.GAP_DIFFERS}),
    "notes": frozenset({Reason.SOURCE_DIFFERS}),
    "origins": frozenset({Reason.ORIGIN_DIFFERS}),
    "people": frozenset({Reason.PERSON_DIFFERS}),
    "sections": frozenset({Reason.SECTION_DIFFERS}),
    "unreported": frozenset({Reason.GAP_DIFFERS, Reason.PLAN_REPORTED, Reason.SPAN_MOVED}),
}
"""Parts that the articles tell something of too, and the codes of what they told more exactly."""


class Record:
    """What the run sealed of a briefing; of an older file, which has no seals, nothing."""

    def __init__(self, briefing: Briefing) -> None:
        """Take the briefing as it was saved."""
        self._briefing = briefing
        self._seals = briefing.seals
        template = shipped_template(briefing)
        self._titles = {plan.id: plan.title for plan in template.sections} if template else {}
        self._titles |= {section.id: section.title for section in briefing.sections}

    def sentence(self, sentence: CheckedSentence, section: str) -> Fault | None:
        """Return what was changed of a sentence in `section` that its articles do not tell."""
        if self._seals is None:
            return None
        sealed = self._seals.sentences.get(sentence.id)
        if sealed is None:
            detail = "it was not in the briefing when that was written"
            return Fault(code=Reason.RECORD_DIFFERS, detail=detail)
        if sealed == sealed_sentence(sentence, section):
            return None
        for id_, title in self._titles.items():
            if sealed == sealed_sentence(sentence, id_):
                detail = f"it was written under {title!r}"
                return Fault(code=Reason.SECTION_DIFFERS, detail=detail)
        detail = f"its verdict, checks or reason were others than {sentence.reason!r}"
        return Fault(code=Reason.RECORD_DIFFERS, detail=detail)

    def changed(self, told: Collection[Reason]) -> Iterator[Misprint]:
        """Yield what was changed of the document as a whole.

        Args:
            told: The codes of what the articles have shown already, which need no second word.
        """
        if self._seals is None:
            return
        ids = {sentence.id for sentence in self._briefing.sentences}
        for gone in self._seals.sentences:
            if gone not in ids:
                detail = "that sentence was in the briefing when it was written"
                yield _misprint(f"sentence {gone}", "", Reason.RECORD_DIFFERS, detail)
        for name, hashed in sealed_parts(self._briefing).items():
            if self._seals.parts.get(name) != hashed and not _TOLD_BY.get(name, set()) & set(told):
                detail = f"{name!r} is not what the run wrote"
                yield _misprint(name, self._said(name), Reason.RECORD_DIFFERS, detail)

    def _said(self, name: str) -> str:
        """Return the words of a part that is words, as the briefing has them now."""
        match getattr(self._briefing, name, None):
            case str(words):
                return words
            case tuple(several):
                return "; ".join(one for one in several if isinstance(one, str))
        return self._briefing.drafter.name if name == "drafter" else ""


def _misprint(name: str, said: str, code: Reason, detail: str) -> Misprint:
    return Misprint(name=name, said=said, fault=Fault(code=code, detail=detail))
