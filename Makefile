# Isnad's commands. `make help` lists them; docs/operations.md says what each does.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Any Python 3.11 or newer that can make virtual environments.
ifndef PYTHON
PYTHON := $(shell for p in python3.11 python3 python3.12 python3.13 /usr/bin/python3; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && exit; done; echo python3)
endif
PY := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
# A folder of reports and annotations beside the checkout, not part of it; the commands that measure on it say so where it is absent.
SHARED ?= ../shared
# DATABASE_URL points at another PostGIS; only without it is a private one started.
DATABASE_URL ?= $(shell sed -n 's/^DATABASE_URL=//p' .env 2>/dev/null)

.PHONY: help
help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 18

# --- a running application ---------------------------------------------------------------------------------------------------------

.PHONY: run
run: setup  ## install what is missing, load the demo record, serve it (PORT=8000, ARTICLES=FOLDER to ingest a folder as well)
	@HOST='$(HOST)' PORT='$(PORT)' ARTICLES='$(ARTICLES)' bin/run.sh

.PHONY: dev
dev: setup  ## the same record on Django's development server, reloading on every change
	@$(PY) manage.py migrate --verbosity 0
	@DEBUG=on $(PY) manage.py runserver $(HOST):$(PORT)

.PHONY: stop
stop:  ## stop the web server and the private database
	@if [ -s var/run.pid ] && kill "$$(cat var/run.pid)" 2>/dev/null; then \
		for _ in $$(seq 100); do [ -e var/run.pid ] || break; sleep 0.1; done; \
	fi
	@$(PYTHON) bin/cluster.py stop

.PHONY: clean
clean:  ## delete what was built (.venv, node_modules, vendored files, caches); the database stays
	@$(MAKE) --no-print-directory stop
	rm -rf .venv build node_modules static/vendor staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete 2>/dev/null || true

.PHONY: erase
erase:  ## delete the private database and every record in it (CONFIRM=yes)
	@[ '$(CONFIRM)' = yes ] || { echo 'This deletes every record under var/: make erase CONFIRM=yes'; exit 1; }
	@$(PYTHON) bin/cluster.py erase

# --- set-up ------------------------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: database vendor messages

# Everything that is missing is asked for at once: by one installation, or in one sentence.
NEEDS = python libraries $(if $(DATABASE_URL),,database)
test-setup: NEEDS += browser

.PHONY: packages
packages:
	@$(PYTHON) bin/packages.py $(NEEDS)

.PHONY: environment
environment: packages
	@$(PYTHON) bin/environment.py requirements.txt

.PHONY: database
database: environment
ifeq ($(DATABASE_URL),)
	@$(PYTHON) bin/cluster.py start
endif

.PHONY: vendor
vendor: environment  ## fetch the browser libraries and fonts into static/vendor
	@$(PY) bin/vendor.py

.PHONY: messages
messages: environment $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

%.mo: %.po
	@msgfmt --check-format --output-file=$@ $<

.PHONY: test-setup
test-setup: setup
	@$(PY) bin/environment.py requirements.txt requirements-dev.txt

.PHONY: compile-extraction
compile-extraction: NEEDS += compiler
compile-extraction: environment  ## compile extraction/ to machine code: reads twice as fast and more, until its sources change
	@$(PY) bin/environment.py requirements.txt requirements-compile.txt
	@$(PY) bin/compile_extraction.py

.PHONY: requirements
requirements:  ## write the hashed requirement files anew from the .in files (UPGRADE=--upgrade for newer versions)
	@for name in requirements requirements-dev requirements-compile requirements-node; do \
		env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null .venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
			--strip-extras --no-header --no-emit-index-url --no-emit-trusted-host $(UPGRADE) --output-file $$name.txt $$name.in || exit 1; \
	done

# --- checks ------------------------------------------------------------------------------------------------------------------------

.PHONY: test
test: test-setup  ## everything that must hold: lint, types, contracts, migrations, schema, Python, JavaScript and browser tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target checks
	@$(MAKE) --no-print-directory test-js
	@$(MAKE) --no-print-directory test-python

.PHONY: checks
checks: lint types contracts compile-check migrations-check schema-check deploy-check

.PHONY: lint
lint:  ## ruff over Python, djlint over templates
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check . || { $(PY) -m ruff format --check .; exit 1; }
	@$(PY) -m djlint --quiet --lint templates
	@echo 'lint: clean'

.PHONY: format
format:  ## put Python files into the one format
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

.PHONY: types
types:  ## mypy
	@$(PY) -m mypy

.PHONY: contracts
contracts:  ## who may import whom
	@.venv/bin/lint-imports

.PHONY: compile-check
compile-check:  ## extraction/ can be compiled (mypyc translates it; nothing is built)
	@$(PY) bin/compile_extraction.py --check

.PHONY: migrations-check
migrations-check:  ## every model change has its migration
	@$(PY) manage.py makemigrations --check --dry-run

.PHONY: schema-check
schema-check:  ## docs/openapi.yaml is what the code generates
	@mkdir -p var && $(PY) manage.py spectacular --validate --fail-on-warn --file var/openapi.yaml
	@diff -u docs/openapi.yaml var/openapi.yaml || { echo 'The API changed: make schema, and look at the difference.'; exit 1; }

.PHONY: schema
schema:  ## write docs/openapi.yaml from the code
	@$(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

.PHONY: deploy-check
deploy-check:  ## Django's own checks for a public server, without a warning
	@SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" DEBUG=off SECURE_HTTPS=on \
		$(PY) manage.py check --deploy --fail-level WARNING --database default

.PHONY: test-python
test-python:  ## Python tests on PostGIS and browser tests in Chromium (ARGS='-k word')
	@$(PY) -m pytest --numprocesses auto $(ARGS)

.PHONY: test-browser
test-browser:  ## the browser tests alone
	@$(PY) -m pytest -m browser $(ARGS)

.PHONY: test-compiled
test-compiled: test-setup compile-extraction  ## the extractor's tests on its compiled build (minutes, most of them compiling)
	@COMPILED=on $(PY) -m pytest --numprocesses auto tests/extraction $(ARGS)

.PHONY: test-js
test-js: vendor  ## JavaScript unit tests in Node.js
	@PATH="$(CURDIR)/.venv/bin:$$PATH" node --test $$(find tests/js -name '*.test.*js')

.PHONY: bench
bench: setup  ## how fast it is, as ratios inside one run (ARGS='--events 100000'); a measurement, never a test
	@for script in bench/*.py; do echo "$$script"; $(PY) "$$script" $(ARGS) || exit 1; done

.PHONY: bench-extraction
bench-extraction: compile-extraction  ## articles a second, compiled and by the sources, and their ratio (compiles first; ARGS='--gazetteer CSV')
	@$(PY) bench/extraction.py $(ARGS)

.PHONY: addresses-check
addresses-check: test-setup  ## 200 addresses of views, each opened in a browser that knows nothing (minutes)
	@$(PY) -m pytest -q tests/browser/check_addresses.py

.PHONY: bench-browser
bench-browser: test-setup  ## the map page in Chromium (URL=http://… of a server with many events; see bench/browser/run.py)
	@$(PY) bench/browser/run.py $(URL)

# --- measured on reports that are not part of the repository -----------------------------------------------------------------------

.PHONY: eval
eval:  ## how well extraction does on annotated reports (SHARED=FOLDER)
	@if [ -d '$(SHARED)/gold' ]; then $(MAKE) --no-print-directory setup eval-reports; \
	else echo 'eval: no annotated reports at $(SHARED)/gold, nothing measured'; fi

.PHONY: eval-reports
eval-reports:
	@echo 'The sample reports:'
	@$(PY) manage.py extract incidents/samples --manifest incidents/samples/manifest.csv --format jsonl \
		| $(PY) '$(SHARED)/gold/score.py' incidents/samples/gold.json || true
	@echo 'The reports in $(SHARED)/seeds, whose floors must hold:'
	@$(PY) manage.py extract '$(SHARED)/seeds' --manifest '$(SHARED)/seeds/manifest.csv' --format jsonl \
		| $(PY) '$(SHARED)/gold/score.py' '$(SHARED)/gold/seeds.json' --misses

.PHONY: seeds-check
seeds-check:  ## what five real reports must come to, read by the whole pipeline (SHARED=FOLDER)
	@if [ -d '$(SHARED)/seeds' ]; then $(MAKE) --no-print-directory test-setup seeds-check-reports; \
	else echo 'seeds-check: no reports at $(SHARED)/seeds, nothing checked'; fi

.PHONY: seeds-check-reports
seeds-check-reports:
	@REPORTS='$(SHARED)/seeds' $(PY) -m pytest -q tests/acceptance/check_reports.py tests/acceptance/check_points.py
