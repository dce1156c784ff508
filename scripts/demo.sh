#!/usr/bin/env bash
# Reads the project's own example articles: the report of one in each language, then a line of figures for all.
set -euo pipefail
biruni=${1:-build/biruni}
cd "$(dirname "$0")/.."
for name in en-kazakhstan-wire ar-kazakhstan-protest-opinion; do
  echo "### biruni read examples/$name.txt"
  "$biruni" read "examples/$name.txt"
  echo
done
echo "### all examples as records: biruni read --json examples/*.txt"
"$biruni" read --json examples/*.txt > build/demo.jsonl
for kind in document entity event claim link question; do
  printf '%8d %s records\n' "$(grep -c "\"kind\":\"$kind\"" build/demo.jsonl || true)" "$kind"
done
echo "records: build/demo.jsonl"
