#!/bin/sh
# Writes requirements.lock: every dependency of the package and of its tests, pinned with hashes for Python 3.11 and newer.
set -eu
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
    --group dev pyproject.toml scripts/build.in -o requirements.lock
