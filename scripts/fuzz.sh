#!/usr/bin/env bash
# Fuzzes every input surface with libFuzzer, SECONDS_EACH (default 60) each, from the project's own files as seeds.
# What is found lies in build-fuzz/found; the same seed number makes a run repeatable.
set -euo pipefail
cd "$(dirname "$0")/.."
for p in clang libclang-rt-14-dev; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' && continue
  echo "installing: $p"
  sudo=$([ "$(id -u)" -eq 0 ] || echo sudo)
  $sudo apt-get install -y -qq --no-install-recommends "$p" >/dev/null
done
export BIRUNI_PACK="${BIRUNI_PACK:-$PWD/build/biruni.pack}"
cmake -S . -B build-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_COMPILER=clang -DBIRUNI_FUZZ=ON -DBIRUNI_TESTS=OFF >/dev/null
cmake --build build-fuzz -j "${JOBS:-2}" --target fuzz_inputs fuzz_text
mkdir -p build-fuzz/found
for surface in inputs text; do
  corpus=build-fuzz/corpus-$surface
  mkdir -p "$corpus"
  python3 tests/fuzz/seeds.py "$surface" "$corpus"
  build-fuzz/fuzz_$surface "$corpus" -max_total_time="${SECONDS_EACH:-60}" -timeout=20 -rss_limit_mb=4096 -max_len=8192 -seed=1 \
    -artifact_prefix=build-fuzz/found/$surface- -print_final_stats=1 2>&1 | tail -n 12
done
