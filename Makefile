# make run · check · bench · prove · help

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
BIN := .venv/bin
export CONTEST_INSTANCE ?= $(CURDIR)/instance

RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 fonts-liberation2
CHECK_PACKAGES := chromium qpdf poppler-utils zbar-tools libnss3-tools softhsm2 postgresql-15 redis-server clamav-daemon runit nginx-light

LONG_PROOFS := tests/proofs tests/leaks tests/journeys/test_accessibility.py tests/journeys/test_whole_story.py \
  tests/demo/test_presets.py tests/upkeep/test_steps.py tests/test_hostile_input.py tests/test_routes.py tests/regulations/test_hostile.py \
  tests/results/test_nothing_is_learnt_early.py

CATALOGUES := $(wildcard contest/translations/*/LC_MESSAGES/messages.po)

.PHONY: help run check on-sqlite on-postgresql format bench prove lock messages licences clean
.DELETE_ON_ERROR:

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BIN)/.ready $(CATALOGUES:.po=.mo) ## install what is missing, then serve the demo on 127.0.0.1:$(PORT); DEMO=0 starts empty
	@$(call need,$(RUN_PACKAGES))
	@CONTEST_BASE_URL="$${CONTEST_BASE_URL:-http://localhost:$(PORT)}" $(BIN)/contest serve --port $(PORT) --migrate $(if $(filter 1,$(DEMO)),--demo)

check: $(BIN)/.ready-check $(CATALOGUES:.po=.mo) ## format, lint, types, every test, the browser journeys, the wheel
	@$(call need,$(RUN_PACKAGES) $(CHECK_PACKAGES))
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@$(MAKE) --no-print-directory -j 2 on-sqlite on-postgresql
	$(BIN)/python -m tests.wheel

# The two columns of the check, beside each other: while one waits for a browser, the other computes.
on-sqlite on-postgresql: on-%:
	$(BIN)/pytest -q -n 2 --no-loadscope-reorder --share --engine=$*

bench: $(BIN)/.ready-check $(CATALOGUES:.po=.mo) ## measure pages, certificates and memory at 200 and 2,000 entries
	@$(call need,$(RUN_PACKAGES))
	$(BIN)/python -m tests.bench

prove: $(BIN)/.ready-check $(CATALOGUES:.po=.mo) ## the long proofs: kill loops, soaks, everything hostile to every form
	@$(call need,$(RUN_PACKAGES) $(CHECK_PACKAGES))
	for engine in sqlite postgresql; do $(BIN)/pytest -q $(LONG_PROOFS) --long --engine=$$engine || exit 1; done

format: $(BIN)/.ready-check ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(BIN)/.ready ## collect the sentences of code and templates into the catalogues
	$(BIN)/python -m contest.translations

lock: ## pin the dependencies of setup.cfg, with hashes
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile setup.cfg --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	$(BIN)/uv pip compile setup.cfg --extra check --generate-hashes --no-emit-index-url --no-header -q -o requirements-check.txt

licences: $(BIN)/.ready ## write docs/licences.md from what is installed
	$(BIN)/python -m tests.licences

clean: ## remove what was installed and built; the instance stays
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f contest/translations/*/LC_MESSAGES/*.mo

%.mo: %.po | $(BIN)/.ready
	@$(BIN)/pybabel -q compile -i $< -o $@

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(BIN)/.ready: requirements.txt setup.cfg | $(BIN)/python
	$(BIN)/pip install -q --no-compile --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps -e .
	@touch $@

$(BIN)/.ready-check: requirements-check.txt $(BIN)/.ready
	$(BIN)/pip install -q --no-compile --require-hashes -r requirements-check.txt
	@touch $@

# Install Debian packages that are missing: by apt where it may, else say the one line to type and stop.
define need
missing=""; for name in $(1); do \
  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$name"; \
done; \
if [ -n "$$missing" ]; then \
  if [ "$$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo"; else \
    echo "These system packages are missing. Please type:"; \
    echo "  sudo apt-get install -y --no-install-recommends$$missing"; exit 1; fi; \
  echo "Installing$$missing"; \
  $$sudo apt-get update -qq -o DPkg::Lock::Timeout=400 && \
  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=400 $$missing >/dev/null; \
fi
endef
