# make demo, make test: nothing needs to be installed beforehand but python3, g++ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CUDA_PYTHON ?= python3.12
CUDA_VENV := .venv-cuda
RESULTS := results
# What an edit is likeliest to break, without a compiler: all units, and what is quick of every folder.
QUICK := tests/unit tests/test_architecture.py tests/test_public_names.py tests/backends/test_chance.py \
    tests/backends/test_finite.py tests/backends/test_gathering.py tests/backends/test_headers.py \
    tests/backends/test_programs.py tests/cli/test_mistakes.py tests/equations/test_catalogue.py \
    'tests/differential/test_rules.py::test_random_rules_mean_what_they_say[0]' \
    tests/files/test_ownership.py tests/neuromodulators/test_mistakes.py tests/protocols/test_hopfield.py \
    tests/sweeps/test_account.py tests/three_factor/test_pair.py tests/three_factor/test_rules.py
# How many tests at once; each worker imports Brian2, so more than eight help nobody.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n > 8 ? 8 : n)))

.DEFAULT_GOAL := help
.PHONY: help tools demo install test quick test-cuda check format bench figures clean

help:  ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

tools:
	@command -v "$(PYTHON)" >/dev/null || { echo "Python is missing: install it, on Debian or Ubuntu with 'apt-get install python3 python3-venv'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$("$(PYTHON)" --version 2>&1). Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments: on Debian or Ubuntu 'apt-get install python3-venv'." >&2; exit 1; }
	@command -v "$${CXX:-g++}" >/dev/null || { echo "A C++ compiler ($${CXX:-g++}) is missing: install one, on Debian or Ubuntu with 'apt-get install g++'." >&2; exit 1; }

# A stamp that is older than setup.cfg means: install again.
$(VENV)/installed: setup.cfg pyproject.toml | tools
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/with-tests: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'
	@touch $@

install: $(VENV)/installed  ## Set up .venv with the package and all it needs

demo: $(VENV)/installed  ## Run distal_reward and digits and draw them, into results/
	@mkdir -p $(RESULTS)
	$(BIN)/neuromodsim run distal_reward --seed 1 --overwrite \
	    -o $(RESULTS)/distal_reward.zarr --figure $(RESULTS)/distal_reward.png
	$(BIN)/neuromodsim run digits --seed 1 --overwrite \
	    -o $(RESULTS)/digits.zarr --figure $(RESULTS)/digits.png
	@echo
	@echo "Datasets (open with neuromodsim.open or xarray.open_datatree):"
	@ls -d $(CURDIR)/$(RESULTS)/*.zarr | sed 's/^/  /'
	@echo "Pictures:"
	@ls $(CURDIR)/$(RESULTS)/*.png | sed 's/^/  /'

test: $(VENV)/with-tests  ## Run the tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

quick: $(VENV)/with-tests  ## Run those tests that take a minute or two, after an edit
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not cpp and not cython and not slow" $(QUICK)

# Brian2CUDA needs Python 3.12 or later, so it gets an environment of its own.
$(CUDA_VENV)/with-tests: setup.cfg pyproject.toml
	@command -v "$(CUDA_PYTHON)" >/dev/null || { echo "Brian2CUDA needs Python 3.12 or later, and $(CUDA_PYTHON) is missing. Name another one: make CUDA_PYTHON=... test-cuda" >&2; exit 1; }
	"$(CUDA_PYTHON)" -m venv $(CUDA_VENV)
	$(CUDA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[cuda,test]' nvidia-curand
	@touch $@

test-cuda: $(CUDA_VENV)/with-tests  ## Run the tests of the device cuda, on a GPU where there is one
	$(CUDA_VENV)/bin/python -m pytest -q -ra tests/backends/test_cuda.py

check: $(VENV)/with-tests  ## Look over the code: ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p neuromodsim

format: $(VENV)/with-tests  ## Put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/installed  ## Measure speed, as ratios
	$(BIN)/python -m benchmarks --keep

figures: $(VENV)/installed  ## Make every figure of every paper anew and check its claims
	@$(BIN)/neuromodsim list figures --names | while read -r name; do \
	    $(BIN)/neuromodsim figure "$$name" --check || exit $$?; done

clean:  ## Remove what was made here (the build cache stays: neuromodsim cache --clear)
	rm -rf $(VENV) $(RESULTS) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
