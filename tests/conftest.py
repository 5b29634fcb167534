"""Fixtures for every test: cassettes, no network but loopback, the same examples each time."""

import os
from pathlib import Path
from secrets import token_hex

import pytest
from hypothesis import HealthCheck, settings
from vcr.cassette import Cassette
from vcr.record_mode import RecordMode

from briefing.edges import cassette_format

ROOT = Path(__file__).parents[1]

# A busy machine must not turn a test red: no time limit for an example, nor for making one.
settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory):
    """No test reads or writes the library, settings or cache of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """No test finds what another one found out of a server: ports are given out again."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / token_hex(8)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of articles and labels that lies beside the project, not inside it."""
    folder = Path(os.environ.get("BRIEFING_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"There is no folder {folder}: set BRIEFING_SHARED to where it is.")
    return folder


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """cassettes/<module without test_>/, so that the top-level folder holds every recording."""
    return str(ROOT / "cassettes" / request.path.stem.removeprefix("test_"))


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, object]:
    return {
        "serializer": "yaml",
        "match_on": ["method", "scheme", "host", "port", "path", "query", "json_body"],
        "before_record_request": cassette_format.keep_safe_request,
        "before_record_response": cassette_format.keep_safe_response,
        "decode_compressed_response": True,
        "allow_playback_repeats": False,
    }


def pytest_recording_configure(config, vcr) -> None:
    vcr.register_serializer("yaml", cassette_format)
    vcr.register_matcher("json_body", cassette_format.same_json_body)


@pytest.fixture
def allowed_hosts(allowed_hosts, vcr_markers):
    """Loopback for all tests but those on a cassette: the server it was recorded from is there.

    None allows nothing; an empty list would allow everything.
    """
    return None if vcr_markers else allowed_hosts


@pytest.fixture(autouse=True)
def _every_interaction_is_played(request: pytest.FixtureRequest, vcr: Cassette | None):
    """A recording that the code no longer asks for is out of date: record it anew."""
    failed_before = request.session.testsfailed
    yield
    passed = request.session.testsfailed == failed_before
    if passed and vcr is not None and vcr.record_mode == RecordMode.NONE and not vcr.all_played:
        unplayed = len(vcr) - vcr.play_count
        pytest.fail(f"{unplayed} of {len(vcr)} recorded calls were never made", pytrace=False)
