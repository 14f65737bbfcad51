# Every target sets itself up in .venv from the locked dependencies: `run` what running needs, the others what
# working on the code needs. Neither takes away what the other has installed (--inexact).
PYTHON ?= python3
PORT ?= 8501
UV := 0.13.9
BIN := .venv/bin
RUNS := .venv/ready-to-run
READY := .venv/ready

.PHONY: install run test lint check bench screenshots

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

check: $(READY)
	$(BIN)/almaty2050 check

test: lint check
	$(BIN)/python -m tests.browser.chromium
	@# The browser tests wait most of the time: the others run beside them.
	$(BIN)/python -m pytest tests/browser > .venv/browser.log 2>&1 & browser=$$!; \
	$(BIN)/python -m pytest --ignore=tests/browser; rest=$$?; \
	wait $$browser; browser=$$?; cat .venv/browser.log; test $$rest -eq 0 -a $$browser -eq 0

bench: $(READY)
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.bench

screenshots: $(READY)
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots .github/screenshots
