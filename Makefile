# Every command that the project has. A second run installs and builds nothing that has not changed.

PORT ?= 8000
PYTHON ?= python3
CHROMIUM ?= /usr/bin/chromium
PGBOUNCER ?= /usr/sbin/pgbouncer
NGINX ?= /usr/sbin/nginx
# The demo keeps its database beside the code; `make clean` leaves it alone.
OVIKELLO_DATA_DIR ?= $(CURDIR)/instance
export CHROMIUM PGBOUNCER NGINX OVIKELLO_DATA_DIR

BIN := .venv/bin
PY := $(BIN)/python
NODE := $(PY) build_pwa.py --node
TSC := $(NODE) node_modules/typescript/bin/tsc
PRETTIER := $(NODE) node_modules/prettier/bin/prettier.cjs --log-level warn
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test fmt fmt-check lint types unit server storm browser axe-all pictures lighthouse bench figures build openapi kinds lock chromium pgbouncer nginx clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## a server with a fictional caseload on http://localhost:8000
	@$(BIN)/ovikello demo --port $(PORT)

# What needs one core at a time stands side by side; the suites that need both follow, with the runner's own words last.
test: ## everything that has to hold before a commit
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint fmt-check types unit build
	@$(MAKE) --no-print-directory server storm browser

fmt: .make/dev .make/modules ## format Python, TypeScript and Svelte
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(PRETTIER) --write .

fmt-check: .make/dev .make/modules
	@$(BIN)/ruff format --quiet --check .
	@$(PRETTIER) --check .

lint: .make/dev .make/modules pwa/src/model/api-types.d.ts ## ruff, eslint, and names: two meanings, exports that nobody uses
	@$(BIN)/ruff check --quiet .
	@$(PY) -m pytest --quiet tests/test_names.py > .make/names || { cat .make/names; exit 1; }
	@$(NODE) node_modules/eslint/bin/eslint.js --max-warnings 0 .

types: .make/dev .make/modules pwa/src/model/api-types.d.ts ## mypy and svelte-check, both strict
	@$(BIN)/mypy
	@$(TSC) -p tsconfig.tools.json
	@$(TSC) -p tsconfig.worker.json
	@$(NODE) node_modules/svelte-check/bin/svelte-check --tsconfig ./tsconfig.json --fail-on-warnings

unit: .make/dev .make/modules ## the PWA's own tests, without a browser
	@$(NODE) node_modules/vitest/vitest.mjs run

server: .make/dev pgbouncer nginx ## the server's tests, on SQLite and on PostgreSQL
	@$(PY) -m pytest -q -n 2 tests --ignore tests/storm --ignore tests/browser --ignore tests/bench

storm: .make/dev ## seeded storms of flaky phones, on SQLite and on PostgreSQL
	@$(PY) -m pytest -q -n 2 tests/storm

browser: .make/dev build chromium ## a real Chromium against a real server
	@$(PY) -m pytest -q -n 2 tests/browser || { echo 'Those that failed, once more (docs/decisions/0030):'; \
	  $(PY) -m pytest -q tests/browser --last-failed --last-failed-no-failures none; }

axe-all: .make/dev build chromium ## axe on every screen × language × theme × width
	@OVIKELLO_WHOLE=1 $(PY) -m pytest -q -n 2 tests/browser/test_accessible.py

pictures: .make/dev build chromium ## every screen as a picture, into build/pictures: look at them
	@$(PY) -m tests.browser.pictures

lighthouse: .make/dev build chromium ## Lighthouse on every screen; fails below its targets
	@$(PY) -m tests.browser.lighthouse.measure

bench: .make/dev build chromium ## measure the engine; prints figures, passes no judgement
	@$(PY) -m tests.bench.server
	@$(PY) -m tests.bench.browser

figures: .make/dev build chromium pgbouncer nginx ## whole matrices and large figures, of which `make test` takes a sample: hours
	@OVIKELLO_WHOLE=1 $(MAKE) --no-print-directory server storm browser
	@$(MAKE) --no-print-directory pictures lighthouse bench
	@$(PY) -m tests.bench.hostile
	@$(PY) -m tests.bench.reminders
	@$(PY) -m tests.bench.live
	@$(PY) -m tests.bench.reports
	@$(PY) -m tests.bench.board
	@$(PY) -m tests.bench.importing
	@$(PY) -m tests.bench.data_api
	@$(PY) -m tests.bench.attached

build: .make/modules ## the PWA into server/static
	@$(PY) build_pwa.py

openapi: .make/dev ## write docs/openapi.json from the server, and the PWA's types from it
	@$(BIN)/ovikello openapi > docs/openapi.json.new && mv docs/openapi.json.new docs/openapi.json
	@$(MAKE) --no-print-directory pwa/src/model/api-types.d.ts

kinds: .make/dev ## write server/kinds/kinds.json from the declarations, and the app's limits and roles
	@$(BIN)/ovikello kinds > server/kinds/kinds.json.new && mv server/kinds/kinds.json.new server/kinds/kinds.json
	@$(BIN)/ovikello constants > pwa/src/rules/constants.ts.new && mv pwa/src/rules/constants.ts.new pwa/src/rules/constants.ts

pwa/src/model/api-types.d.ts: docs/openapi.json .make/modules
	@$(NODE) node_modules/openapi-typescript/bin/cli.js ../docs/openapi.json -o src/model/api-types.d.ts

lock: .make/dev ## pin the newest versions that fit requirements/*.in
	@$(PIP) uv
	@for name in run build dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

chromium:
	@[ -x "$(CHROMIUM)" ] || deploy/package.sh chromium 'The browser tests need Chromium.' CHROMIUM

pgbouncer:
	@[ -x "$(PGBOUNCER)" ] || deploy/package.sh pgbouncer "The server's tests need PgBouncer." PGBOUNCER

nginx:
	@[ -x "$(NGINX)" ] || deploy/package.sh nginx-light "The server's tests need nginx." NGINX

clean: ## remove what make made, the environment included
	rm -rf .venv .make .mypy_cache .pytest_cache .ruff_cache build dist server/static server/.static-stamp \
	  pwa/node_modules pwa/src/model/api-types.d.ts

# What a server needs, and what builds the PWA.
.make/run: requirements/run.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo 'Installing what the server needs …'
	@$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@mkdir -p .make && touch $@

# The browser's side; build_pwa.py looks for itself too, since pip calls it without make.
.make/modules: pwa/package.json pwa/package-lock.json .make/run
	@$(PY) build_pwa.py --modules
	@touch $@

# What the tests need besides.
.make/dev: requirements/dev.txt .make/run
	@echo 'Installing what the tests need …'
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo 'Ovikello needs Python 3.11 or newer: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'This Python has no venv. Run: sudo apt-get install -y python3-venv'; exit 1; }
	@$(PYTHON) -m venv .venv
