"""The world: servers, files and clocks, each behind a small port."""
