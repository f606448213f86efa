#!/usr/bin/env bash
# Holds the CUDA backend to golden outputs and measures it beside PyTorch, on a machine with an NVIDIA GPU; no Java
# needed. Needs the bundle of bundle.sh: beside this script, in ../../target/gpu-bundle, or in HARDNET_BUNDLE.
#   --quick         a subset that ends within 9 minutes, without compile
#   --parts LIST    some of machine,goldens,memcheck,latency,peers,dram,compile; default: all
#   --out FOLDER    where records and reports go, joined with those of earlier runs there; default: acceptance
#   --python FILE   the Python to use, with NumPy and, for the comparison, PyTorch; default: python3
#   --check         only start the command line, to see whether the bundle works
# A part that fails or runs out of its time is a line of the report; the others go on.
set -u

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
quick=()
all_parts=machine,goldens,memcheck,latency,peers,dram,compile
parts=
out=acceptance
python=python3
check=

say() { printf 'accept.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 2; }

# Refuses names that no part has.
check_parts() {
    local name
    for name in ${parts//,/ }; do
        case ,$all_parts, in
            *,"$name",*) ;;
            *) fail "'$name' is no part; expected some of $all_parts." ;;
        esac
    done
}

while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=(--quick); shift ;;
        --check) check=yes; shift ;;
        --parts|--out|--python)
            [ $# -ge 2 ] || fail "$1 needs a value."
            declare "${1#--}=$2"
            shift 2 ;;
        *) fail "'$1' is no option; see the first lines of $0." ;;
    esac
done

find_bundle() {
    local folder
    for folder in "${HARDNET_BUNDLE:-}" "$here" "$here/../../target/gpu-bundle"; do
        if [ -n "$folder" ] && [ -f "$folder/runtime.tar.xz" ]; then (cd "$folder" && pwd); return 0; fi
    done
    fail "there is no bundle beside this script or in target/gpu-bundle; make it with bundle.sh or set HARDNET_BUNDLE."
}

# Python's wheels carry CUDA's libraries; the driver's and the toolkit's own may lie outside the default path.
library_path() {
    "$python" - <<'PYTHON'
import glob, importlib.util, os
spec = importlib.util.find_spec("nvidia")
found = [folder for root in (spec.submodule_search_locations if spec else ()) for folder in glob.glob(root + "/*/lib")]
found += [folder for folder in ("/usr/local/nvidia/lib64", "/usr/local/cuda/lib64") if os.path.isdir(folder)]
print(":".join(found))
PYTHON
}

# Prints the path of tool $1, looked for where the toolkit and Nsight Compute put themselves.
find_tool() {
    local candidate
    for candidate in "$(command -v "$1")" /usr/local/cuda/bin/"$1" /opt/nvidia/nsight-compute/*/"$1"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then echo "$candidate"; return 0; fi
    done
    echo "$1"
}

write_launcher() {
    cat >"$work/hardnet" <<LAUNCHER
#!/usr/bin/env bash
# shellcheck disable=SC2086  # options are words
exec "$work/runtime/bin/java" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true \\
    -Dhardnet.cache="$work/cache" \${HARDNET_JAVA_OPTS:-} -cp "$bundle/lib/*" dev.hardnet.cli.Main "\$@"
LAUNCHER
    chmod +x "$work/hardnet"
}

# Runs part $1 for at most $2 seconds: the rest is its command. Its records go to a file of its own.
part() {
    local name=$1 seconds=$2 status=0 started=$SECONDS
    shift 2
    case ,$parts, in *,"$name",*) ;; *) return ;; esac
    rm -f "$out/$name.jsonl"
    timeout --kill-after=10 "$seconds" "$@" --out "$out/$name.jsonl" >"$out/$name.log" 2>&1 || status=$?
    case $status in
        0) ;;
        124|137) note "$name" "stopped after $seconds s; what it had found by then stands" ;;
        *) note "$name" "ended with status $status: $(tail -n 1 "$out/$name.log")" ;;
    esac
    say "$name took $((SECONDS - started)) s"
}

# Adds failure $2 to the records of part $1.
note() {
    "$python" - "$out/$1.jsonl" "$1" "$2" <<'PYTHON'
import json, sys
path, part, failure = sys.argv[1:]
open(path, "a").write(json.dumps({"part": part, "what": "the whole part", "failure": failure}) + "\n")
PYTHON
}

if [ -z "$parts" ]; then
    if [ ${#quick[@]} -gt 0 ]; then parts=${all_parts%,compile}; else parts=$all_parts; fi
fi
check_parts
bundle=$(find_bundle) || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m tarfile -e "$bundle/runtime.tar.xz" "$work" || fail "the runtime could not be unpacked."
write_launcher
export LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(library_path)${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

if [ -n "$check" ]; then
    "$work/hardnet" doctor && "$work/hardnet" plan --network hardnet68 >"$work/plan" && tail -n 1 "$work/plan"
    exit
fi

mkdir -p "$out"
ncu=$(find_tool ncu)
sanitizer=$(find_tool compute-sanitizer)
# Seconds for each part: with --quick all of them stay below 9 minutes together; in full, one command each, below 10.
if [ ${#quick[@]} -gt 0 ]; then
    limits=(20 90 40 190 85 110 60)
else
    limits=(30 300 200 500 560 500 560)
fi
ours=(--hardnet "$work/hardnet")
part machine "${limits[0]}" "$python" "$here/machine.py" "${ours[@]}"
part goldens "${limits[1]}" "$python" "$here/goldens.py" "${ours[@]}" --goldens "$bundle/golden" "${quick[@]}"
part memcheck "${limits[2]}" "$python" "$here/memcheck.py" "${ours[@]}" --sanitizer "$sanitizer"
part latency "${limits[3]}" "$python" "$here/latency.py" "${ours[@]}" "${quick[@]}"
part peers "${limits[4]}" "$python" "$here/peers.py" "${quick[@]}"
part dram "${limits[5]}" "$python" "$here/dram.py" "${ours[@]}" --ncu "$ncu" "${quick[@]}"
part compile "${limits[6]}" "$python" "$here/peers.py" --modes compile --cases profiled --limit 180 "${quick[@]}"
"$python" "$here/report.py" "$out"
