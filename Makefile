# Builds, runs and checks trove-manage. `make help` lists the targets.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# The compiler. Another program may be called swift (Debian's python3-swiftclient installs one), so every
# candidate is asked for its version. `make SWIFT=/path/to/swift …` chooses another toolchain.
SWIFT_CANDIDATES = $(shell type -ap swift) /opt/swift/usr/bin/swift /usr/libexec/swift/bin/swift \
  /usr/share/swift/usr/bin/swift $(HOME)/.local/share/swiftly/bin/swift
SWIFT ?= $(shell for swift in $(SWIFT_CANDIDATES); do \
  "$$swift" --version 2>/dev/null </dev/null | grep -q 'Swift version' && { echo "$$swift"; break; }; done)

BUILD_PACKAGES := libsqlite3-dev libpq-dev pkg-config
TEST_PACKAGES := postgresql pgbouncer sqlite3 python3-venv gcc libc6-dev
BENCH_PACKAGES := postgresql gcc libc6-dev python3 python3-venv strace
COST_PACKAGES := postgresql strace valgrind python3
MOVING_PACKAGES := sql-migrate sqitch libdbd-sqlite3-perl libdbd-pg-perl
FAULT_PACKAGES := postgresql pgbouncer gcc libc6-dev python3-venv
DEB_PACKAGES := python3 dpkg-dev binutils
DEB_TEST_PACKAGES := lintian man-db groff mandoc bash-completion zsh fish sqlite3

PREFIX ?= /usr/local
DESTDIR ?=
# The date of manual pages and packages: the sources'.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || stat --format=%Y CHANGELOG.md)
RELEASE := -c release --static-swift-stdlib

# How many texts the fuzzer tries.
FUZZ_RUNS ?= 100000
# The fuzzer's seed: the same texts every time, so that a check has the same outcome; 0 is a random one.
FUZZ_SEED ?= 1
# What the fault suite draws its samples and times from.
FAULT_SEED ?= 1
export FAULT_SEED

.NOTPARALLEL:
.PHONY: help run test build release lint format repositories docs article-test services-test moving fuzz costs \
  faults faults-short bench bench-quick check \
  install uninstall deb deb-test clean generated print-swift \
  toolchain build-packages test-packages cost-packages moving-packages fault-packages bench-packages deb-packages deb-test-packages

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: release ## Install what is missing, build, bring the SQLite database under var/ to its latest versions
	@mkdir -p var
	.build/release/trove-manage --config-file conf/trove.conf db_sync
	.build/release/trove-manage --config-file conf/trove.conf db_status

test: test-packages build ## Install what is missing, test on SQLite and on a private PostgreSQL
	Tests/reference-environment .build/reference
	Tests/with-postgres "$(SWIFT)" test

build: toolchain build-packages ## Build the library, the program and the tests
	"$(SWIFT)" build --build-tests

release: toolchain build-packages ## Build the program for use, with Swift's runtime inside
	"$(SWIFT)" build $(RELEASE) --product trove-manage

lint: toolchain ## Check the sources' form
	"$(SWIFT)" format lint --strict --recursive --parallel Sources Tests Examples Package.swift

format: toolchain ## Bring the sources into form
	"$(SWIFT)" format --in-place --recursive --parallel Sources Tests Examples Package.swift

fuzz: toolchain ## Try FUZZ_RUNS mutations of conf files, URLs and scripts on their readers
	Tests/Fuzz/run "$(dir $(SWIFT))swiftc" $(FUZZ_RUNS) $(FUZZ_SEED)

repositories: build test-packages ## Hold core's and the sample plugin's repositories against repo_check, on both engines
	Tests/with-postgres Tests/check-repositories .build/debug/trove-manage

services-test: build test-packages ## Build the example of a service, and use it on both engines
	Tests/with-postgres Tests/Services/run "$(SWIFT)" .build/debug/trove-manage

docs: toolchain build-packages ## Write the documentation of the library below .build/docs
	docs/docc "$(SWIFT)" .build/docs

article-test: build test-packages ## Do what the article "Write a plugin" says, on both engines; some minutes
	PATH="$(dir $(SWIFT)):$$PATH" Tests/with-postgres Tests/Article/run .build/debug/trove-manage

moving: build test-packages moving-packages ## Let other tools make databases, and move them here as docs/moving.md says
	Tests/Moving/environment .build/moving
	Tests/with-postgres Tests/Moving/run .build/debug/trove-manage .build/moving

costs: release cost-packages ## Count what runs cost: files, syncs, statements, instructions; no time is measured
	SWIFT="$(SWIFT)" Tests/with-postgres Tests/Costs/run .build/release/trove-manage

faults: release fault-packages ## Kill runs, stop servers, fill disks, and check what is left; some minutes
	Tests/reference-environment .build/reference
	Tests/Faults/run .build/release/trove-manage

faults-short: release fault-packages ## A sample of the same
	Tests/reference-environment .build/reference
	Tests/Faults/run --short .build/release/trove-manage

bench: release bench-packages ## Measure against peers and limits, and write Benchmarks/RESULTS.md and GROWTH.md; some 25 minutes
	SWIFT="$(SWIFT)" Benchmarks/run --write

bench-quick: release bench-packages ## A sample of the same in a minute, written nowhere
	Benchmarks/run --quick

check: lint test repositories docs article-test services-test moving fuzz costs faults-short deb-test ## All that must hold before a change lands

install: release generated ## Install to $(DESTDIR)$(PREFIX), with manual pages and completions
	Packaging/install .build/release/trove-manage .build/generated "$(DESTDIR)" "$(PREFIX)"

uninstall: ## Take away what install has brought, with the same DESTDIR and PREFIX
	Packaging/install --uninstall "$(DESTDIR)" "$(PREFIX)"

deb: export SOURCE_DATE_EPOCH := $(SOURCE_DATE_EPOCH)
deb: release generated deb-packages ## Build a Debian package below .build/deb
	rm -rf .build/deb
	Packaging/deb .build/release/trove-manage .build/generated .build/deb

deb-test: export SOURCE_DATE_EPOCH := $(SOURCE_DATE_EPOCH)
deb-test: deb deb-test-packages ## Install the package, use it and remove it, in a folder; so with make install
	Tests/Packaging/run .build/release/trove-manage .build/deb/*.deb

# What the program says about itself, as manual pages and completions.
generated: export SOURCE_DATE_EPOCH := $(SOURCE_DATE_EPOCH)
generated: release
	Packaging/generate .build/release/trove-manage .build/generated

clean: ## Remove what was built, and the database under var/
	rm -rf .build var/*.sqlite*

print-swift:
	@echo "$(SWIFT)"

toolchain:
	@"$(SWIFT)" --version 2>/dev/null </dev/null | grep -q 'Swift version' || { \
	  echo "make: no Swift compiler: $(if $(SWIFT),$(SWIFT) is not one,none of these is one: $(SWIFT_CANDIDATES))" >&2; \
	  echo "make: name the toolchain's swift: make SWIFT=/path/to/usr/bin/swift" >&2; exit 1; }

# Installs the Debian packages in $(1) that are missing, as root or through sudo; says which they are when
# it can do neither.
define install_packages
	@missing=; for package in $(1); do \
	  dpkg-query --show --showformat='$${Status}' "$$package" 2>/dev/null \
	    | grep -q '^install ok installed' || missing="$$missing $$package"; done; \
	[ -n "$$missing" ] || exit 0; \
	if ! command -v apt-get >/dev/null; then root=none; \
	elif [ "$$(id -u)" = 0 ]; then root=; \
	elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then root=sudo; \
	else root=none; fi; \
	if [ "$$root" = none ]; then \
	  echo "make: these packages are missing and only root can install them:$$missing" >&2; \
	  echo "make: apt-get install$$missing" >&2; exit 1; fi; \
	echo "installing$$missing"; \
	$$root apt-get update --quiet --quiet \
	  && $$root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --quiet \
	    --no-install-recommends $$missing
endef

build-packages:
	$(call install_packages,$(BUILD_PACKAGES))

test-packages:
	$(call install_packages,$(TEST_PACKAGES))

moving-packages:
	$(call install_packages,$(MOVING_PACKAGES))

cost-packages:
	$(call install_packages,$(COST_PACKAGES))

fault-packages:
	$(call install_packages,$(FAULT_PACKAGES))

bench-packages:
	$(call install_packages,$(BENCH_PACKAGES))

deb-packages:
	$(call install_packages,$(DEB_PACKAGES))

deb-test-packages:
	$(call install_packages,$(DEB_TEST_PACKAGES))
