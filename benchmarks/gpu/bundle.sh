#!/usr/bin/env bash
# Packs what a machine with an NVIDIA GPU and no Java needs for accept.sh into target/gpu-bundle; run it after
# `mvn package`.
#   --shared FOLDER     where the ground truth is; default: shared beside the project's folder
#   HARDNET_JAVA_HOME   the JDK 25 to cut the runtime from; default: the one `hardnet doctor` runs on
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
bundle=$root/target/gpu-bundle
shared=$root/../shared
limit_mib=60
# What the command line loads: java.desktop because its commands name pictures.
modules=java.base,java.desktop,java.logging,jdk.unsupported
# At a few MiB together: every operator, a batch of 2, an odd size.
goldens=(
    hardnet39ds_1x3x224x224_seed1 hardnet39ds_2x3x160x192_seed2 hardnet68ds_1x3x224x224_seed1
    hardnet68_1x3x224x224_seed1 hardnet68_2x3x160x192_seed2 hardnet85_1x3x224x224_seed1
    fchardnet70_1x3x120x200_seed2 centernet_hardnet68_1x3x128x192_seed1 centernet_hardnet85_1x3x128x192_seed1
    ssd300_hardnet85_1x3x300x300_seed1 ssd512_hardnet68_1x3x512x512_seed1 ssd512_hardnet85_1x3x512x512_seed1)

fail() { printf 'bundle.sh: %s\n' "$*" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --shared) [ $# -ge 2 ] || fail "--shared needs a folder."; shared=$2; shift 2 ;;
        *) fail "'$1' is no option; expected --shared FOLDER." ;;
    esac
done

find_jar() {
    local jar
    for jar in "$root"/target/hardnet-*.jar; do
        case $jar in *-sources.jar|*-javadoc.jar|*-tests.jar) ;; *) [ -f "$jar" ] && echo "$jar" && return ;; esac
    done
    fail "target holds no hardnet-*.jar; run 'mvn package' first."
}

find_jdk() {
    local home=${HARDNET_JAVA_HOME:-}
    [ -n "$home" ] || home=$("$root/hardnet" doctor --json | sed -n 's/.*"java": ".*, \(.*\)",\{0,1\}$/\1/p')
    [ -x "$home/bin/jlink" ] || fail "'$home' holds no JDK with jlink; set HARDNET_JAVA_HOME to a JDK 25."
    echo "$home"
}

# Uncompressed inside, so that the archive around it compresses everything, libjvm.so too: a third of the size.
pack_runtime() {
    local runtime=$work/runtime
    "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages --no-header-files --compress zip-0 \
        --output "$runtime"
    tar -C "$work" -c --owner=0 --group=0 --sort=name runtime | xz -6 --threads=0 >"$bundle/runtime.tar.xz"
}

# Libraries of other platforms stay behind.
copy_jars() {
    mkdir "$bundle/lib"
    cp "$jar" "$bundle/lib/"
    local library
    for library in "$root"/target/lib/*.jar; do
        case $library in
            *-linux-arm64.jar|*-linux-armhf.jar|*-linux-ppc64le.jar|*-macosx-*.jar|*-windows-*.jar) ;;
            *) cp "$library" "$bundle/lib/" ;;
        esac
    done
}

copy_goldens() {
    mkdir "$bundle/golden"
    local golden file
    for golden in "${goldens[@]}"; do
        file=$shared/reference/golden/$golden.safetensors
        [ -s "$file" ] || fail "$file is missing; give the folder of the ground truth with --shared."
        cp "$file" "$bundle/golden/"
    done
    chmod -R u+w "$bundle/golden"
}

copy_scripts() {
    cp "$here"/accept.sh "$here"/README.md "$here"/*.py "$bundle/"
    rm -f "$bundle"/test_*.py
}

check_size() {
    local bytes
    bytes=$(find "$bundle" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
    printf '%s: %d.%d MiB in %d files\n' "$bundle" $((bytes / 1048576)) $((bytes * 10 / 1048576 % 10)) \
        "$(find "$bundle" -type f | wc -l)"
    [ "$bytes" -le $((limit_mib * 1048576)) ] || fail "the bundle is $bytes bytes; expected at most $limit_mib MiB."
}

# The packed runtime must start here what it is to start there.
check_start() {
    "$bundle/accept.sh" --check || fail "the bundle does not start; see above."
}

jar=$(find_jar)
jdk=$(find_jdk)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$bundle"
mkdir -p "$bundle"
pack_runtime
copy_jars
copy_goldens
copy_scripts
check_start
check_size
