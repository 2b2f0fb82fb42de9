#!/usr/bin/env bash
# Writes requirements/*.txt and package-lock.json anew; add --upgrade to take newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

for name in bootstrap run node dev; do
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
    "requirements/$name.in" --output-file "requirements/$name.txt" "$@"
done
npm install --package-lock-only --silent

# The same lock must work wherever the packages come from, so no address may stand in it.
if grep -n '://' requirements/*.txt || grep -n '"resolved"' package-lock.json; then
  echo "A lock file names an address; see the lines above."
  exit 1
fi
npm ci --silent # some packages can be locked and then not installed
