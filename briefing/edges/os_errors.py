"""What the operating system says went wrong, in our words."""

from collections.abc import Mapping


def in_our_words(error: OSError, reasons: Mapping[int, str]) -> str:
    """Return why it failed and what to do.

    Args:
        error: What was raised.
        reasons: By `errno`; under 0, what to do about anything else that the system says.
    """
    words = error.strerror or str(error)
    return reasons.get(error.errno or -1) or f"{words[:1].lower()}{words[1:]}. {reasons[0]}"
