# The project's commands. `make reports` and `make test` set up what they need on a fresh machine with Python >= 3.11;
# a second call starts at once, because each step of the setting-up is a file that is newer than what it depends on.
#   make reports PYTHON=python3.12   another Python
#   make reports RUN="parameters/district_report/linyi-2021.yaml"   some runs only
#   make test TESTS="tests/sheets -n 0"   some tests only
#   make bundle PLATFORM=windows VERSIONS="3.12 3.13"   linux, linux-arm or windows, and the versions of Python there

PYTHON ?= python3
RUN ?=
TESTS ?= -n 2
ROUNDS ?= 400
FORMS ?= 30
SEASON_FORMS ?= 60
RETURNED ?= 2000
FIRST ?= 0
COUNT ?= 60
PART ?= attacks mutants kills interrupts disk twice cluster store
PLATFORM ?=
VERSIONS ?=

BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
COMPILE := pyproject.toml --universal --generate-hashes --no-header --quiet
TEMPLATE := $(shell find lib/wenxiao/reports/templates -type f 2>/dev/null)

.PHONY: reports test campaign audit acceptance lab app bundle check docs format bench national example fuzz forms seasons season-time mutation lock clean help
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

reports: .venv/.runtime .venv/.package ## every report in parameters/, to outputs/  生成全部报告
	$(BIN)/wenxiao run $(RUN)

lab: .venv/.runtime .venv/.package ## JupyterLab on the explorer  打开交互分析
	JUPYTER_CONFIG_PATH=lib/wenxiao/explorer/jupyter $(BIN)/jupyter lab

app: .venv/.runtime .venv/.package ## the explorer alone, without code  打开不带代码的交互分析
	$(BIN)/python -m wenxiao.explorer.server

bundle: .venv/.runtime .venv/.package ## one zip that installs without a network (PLATFORM=windows)  制作不联网安装包
	$(BIN)/python -m scripts.bundle $(if $(PLATFORM),--platform $(PLATFORM)) $(if $(VERSIONS),--versions $(VERSIONS))

test: .venv/.dev .venv/.package ## the tests  运行测试
	$(BIN)/python -m pytest $(TESTS)

acceptance: .venv/.dev .venv/.package ## from outside: every page in a browser, JupyterLab, Dask, kernels, stock engines, killed processes, LibreOffice, README, tutorial, example, bundles (after make bundle, also PLATFORM=windows)
	$(BIN)/python -m pytest -m acceptance $(TESTS)

check: .venv/.dev .venv/.package ## style, types, the rooms, the hygiene of the repository  检查代码
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/project_hygiene

docs: .venv/.dev .venv/.package ## the documentation, to outputs/docs; a warning is an error  生成文档
	$(BIN)/python -m scripts.clean outputs/docs -- $(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet -b html -d outputs/docs/.doctrees docs outputs/docs

format: .venv/.dev ## mend what `check` finds in style and notebooks
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	find notebooks -name '*.ipynb' -exec $(BIN)/nbstripout --keep-id {} +

bench: .venv/.dev .venv/.package ## the benchmarks, one after another
	@set -e; for file in $(sort $(filter-out benchmarks/audit_mutation.py benchmarks/filled_forms.py benchmarks/held_out.py benchmarks/national.py benchmarks/seasons.py benchmarks/season_time.py,$(wildcard benchmarks/*.py))); do echo "$$file"; $(BIN)/python "$$file"; done

national: .venv/.dev .venv/.package ## 3,000 synthetic districts through `wenxiao run`, half an hour on two cores
	$(BIN)/python benchmarks/national.py

example: .venv/.dev .venv/.package ## a synthetic city from its returned forms to the archive, two or three minutes  虚构示例：从收表到归档
	$(BIN)/python -m scripts.example_city walk

fuzz: .venv/.dev .venv/.package ## returned forms with random mess through `wenxiao collect` (RETURNED=2000 FIRST=0); resumes
	$(BIN)/python -m scripts.returned_forms --forms $(RETURNED) --first $(FIRST)

campaign: .venv/.dev .venv/.package ## attacks, damage, kills, full disks, lost machines, a part each (COUNT=60 PART="kills disk"); figures in docs/safety.md
	@for part in $(PART); do $(BIN)/python -m scripts.campaign $$part --count $(COUNT) --first $(FIRST); done

audit: .venv/.dev .venv/.package ## licences of what the locks install; with a network known vulnerabilities too  核对依赖的许可证与漏洞
	$(BIN)/python -m scripts.audit

mutation: .venv/.dev .venv/.package ## how often the audit finds a changed figure (ROUNDS=400)
	$(BIN)/python benchmarks/audit_mutation.py --rounds $(ROUNDS)

season-time: .venv/.dev .venv/.package ## how long 300 forms take, at first, unchanged, with one changed
	$(BIN)/python benchmarks/season_time.py

forms: .venv/.dev .venv/.package ## how often the audit finds an error planted into a filled form (FORMS=30)
	$(BIN)/python benchmarks/filled_forms.py --forms $(FORMS)

seasons: .venv/.dev .venv/.package ## how often the audit finds an error of the kinds that reviewers report, in honest forms of a season (SEASON_FORMS=60)
	$(BIN)/python benchmarks/seasons.py --forms $(SEASON_FORMS)

lock: .venv/.dev ## both locks anew, to the newest releases that pyproject.toml allows
	$(BIN)/uv pip compile $(COMPILE) --upgrade --group build --output-file requirements.lock
	$(BIN)/uv pip compile $(COMPILE) --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## what the program made in outputs/, and caches, away; what it did not make stays and is named
	@if [ -f .venv/.package ]; then $(BIN)/python -m scripts.clean; else echo 'outputs/: .venv 不在，没有清理 · not cleared without .venv'; fi
	@find lib tests benchmarks scripts notebooks -path '*/__pycache__/*.pyc' -delete
	@find lib tests benchmarks scripts notebooks -name __pycache__ -empty -delete

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo '需要 Python 3.11 或更高版本，$(PYTHON) 不合要求。请安装后重试，或指明：make PYTHON=python3.12 reports' >&2; \
	  echo 'Python >= 3.11 is needed and $(PYTHON) is not. Install one, or name it: make PYTHON=python3.12 reports' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo '无法建立虚拟环境：$(PYTHON) 缺少 venv 组件（Debian、Ubuntu：apt install python3-venv）。' >&2; \
	  echo 'No virtual environment: $(PYTHON) lacks its venv part (Debian, Ubuntu: apt install python3-venv).' >&2; exit 1; }

.venv/.runtime: requirements.lock | $(BIN)/python
	@echo '安装运行所需的库，首次约需一两分钟 …… · installing what reports need, a minute or two the first time'
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/.runtime
	@echo '安装开发与测试所需的库 …… · installing what tests and checks need'
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

# Editable, but Jupyter gets a copy of the report's template: an edited template is installed anew.
.venv/.package: pyproject.toml $(TEMPLATE) | .venv/.runtime
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q lib # as pip does for what it installs: the first command need not
	@touch $@
