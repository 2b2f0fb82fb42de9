#!/usr/bin/env bash
# Succeeds when PATH has npm and a Node that is new enough for our tools.
set -euo pipefail
command -v npm >/dev/null && command -v node >/dev/null || exit 1
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]
