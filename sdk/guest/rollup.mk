# SPDX-License-Identifier: Apache-2.0
# Copyright The Enshrine developers
# Builds a rollup program outside the repository. The Makefile of the program sets NAME, SOURCES and CHAIN_ID and
# includes this file; `make SDK=/path/to/enshrine` then leaves in build/:
#   NAME.elf           the program, for the machine
#   NAME.genesis       the entries of its first state   NAME.genesis_root  the root of that state
#   INAME.sol, NAME.abi.json   its interface              (the last four by the host build of the same sources)
RISCV := riscv64-unknown-elf-
BUILD ?= build
L1_CHAIN_ID ?= 900
GUEST := $(SDK)/sdk/guest
CCACHE := $(shell command -v ccache)

# Every source keeps its path below build/, so that two files of one name do not meet.
LIBRARY_SOURCES := $(shell grep -v '^\#' $(GUEST)/sources.txt)
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.cpp=$(BUILD)/sdk/%.o)
PROGRAM_OBJECTS := $(SOURCES:%.cpp=$(BUILD)/program/%.o)
HOST_SOURCES := $(shell grep -v '^\#' $(GUEST)/host_sources.txt)
HOST_OBJECTS := $(HOST_SOURCES:%.cpp=$(BUILD)/host_sdk/%.o) $(SOURCES:%.cpp=$(BUILD)/host_program/%.o)

GUEST_COMPILE = $(CCACHE) $(RISCV)g++ -I$(SDK) -ffile-prefix-map=$(SDK)/= -isystem $(GUEST)/shim @$(GUEST)/machine/compile.flags -MMD -c
HOST_COMPILE = $(CCACHE) $(CXX) -std=c++23 -O1 -fno-rtti -I$(SDK) -DENSHRINE_ROLLUP_TOOL -MMD -c

all: $(BUILD)/$(NAME).elf $(BUILD)/$(NAME).genesis

$(BUILD)/$(NAME).elf: $(BUILD)/sdk/crt0.o $(PROGRAM_OBJECTS) $(BUILD)/libenshrine_guest.a $(GUEST)/machine/program.ld
	$(RISCV)g++ @$(GUEST)/machine/link.flags -T $(GUEST)/machine/program.ld -o $@ \
	  $(BUILD)/sdk/crt0.o $(PROGRAM_OBJECTS) $(BUILD)/libenshrine_guest.a -lgcc
$(BUILD)/libenshrine_guest.a: $(LIBRARY_OBJECTS)
	rm -f $@
	$(RISCV)ar rcsD $@ $^
$(BUILD)/sdk/crt0.o: $(GUEST)/machine/crt0.S
	@mkdir -p $(@D)
	$(RISCV)gcc -march=rv64im -mabi=lp64 -c $< -o $@
$(BUILD)/sdk/%.o: $(SDK)/%.cpp
	@mkdir -p $(@D)
	$(GUEST_COMPILE) $< -o $@
$(BUILD)/program/%.o: %.cpp
	@mkdir -p $(@D)
	$(GUEST_COMPILE) $< -o $@

$(BUILD)/$(NAME)_tool: $(HOST_OBJECTS)
	$(CXX) -o $@ $^
$(BUILD)/host_sdk/%.o: $(SDK)/%.cpp
	@mkdir -p $(@D)
	$(HOST_COMPILE) $< -o $@
$(BUILD)/host_program/%.o: %.cpp
	@mkdir -p $(@D)
	$(HOST_COMPILE) $< -o $@
$(BUILD)/$(NAME).genesis: $(BUILD)/$(NAME)_tool
	$< $(NAME) $(CHAIN_ID) $(L1_CHAIN_ID) $(BUILD)

clean:
	rm -rf $(BUILD)
.PHONY: all clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
