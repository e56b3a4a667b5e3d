# Two commands do everything on a bare machine with Python >= 3.11, Node >= 20 and make:
#   make run    install, build the reference data and the site, diagnose Faux-la-Montagne, open the site
#   make test   install, build the reference data, run every test
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first interpreter that runs and is recent enough: a name on the PATH may be an empty shim.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
VENV := .venv
BIN := $(VENV)/bin
EMBEDDED := src/ancrage/edition/embedded/manifest.json
SOURCES := $(shell find src/ancrage -name '*.py' -o -name '*.yaml' -o -name '*.tsv' | grep -vE '/(embedded|cli|web|api|desk|config|tasks|reports|diagnosis|rules|facts|aids/catalogue|declarations/parameters|aids/personas)/')
ASSETS := src/ancrage/web/assets/served/staticfiles.json
ASSET_SOURCES := $(wildcard src/ancrage/web/assets/*.*) src/ancrage/reports/templates/style.css
CLIENT := $(VENV)/client/installed
CLUSTER := $(VENV)/cluster-installed
S3 := $(VENV)/s3/installed
WORKERS ?= 2

.PHONY: help run test test-postgresql check fix install reference assets wheel wheel-check bench bench-web bench-france bench-faults bench-slow bench-requests lock docs images clean

help: ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

run: install reference assets ## Diagnose Faux-la-Montagne (terminal, files under var/), then open the site
	@mkdir -p var
	$(BIN)/ancrage diagnostic 23077
	$(BIN)/ancrage diagnostic 23077 --format html --sortie var/diagnostic-23077.html
	$(BIN)/ancrage diagnostic 23077 --format json --sortie var/diagnostic-23077.json
	$(BIN)/ancrage serve

test: install reference assets $(CLIENT) $(CLUSTER) $(S3) ## Run every test
	$(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

# The rooms that pages, people and programs write and read the database through.
ON_POSTGRESQL := $(addprefix tests/,web people workspace alerts api journal)
test-postgresql: install reference assets $(CLIENT) ## Run the tests of the site on PostgreSQL (FOLDERS="tests/web" for some)
	ANCRAGE_TEST_DATABASE=postgresql $(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(or $(FOLDERS),$(ON_POSTGRESQL))

check: install reference ## Format, lint, types, import direction, catalogues, generated docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate_docs.py --check
	$(BIN)/ancrage aides verifier

fix: install ## Format and repair what can be
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

install: $(VENV)/installed ## Install the pinned Python dependencies and the project
reference: $(EMBEDDED) ## Build the edition embedded in the package, from the npm packages
assets: $(ASSETS) ## Build the styles and scripts of the site, from the npm packages

$(VENV)/installed: requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 ou plus récent est nécessaire (make PYTHON=/chemin/python3)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(CLIENT): requirements/client.txt $(VENV)/installed
	$(PYTHON) -m venv $(VENV)/client
	$(VENV)/client/bin/pip install --quiet --require-hashes -r requirements/client.txt
	@touch $@

$(CLUSTER): requirements/cluster.txt $(VENV)/installed
	$(BIN)/pip install --quiet --require-hashes -r requirements/cluster.txt
	@touch $@

$(S3): requirements/s3.txt $(VENV)/installed
	$(PYTHON) -m venv $(VENV)/s3
	$(VENV)/s3/bin/pip install --quiet --require-hashes -r requirements/s3.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(EMBEDDED): $(VENV)/installed node_modules/.installed $(SOURCES)
	$(BIN)/ancrage entrepot reference node_modules

$(ASSETS): $(VENV)/installed node_modules/.installed $(ASSET_SOURCES)
	node src/ancrage/web/assets/build.mjs
	DJANGO_SETTINGS_MODULE=ancrage.config.settings ANCRAGE_DATA=var/statique $(BIN)/python -m django collectstatic --noinput --clear --verbosity 0

wheel: install reference assets ## Build the wheel, which needs neither Node nor this repository
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation

wheel-check: wheel ## Run the main job from the wheel in an empty virtual environment
	tools/check_wheel.sh

bench: install reference ## Measure; the figures of docs/performance.md
	$(BIN)/python bench/run.py

bench-web: install reference assets ## Measure the site under load and in a slow browser (needs wrk and Chromium)
	$(BIN)/python bench/web/bench_web.py

bench-france: install reference ## The national register beside other tools (SIZES="1000000 43000000", TOOLS, MEMORY, CEILING)
	$(BIN)/python bench/bench_france.py $(or $(SIZES),1000000) --memory $(or $(MEMORY),4GB) $(if $(TOOLS),--tools $(TOOLS)) $(if $(CEILING),--ceiling $(CEILING))

bench-faults: install reference ## Damaged files, damaged sources and kills, seeded (SHARE=0.1 for a tenth; needs the mirror)
	$(BIN)/python bench/faults.py $(or $(SHARE),1)

bench-requests: install reference assets ## Requests drawn for each page and address of the API, counted (EXAMPLES=100)
	$(BIN)/python bench/requests_drawn.py $(or $(EXAMPLES),100)

bench-slow: install reference assets ## Fifty slow connections of each kind: what the others wait
	$(BIN)/python bench/web/bench_slow.py

lock: install ## Pin the dependencies again, with hashes
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet -c requirements/dev.txt pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --group client -o requirements/client.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --group cluster -c requirements/dev.txt -o requirements/cluster.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --group s3 -o requirements/s3.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --extra postgresql --extra redis --extra tuiles -c requirements/run.txt pyproject.toml -o requirements/servers.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --extra spark -c requirements/run.txt pyproject.toml -o requirements/spark.txt

docs: install reference ## Regenerate the reference pages
	$(BIN)/python tools/generate_docs.py

images: install reference assets ## Make the pictures of the documentation (needs Chromium)
	$(BIN)/python tools/make_images.py
	$(BIN)/python tools/make_site_images.py

clean: ## Remove what was built
	rm -rf $(VENV) node_modules dist var src/ancrage/edition/embedded src/ancrage/web/assets/built src/ancrage/web/assets/served
