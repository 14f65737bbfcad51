# Every target sets itself up: a virtual environment in .venv with the locked dependencies.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
READY := .venv/ready

.PHONY: install run test lint check bench screenshots

install: $(READY)

$(READY): pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m ensurepip
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --frozen --quiet --inexact
	touch $(READY)

run: $(READY)
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
