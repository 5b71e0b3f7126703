#!/bin/sh
# Regenerates the part of PROTOCOL.md between the markers from the tables and examples.json.
# With --check changes nothing and fails when that part is stale.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ "${2:---check}" != --check ]; then
    echo "usage: protocol_update.sh BUILD_DIR [--check]" >&2
    exit 2
fi
folder=$(dirname "$0")
document=$folder/PROTOCOL.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$1/bin/protocol_tables" "$folder/examples.json" >"$work/tables"
awk -v tables="$work/tables" '
    /^<!-- \/generated -->$/ { inside = 0; closed = 1 }
    !inside { print }
    /^<!-- generated -->$/ {
        inside = 1
        print ""
        while ((getline line < tables) > 0)
            print line
    }
    END { if (!closed || inside) exit 1 }
' "$document" >"$work/document" || {
    echo "$document: no <!-- generated --> and <!-- /generated --> markers" >&2
    exit 1
}

if [ $# -eq 2 ]; then
    cmp -s "$work/document" "$document" && exit 0
    diff -u "$document" "$work/document" | head -40 >&2
    echo "$document is stale: run proto/protocol_update.sh $1" >&2
    exit 1
fi
cat "$work/document" >"$document"
