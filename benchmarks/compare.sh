#!/usr/bin/env bash
# Measures HarDNet for Java beside other runtimes in one run; --help tells the options, README.md what is measured.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$here/environment.sh"
progress=()
[ ! -t 2 ] || progress=(--progress)
exec "$java" --enable-native-access=ALL-UNNAMED -Xmx6g "-Dhardnet.cache=$here/target/cache" -cp "$classpath" \
    dev.hardnet.benchmarks.compare.CompareCommand --output "$here/target" "${progress[@]}" "$@"
