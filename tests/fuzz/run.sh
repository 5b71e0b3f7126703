#!/bin/sh
# Runs one fuzz target for a while: run.sh DIRECTORY_OF_PROGRAMS NOUN
# New inputs stay outside the checkout; what it starts from is corpus/NOUN.
here=$(dirname -- "$0")
program=$1/$2_fuzz
[ -x "$program" ] || { echo "not built: $program"; exit 77; }
found=$(mktemp -d) || exit 1
trap 'rm -rf "$found"' EXIT
set -- "$found" $([ -d "$here/corpus/$2" ] && echo "$here/corpus/$2") \
    $([ -f "$here/$2.dict" ] && echo "-dict=$here/$2.dict")
"$program" -max_total_time="${PASSERELLE_FUZZ_SECONDS:-10}" -max_len=65536 -timeout=10 \
    -rss_limit_mb=1024 -print_final_stats=0 -verbosity=0 -artifact_prefix="$found/" "$@" || {
    for input in "$found"/crash-* "$found"/timeout-* "$found"/oom-* "$found"/leak-*; do
        [ -f "$input" ] && echo "input $(basename "$input"):" && base64 "$input"
    done
    exit 1
}
