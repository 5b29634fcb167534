"""What a user is told of settings that cannot be used."""

import re

import pytest

from briefing.edges.settings_file import load
from briefing.errors import ConfigError


def message(**keywords):
    with pytest.raises(ConfigError) as caught:
        load(**keywords)
    text = str(caught.value)
    assert "\n" not in text
    # Which line, test_toml_lines.py and test_digest_settings.py see to.
    return re.sub(r"(briefing\.toml'), line \d+,?", r"\1", text)
