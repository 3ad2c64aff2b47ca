#!/usr/bin/env bash
# check-symbols.sh: the sources of the parser are formatted, clippy has nothing to say, and their tests pass.
set -euo pipefail
cd "$(dirname "$0")/../../node-image/symbols"
export CARGO_TARGET_DIR=${XDG_CACHE_HOME:-$HOME/.cache}/qudag/symbols-target # as e2e/cluster tool symbols: grammars are compiled once

if command -v cargo-fmt >/dev/null && command -v cargo-clippy >/dev/null; then
  cargo fmt --check
  cargo clippy --quiet --locked --release --all-targets -- -D warnings
else
  echo "cargo fmt and cargo clippy are not on the PATH: the format of node-image/symbols is not checked" >&2
fi
cargo test --quiet --locked --release >/dev/null
