# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# Short names for what the scripts and presets do. `make build PRESET=asan` takes another preset.

PRESET ?= dev
FUZZ_SECONDS ?= 60

.PHONY: setup build test devnet format bench fuzz clean

build: setup
	cmake --preset $(PRESET) >/dev/null
	cmake --build --preset $(PRESET)

setup:
	scripts/setup.sh

test:
	scripts/test.sh

devnet:
	scripts/devnet.sh

format:
	git ls-files -z '*.cpp' '*.hpp' '*.c' '*.h' | xargs -0 -r clang-format-19 -i

bench: setup
	cmake --preset release >/dev/null
	cmake --build --preset release --target bench

# New inputs stay in build/fuzz/corpus; the committed corpus of the same name is the seed.
fuzz: setup
	cmake --preset fuzz >/dev/null
	cmake --build --preset fuzz
	set -e; for program in $$(find build/fuzz -type f -name '*_fuzz' -perm -u+x | sort); do \
	  name=$$(basename $$program); \
	  mkdir -p build/fuzz/corpus/$$name; \
	  echo "fuzz: $$name for $(FUZZ_SECONDS) s"; \
	  $$program -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -artifact_prefix=build/fuzz/$$name- \
	    build/fuzz/corpus/$$name $$(test ! -d fuzz/corpus/$$name || echo fuzz/corpus/$$name); \
	done

clean:
	rm -rf build
