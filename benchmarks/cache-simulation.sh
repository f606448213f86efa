#!/usr/bin/env bash
# Compares 'hardnet simulate-cache' with valgrind's cache simulation of the native kernels (AVX2, which valgrind knows):
# the second of two runs, misses of the last level. Prints a table for docs/traffic.md; needs valgrind and a build.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=("hardnet39ds 224x224" "hardnet68 224x224" "fchardnet70 128x256" "resnet18 224x224")
caches=(1MiB:64:16 4MiB:64:16)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The sum of the events of callgrind's last dump: DLmr and DLmw, separated by a space.
misses() {
    awk '/^events:/ { for (i = 2; i <= NF; i++) column[$i] = i }
         /^(summary|totals):/ { print $column["DLmr"], $column["DLmw"] }' "$1" | tail -n 1
}

echo "| network, input | last level | predicted read + write misses | valgrind's | predicted / valgrind's |"
echo "|---|---|---|---|---|"
for case in "${cases[@]}"; do
    read -r network size <<<"$case"
    for cache in "${caches[@]}"; do
        export HARDNET_JAVA_OPTS=-Dhardnet.cpu.tier=avx2
        "$root/hardnet" simulate-cache --network "$network" --size "$size" --cache "$cache" --json \
            --program "$work/plan" >"$work/predicted.json"
        IFS=: read -r bytes line ways <<<"$cache"
        rm -f "$work"/callgrind.*
        valgrind --tool=callgrind --cache-sim=yes --D1=32768,8,64 --I1=32768,8,64 \
            "--LL=$((${bytes%MiB} << 20)),$ways,$line" --zero-before=hn_program_run \
            "--callgrind-out-file=$work/callgrind.out" "$root/target/native/release/test/hn_run_plan" "$work/plan" 2 \
            >"$work/valgrind.log" 2>&1 || { cat "$work/valgrind.log" >&2; exit 1; }
        read -r reads writes <<<"$(misses "$work/callgrind.out")"
        read -r predicted_reads predicted_writes <<<"$(awk -F'[:,]' '
            /"steady": \{/ { inside = 1 } /"steps"/ { exit }
            inside && /"readMisses"/ { r = $2 } inside && /"writeMisses"/ { w = $2 }
            END { print r + 0, w + 0 }' "$work/predicted.json")"
        awk -v name="$network $size" -v cache="$cache" -v r="$predicted_reads" -v w="$predicted_writes" \
            -v vr="$reads" -v vw="$writes" 'BEGIN { printf "| %s | %s | %d + %d | %d + %d | %.3f |\n",
                name, cache, r, w, vr, vw, (r + w) / (vr + vw) }'
    done
done
