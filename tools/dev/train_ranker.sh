#!/bin/sh
# Learns the ranker of one language anew (packs/LANG/events/rank.tsv) and says what it gives on held-out documents. Run it
# after event rows, grammar or stance have changed much.
#
#   tools/dev/train_ranker.sh ar gold/ar_*_detection.jsonl gold/ar_*_spans.jsonl examples/gold/ar-*.json eval/stance/open_*.jsonl
#
# Gold must be openly licensed (docs/design/ranker.md says what the committed weights were learnt from). Options of
# rank_train may follow the files: --halves, --table, --curve, --misses LIMIT. Needs build/ (cmake --build build).
set -e
cd "$(dirname "$0")/../.."
lang=$1
shift
cmake --build build --target rank_train pack >/dev/null
build/rank_train "$lang" build/biruni.pack "packs/$lang/events/rank.tsv" "$@"
cmake --build build --target pack >/dev/null
