#!/bin/sh
# Learns the frequency table and the chooser's costs of one language anew. Run it after the lexicon has changed much.
#
#   tools/dev/train_morph.sh ar ar_pud.conllu ud-pud antcorpus_ar.txt.zst antcorpus
#   tools/dev/train_morph.sh en en_ewt_dev.conllu ud-ewt
#
# Without a corpus the frequencies stay. Needs packc and the tools ud_morph, morph_train and morph_frequency in build/
# (ninja -C build packc ud_morph morph_train morph_frequency). Works on a copy of packs/ until all is learnt.
set -e
cd "$(dirname "$0")/../.."
lang=$1 treebank=$2 origin=$3 corpus=$4 corpus_origin=$5
bin=${BIRUNI_BIN:-build}
[ "$lang" = en ] && exact=--exact-aux || exact=
[ ! -f "tools/dev/tagged.$lang.txt" ] || exact="$exact --also tools/dev/tagged.$lang.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r packs "$work/packs"
dir=$work/packs/$lang/morph
compile() { "$bin/packc" build "$work/packs" -o "$work/train.pack" > /dev/null; }
learnt="transitions.ud.tsv bias.ud.tsv context.ud.tsv"
forget() { for f in $learnt; do rm -f "$dir/$f"; done; }
forget
if [ -n "$corpus" ]; then
  rm -f "$dir/frequency.tsv" "$dir/frequency.own.tsv"
  compile
  case $corpus in *.zst) zstd -dc "$corpus" ;; *) cat "$corpus" ;; esac |
    "$bin/morph_frequency" "$lang" "$work/train.pack" "$corpus_origin" > "$work/frequency.tsv"
  mv "$work/frequency.tsv" "$dir/frequency.tsv"
  [ ! -f "packs/$lang/morph/frequency.own.tsv" ] || cp "packs/$lang/morph/frequency.own.tsv" "$dir/"
fi
compile
mv "$work/train.pack" "$work/bare.pack"
# Held-out figures first: learnt on every second sentence, measured on the others.
for half in 0 1; do
  "$bin/morph_train" "$lang" "$work/bare.pack" "$treebank" "$dir" "$origin" --half $half $exact > /dev/null
  compile
  echo "held out, learnt on half $half:"; "$bin/ud_morph" "$lang" "$treebank" --half $((1 - half)) --pack "$work/train.pack"
done
"$bin/morph_train" "$lang" "$work/bare.pack" "$treebank" "$dir" "$origin" $exact
compile
echo "all (seen in training):"; "$bin/ud_morph" "$lang" "$treebank" --pack "$work/train.pack"
for f in $learnt frequency.tsv; do cp "$dir/$f" "packs/$lang/morph/$f"; done
