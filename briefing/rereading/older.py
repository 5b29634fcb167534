"""What a saved briefing lacks because an older version of briefing wrote it."""

from briefing.data.briefing import Briefing, Counts

_READ_AGAIN = ("when", "stage", "sides", "figures", "discrepancies")
"""What stands beside a sentence, and came to it one after the other."""


def not_given(briefing: Briefing) -> frozenset[str]:
    """Return what no sentence, source or count of the file says, in the words of its JSON.

    A key that only some of its sentences lack was taken out of them: that is no older file.
    """
    lacking: set[str] = set()
    if briefing.sentences:
        lacking |= {
            name
            for name in _READ_AGAIN
            if all(name not in one.model_fields_set for one in briefing.sentences)
        }
    lacking |= {f"counts.{name}" for name in Counts.model_fields} - {
        f"counts.{name}" for name in briefing.counts.model_fields_set
    }
    return frozenset(lacking)
