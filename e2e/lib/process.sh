# process.sh: processes that outlive the command, known by process id and start time, never by name. Sourced.
# Works on $DIR, the folder of one cluster or one API server: $DIR/run/NAME.pid holds "pid starttime".

# The 22nd field of /proc/PID/stat; what stands before it may hold blanks only inside the parentheses.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

start() { # NAME COMMAND...
  local name=$1 pid
  shift
  mkdir -p "$DIR/run" "$DIR/log"
  setsid nohup "$@" >>"$DIR/log/$name.log" 2>&1 </dev/null &
  pid=$!
  echo "$pid $(start_time "$pid")" >"$DIR/run/$name.pid"
}

alive() { # NAME
  local pid began
  read -r pid began 2>/dev/null <"$DIR/run/$1.pid" || return 1
  [ -n "$began" ] && [ "$(start_time "$pid")" = "$began" ]
}

process_id() { cut -d ' ' -f 1 "$DIR/run/$1.pid"; }

# stop GRACE NAME...: SIGTERM to all, SIGKILL to what is left after GRACE seconds, and waits until all are gone.
stop() {
  local grace=$1 name tenths
  shift
  for name; do alive "$name" && kill "$(process_id "$name")" 2>/dev/null; done
  for ((tenths = grace * 10; tenths > 0; tenths--)); do
    any_alive "$@" || break
    sleep 0.1
  done
  for name; do alive "$name" && kill -9 "$(process_id "$name")" 2>/dev/null; done
  while any_alive "$@"; do sleep 0.05; done
  for name; do rm -f "$DIR/run/$name.pid"; done
}

any_alive() {
  local name
  for name; do alive "$name" && return 0; done
  return 1
}

# Names of all that was started in $DIR, those whose name begins with the argument first.
recorded() { find "$DIR/run" -maxdepth 1 -name "${1:-}*.pid" -printf '%f\n' 2>/dev/null | sed 's/\.pid$//' | sort; }
