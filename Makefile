# BIRUNI. `make demo` and `make test` do all set-up on a fresh Debian 12 machine (as root or with sudo).
BUILD ?= build
JOBS  ?= $(shell nproc)

.PHONY: all setup build demo test unit-sanitize fuzz bench lint clean help

all: build

help:
	@echo "make          build $(BUILD)/biruni (and its pack of language data)"
	@echo "make demo     set up, build, and read the example articles"
	@echo "make test     set up, build, and run all tests"
	@echo "make unit-sanitize   unit tests under address and undefined-behaviour sanitizers"
	@echo "make fuzz     fuzz every input surface, a minute each (clang)"
	@echo "make bench    time the whole path beside ICU's word segmentation"

setup:
	@scripts/setup.sh

build: setup
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release > $(BUILD).cmake.log 2>&1 || (cat $(BUILD).cmake.log; exit 1)
	@rm -f $(BUILD).cmake.log
	@cmake --build $(BUILD) -j $(JOBS)

demo: build
	@scripts/demo.sh $(BUILD)/biruni

test: build
	@cd $(BUILD) && ctest --output-on-failure -j $(JOBS)

unit-sanitize: setup
	@cmake -S . -B $(BUILD)-asan -G Ninja -DCMAKE_BUILD_TYPE=Debug -DBIRUNI_SANITIZE=ON > /dev/null
	@cmake --build $(BUILD)-asan -j $(JOBS) --target unit_tests pack
	@$(BUILD)-asan/unit_tests

# Every input surface under libFuzzer, a minute each (SECONDS_EACH=N for longer)
fuzz: build
	@scripts/fuzz.sh

bench: build
	@cmake --build $(BUILD) -j $(JOBS) --target whole_path
	@$(BUILD)/whole_path

clean:
	rm -rf $(BUILD) $(BUILD)-asan
