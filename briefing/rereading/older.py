"""What a saved briefing lacks because an older version of briefing wrote it."""

from briefing.data.briefing import Briefing, Counts

_READ_AGAIN = ("when", "stage", "sides", "figures", "discrepancies")
"""What stands beside a sentence, and came to it one after the other."""

_ROUND_THEM = ("origins", "unreported")
"""What the document as a whole came to say of its articles."""


def not_given(briefing: Briefing) -> frozenset[str]:
    """Return what no sentence, source or count of the file says, in the words of its JSON.

    A key that only some of its sentences lack was taken out of them: that is no older file. Nor is
    one that is sealed.
    """
    if briefing.seals is not None:
        return frozenset()
    lacking = {"seals"}
    if briefing.sentences:
        lacking |= {
            name
            for name in _READ_AGAIN
            if all(name not in one.model_fields_set for one in briefing.sentences)
        }
    lacking |= set(_ROUND_THEM) - briefing.model_fields_set
    return frozenset(
        lacking
        | {f"counts.{name}" for name in set(Counts.model_fields) - briefing.counts.model_fields_set}
    )


def is_given(briefing: Briefing, name: str) -> bool:
    """Return whether the file says `name`, or should: `origins`, `counts.warnings`."""
    return name not in not_given(briefing)
