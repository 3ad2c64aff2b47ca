# log.sh: what a person sees: each step with the seconds since the command began. Sourced.

say() { printf '[%3d s] %s\n' "$SECONDS" "$*" >&2; }

die() {
  printf 'e2e/cluster: %s\n' "$*" >&2
  exit 1
}

usage_error() {
  printf 'e2e/cluster: %s (see e2e/cluster --help)\n' "$*" >&2
  exit 2
}

# long TEXT LOG COMMAND...: runs what takes minutes with its output in LOG and says every 30 s that it still runs.
long() {
  local text=$1 log=$2 began=$SECONDS pid next
  shift 2
  mkdir -p "$(dirname "$log")"
  say "$text"
  "$@" >"$log" 2>&1 &
  pid=$!
  next=$((SECONDS + 30))
  while kill -0 "$pid" 2>/dev/null; do
    if [ $SECONDS -ge $next ]; then
      say "  still at it after $((SECONDS - began)) s: $(tail -n 1 "$log" | cut -c -100)"
      next=$((SECONDS + 30))
    fi
    sleep 0.2
  done
  if ! wait "$pid"; then
    tail -n 20 "$log" >&2
    die "failed: $text; the whole output is in $log"
  fi
  say "  done in $((SECONDS - began)) s"
}

# await TEXT SECONDS COMMAND...: polls until COMMAND succeeds.
await() {
  local text=$1 limit=$2 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || die "not seen within $limit s: $text; e2e/cluster logs shows why"
    sleep 0.1
  done
}
