import os
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def golden():
    """Compare with a file under tests/data; BRIEFING_UPDATE_GOLDEN=1 writes it anew instead."""

    def compare(text, name):
        path = DATA / name
        if os.environ.get("BRIEFING_UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        assert text == path.read_bytes().decode("utf-8")

    return compare
