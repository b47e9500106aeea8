# Province & Comuni: `make run` starts the portal, `make test` runs its tests, `make help` tells the rest.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench drill relevance assets reset-demo services lock

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/run.stamp ## start the portal: make run [PORT=8000]
	@exec $(BIN)/python manage.py run --port $(PORT)

test: $(VENV)/test.stamp ## run the whole suite on the configured database and search engine
	@$(BIN)/pytest -q -n 2 --dist worksteal

lint: $(VENV)/test.stamp ## check style, types, templates, layers and migrations
	@echo "ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "djhtml" && git ls-files '*.html' | xargs -r $(BIN)/djhtml --check
	@echo "curlylint" && git ls-files '*.html' | xargs -r $(BIN)/curlylint --quiet
	@echo "import-linter" && $(BIN)/lint-imports
	@echo "mypy" && $(BIN)/mypy communities learning portal search
	@echo "migrations" && $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/test.stamp ## rewrite code and templates in the house style
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q . ; git ls-files '*.html' | xargs -r $(BIN)/djhtml

bench: $(VENV)/test.stamp ## measure speed and write docs/benchmarks.md: make bench [ONLY="pages training"]
	@$(BIN)/python -m tests.benchmarks $(ONLY)

drill: $(VENV)/test.stamp ## break things on purpose and write what it cost: make drill [ONLY="engine worker hostile"]
	@$(BIN)/python -m tests.drills $(ONLY)

relevance: $(VENV)/test.stamp ## measure how well the search answers and write docs/relevance.md
	@$(BIN)/python -m tests.relevance

assets: ## rebuild CSS, JavaScript, fonts and icons (needs Node)
	@npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build

reset-demo: $(VENV)/run.stamp ## delete all data and make the demonstration content again
	@$(BIN)/python manage.py run --reset --no-start

services: ## start PostgreSQL and Elasticsearch with docker compose
	@docker compose -f docker/compose.yaml --profile elasticsearch up -d database elasticsearch

lock: $(VENV)/test.stamp ## lock the dependencies again after a change of requirements/*.in
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/uv.txt
	@for name in uv base dev; do $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header requirements/$$name.in -o requirements/$$name.txt; done

$(VENV)/run.stamp: requirements/base.txt requirements/uv.txt
	@sh requirements/prepare.sh $(PYTHON) $(VENV) requirements/base.txt
	@touch $@

$(VENV)/test.stamp: requirements/base.txt requirements/dev.txt requirements/uv.txt
	@sh requirements/prepare.sh $(PYTHON) $(VENV) requirements/base.txt requirements/dev.txt
	@touch $@ $(VENV)/run.stamp
