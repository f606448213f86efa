#!/usr/bin/env bash
# Micro measurements with JMH: all arguments are JMH's, for example: NetworkBenchmark -p network=hardnet68 -p threads=2
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$here/environment.sh"
exec "$java" -cp "$classpath" org.openjdk.jmh.Main \
    -jvmArgs "--enable-native-access=ALL-UNNAMED -Dhardnet.cache=$here/target/cache" "$@"
