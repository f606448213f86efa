#!/usr/bin/env bash
# Counts the instructions of convolutions in every way, and compares them with instructions.json: fails when one is more
# than 3% above what the file says. --update writes the file anew. Needs valgrind, jq, CMake and a C++17 compiler.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd "$here/.." && pwd)
layers=$here/instructions.tsv
expected=$here/instructions.json
build=$here/target/instructions
bench=$build/test/hn_bench
tier=2 # AVX2: valgrind knows no AVX-512
tolerance=3

say() { printf 'instructions.sh: %s\n' "$*" >&2; }

build() {
    mkdir -p "$build"
    say "building ..."
    if ! { cmake -S "$root/native" -B "$build" -DCMAKE_BUILD_TYPE=Release &&
        cmake --build "$build" --target hn_bench --parallel 2; } >"$build/log" 2>&1; then
        say "the build failed; all of its output is in $build/log."
        exit 1
    fi
}

# The ways that a line of the file of layers can be computed in.
ways() {
    awk -F '\t' '{ print ($8 == 3 && $9 == 1 && $11 == 1 && $12 == 1) ? "direct 2x2 4x4" : "direct" }' <<<"$1"
}

# What one thread executes within the run itself; packing weights is not counted.
count() {
    local counts=$build/callgrind
    if ! valgrind --tool=callgrind --toggle-collect=hn_program_run --callgrind-out-file="$counts" \
        "$bench" --once "$layers" "$1" "$2" "$tier" >"$build/log" 2>&1; then
        say "$1 could not be counted; the output is in $build/log."
        exit 1
    fi
    awk '$1 == "summary:" { print $2 }' "$counts"
}

count_all() {
    local line name way
    while IFS= read -r line; do
        name=${line%%$'\t'*}
        for way in $(ways "$line"); do
            jq -n --arg key "$name $way" --argjson count "$(count "$name" "$way")" '{($key): $count}'
        done
    done < <(tail -n +2 "$layers") | jq -s --arg compiler "$compiler" '{compiler: $compiler, instructions: add}'
}

# A line for each count, and failure when one is too high, or the files tell of different ones.
compare() {
    jq -rn --slurpfile old "$expected" --slurpfile new "$1" '
        ($old[0].instructions) as $old | ($new[0].instructions) as $new | ($old + $new | keys_unsorted[]) as $key
        | if $old[$key] == null or $new[$key] == null then "\($key)\tin one file only\tFAILED"
          else (($new[$key] / $old[$key] - 1) * 100) as $more
            | "\($key)\t\($new[$key])\t\($old[$key])\t\($more * 100 | round / 100)%"
              + (if $more > '"$tolerance"' then "\tFAILED" else "" end)
          end' | tee "$build/comparison" | column -t -s $'\t'
    ! grep -q 'FAILED$' "$build/comparison"
}

case ${1:-} in
'' | --update) ;;
*)
    echo "usage: instructions.sh [--update]" >&2
    exit 2
    ;;
esac
for tool in valgrind jq cmake column; do
    command -v "$tool" >/dev/null || { say "$tool is missing; install it first."; exit 1; }
done
build
compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt" | head -n 1)
compiler=$("$compiler" --version | head -n 1)
say "counting ..."
found=$build/instructions.json
count_all >"$found"
if [ "${1:-}" = --update ]; then
    cp "$found" "$expected"
    say "wrote $expected."
    exit
fi
[ -f "$expected" ] || { say "there is no $expected; write it with --update."; exit 1; }
before=$(jq -r .compiler "$expected")
[ "$before" = "$compiler" ] || say "the compiler is $compiler; the file was made with $before."
compare "$found" || { say "more than $tolerance% above $expected."; exit 1; }
