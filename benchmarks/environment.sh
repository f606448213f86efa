# What the scripts of this folder share: builds the library and the benchmarks, then sets $java and $classpath.
root=$(cd "$here/.." && pwd)

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

run_maven() {
    local log=$here/target/build.log
    mkdir -p "$here/target"
    if ! mvn -B "$@" >"$log" 2>&1; then
        grep -E '^\[ERROR\]|error:' "$log" | head -n 15 >&2
        say "the build failed; all of its output is in $log."
        exit 1
    fi
}

say "building ..."
run_maven -f "$root/pom.xml" -Dmaven.test.skip=true -DskipTests install
run_maven -f "$here/pom.xml" -Dmaven.test.skip=true package

java=$(cat "$here/target/java-home")/bin/java
classpath=$here/target/classes:$(echo "$root"/target/hardnet-*.jar):$here/target/lib/*
