# Every target sets itself up in .venv from the locked dependencies: `run` what running needs, the others what
# working on the code needs. Neither takes away what the other has installed (--inexact).
PYTHON ?= python3
PORT ?= 8501
PROCESSES ?= 2
PYTEST ?=
UV := 0.13.9
BIN := .venv/bin
RUNS := .venv/ready-to-run
READY := .venv/ready

# Compiled once, not in each of the hundred processes that the tests start: 2.7 s in place of 7.6 for the server.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install run test quick coverage lint check bench screenshots

install: $(READY)

$(BIN)/uv-$(UV):
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m ensurepip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	ln -sf uv $@

$(RUNS): pyproject.toml uv.lock $(BIN)/uv-$(UV)
	$(BIN)/uv sync --frozen --quiet --inexact --no-dev
	touch $@

$(READY): pyproject.toml uv.lock $(BIN)/uv-$(UV)
	$(BIN)/uv sync --frozen --quiet --inexact
	touch $@ $(RUNS)

run: $(RUNS)
	@PORT=$(PORT) $(BIN)/almaty2050 serve

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests

check: $(READY)
	$(BIN)/almaty2050 check

# The processes share the files among them; a browser waits half of its time, so there is one more than two cores.
test: lint check
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder $(PYTEST)

# Lint, types, and the tests of what differs from main: those of the modules, which mirror the rooms.
quick: lint
	$(BIN)/python -m tests.quick

# The same, and which lines no test has run.
coverage:
	$(MAKE) --no-print-directory test PYTEST="--cov --cov-report=term:skip-covered"

bench: $(READY)
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.bench

screenshots: $(READY)
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots .github/screenshots
