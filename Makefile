# Everything that is done to this program, one word each. `make` alone says which.
PYTHON = .venv-dev/bin/python
OTHER_POSTGRES = $(firstword $(wildcard /usr/lib/postgresql/*/bin))
OURS = src tests bench
ON_OTHER_CORE = planted or (thousand and nz)

.DEFAULT_GOAL := help
.PHONY: help run test proof fast lint fix check bench walkthrough docs db-reset clean develop

help:  ## List every target with a sentence
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run:  ## Start everything with a demo firm; Ctrl-C stops it
	@./chancery up

develop:  ## Make the environment of the tests, and install Chromium where it is missing
	@./chancery develop

test: develop  ## Run every test, the browser's too, and the database's on the system's PostgreSQL as well
	$(PYTHON) -m pytest
	@if [ -n "$(OTHER_POSTGRES)" ]; then \
		echo "The database's tests once more, on $(OTHER_POSTGRES)"; \
		CHANCERY_TEST_POSTGRES=$(OTHER_POSTGRES) $(PYTHON) -m pytest tests/db; \
	fi

proof: develop  ## Prove at length: a thousand sequences of deeds, planted faults, a hundred kills, every edge of the API; tells its seeds
	@$(PYTHON) -m pytest -m proof --log-cli-level=INFO -k "$(ON_OTHER_CORE)" & other=$$!; \
	$(PYTHON) -m pytest -m proof --log-cli-level=INFO -k "not ($(ON_OTHER_CORE))"; this=$$?; \
	wait $$other && exit $$this

fast: develop  ## Run the tests that need neither a browser nor killing
	$(PYTHON) -m pytest -m "not browser and not slow"

lint: develop  ## Check style, types, imports and templates
	$(PYTHON) -m ruff check $(OURS)
	$(PYTHON) -m ruff format --check $(OURS)
	$(PYTHON) -m mypy
	.venv-dev/bin/lint-imports
	.venv-dev/bin/djlint --lint --quiet src

fix: develop  ## Mend what a machine can mend
	$(PYTHON) -m ruff check --fix $(OURS)
	$(PYTHON) -m ruff format $(OURS)

check: lint fast  ## Lint, then the fast tests: what to do before each commit

bench: develop  ## Measure: how fast it starts, and what else bench/ holds
	@for one in bench/*.py; do $(PYTHON) $$one || exit 1; done

walkthrough: develop  ## Do the main job in a headless browser; pictures in var/walkthrough
	PYTHONPATH=tests $(PYTHON) -m browser.walkthrough

docs: develop  ## Write the generated references anew
	$(PYTHON) -m chancery.cli.jurisdiction_reference > docs/reference/jurisdictions.md

db-reset:  ## Throw the database, its keys and the sandbox away, after asking
	@./chancery reset

clean:  ## Remove the environments and caches; never the data
	rm -rf .venv .venv-dev .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
