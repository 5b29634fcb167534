# `make` lists the targets. Variables: PYTHON=python3.12 makes .venv with another interpreter,
# TEST=tests/unit/test_files.py picks tests, LOCAL_MODEL names the model to record against.
PYTHON ?= python3
VENV = .venv
TEST =
LOCAL_MODEL = qwen2.5-coder-0.5b

BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT = 8399
CONTEXT = 12288

.PHONY: help demo test check check-wheel format docs record

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.package ## install briefing into .venv, and brief the example articles
	@$(BIN)/briefing generate examples/visit --model extractive

test: $(VENV)/.dev ## install what development needs into .venv, and run the tests
	@$(BIN)/pytest $(TEST)

check: $(VENV)/.dev ## all that must hold besides the tests: format, lint, types, imports, docs, wheel
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/build.py --check
	@$(MAKE) --no-print-directory check-wheel

check-wheel: $(VENV)/.made ## build the wheel, and use it in a fresh environment
	.ci/check-wheel $(BIN)/python

format: $(VENV)/.dev ## format the code, and fix what lint can fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev ## make docs/cli.md, the JSON schemas and README's excerpt from the code
	$(BIN)/python docs/build.py

record: $(VENV)/.record ## record the cassettes anew from a real model on this machine
	@: >$(VENV)/.serving; \
	$(BIN)/python -m tests.local_model --model $(LOCAL_MODEL) --ctx $(CONTEXT) \
	--port $(PORT) >$(VENV)/.serving & server=$$!; \
	trap 'kill $$server 2>/dev/null; wait $$server' EXIT; \
	until grep -q ^ready $(VENV)/.serving; do \
	kill -0 $$server 2>/dev/null || exit 1; sleep 1; done; \
	$(BIN)/pytest --record-mode=rewrite $(or $(TEST),tests/replay)

# The stamps below say what .venv holds, so that an unchanged pyproject.toml costs nothing. The
# package is always installed editable: one that is copied would go stale with the next edit.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "briefing needs Python 3.11 or newer; $(PYTHON): $$($(PYTHON) --version 2>&1)." \
	"Name another: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "making $(VENV)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install 'pip>=25.1'
	@touch $@

$(VENV)/.package: $(VENV)/.made pyproject.toml
	@echo "installing briefing into $(VENV)" >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	@echo "installing briefing and its development tools into $(VENV)" >&2
	@$(PIP) install --editable . --group dev
	@touch $@ $(VENV)/.package

$(VENV)/.record: $(VENV)/.dev
	@$(PIP) install --group record
	@touch $@
