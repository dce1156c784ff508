#!/bin/sh
# Learns the frequency table and the chooser's costs of one language anew. Run it after the lexicon has changed much.
#
#   tools/dev/train_morph.sh ar ar_pud.conllu ud-pud antcorpus_ar.txt.zst antcorpus
#   tools/dev/train_morph.sh en en_ewt_dev.conllu ud-ewt
#
# Needs the tools ud_morph, morph_train and morph_frequency in build/ (ninja -C build ud_morph morph_train morph_frequency).
set -e
cd "$(dirname "$0")/../.."
lang=$1 treebank=$2 origin=$3 corpus=$4 corpus_origin=$5
bin=${BIRUNI_BIN:-build}
dir=packs/$lang/morph
[ "$lang" = en ] && exact=--exact-aux || exact=
compile() { "$bin/ud_morph" "$lang" --words x > /dev/null; }   # writes /tmp/ud_morph.LANG.pack
rm -f "$dir/transitions.ud.tsv" "$dir/bias.ud.tsv"
if [ -n "$corpus" ]; then
  rm -f "$dir/frequency.tsv"
  compile
  case $corpus in *.zst) zstd -dc "$corpus" ;; *) cat "$corpus" ;; esac |
    "$bin/morph_frequency" "$lang" "/tmp/ud_morph.$lang.pack" "$corpus_origin" > /tmp/frequency.$$
  mv /tmp/frequency.$$ "$dir/frequency.tsv"
fi
# Held-out figure first: learnt on every second sentence, measured on the others.
compile
"$bin/morph_train" "$lang" "/tmp/ud_morph.$lang.pack" "$treebank" "$dir" "$origin" --half 0 $exact > /dev/null
echo "held out:"; "$bin/ud_morph" "$lang" "$treebank" --half 1
rm -f "$dir/transitions.ud.tsv" "$dir/bias.ud.tsv"
compile
"$bin/morph_train" "$lang" "/tmp/ud_morph.$lang.pack" "$treebank" "$dir" "$origin" $exact
echo "all (seen in training):"; "$bin/ud_morph" "$lang" "$treebank"
