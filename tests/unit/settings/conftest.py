"""A folder without settings, and where a test may write some."""

import os

import pytest


@pytest.fixture(autouse=True)
def desk(monkeypatch, tmp_path):
    """An empty working folder, no user's file, and no variable of ours."""
    for name in os.environ:
        if name.startswith(("BRIEFING_", "OPENAI_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


@pytest.fixture
def project(desk):
    """Writes the project's file."""
    return (desk / "briefing.toml").write_text


@pytest.fixture
def user(tmp_path):
    """Writes the user's file."""
    folder = tmp_path / "config" / "briefing"
    folder.mkdir(parents=True)
    return (folder / "briefing.toml").write_text
