# apiserver.sh: etcd and the API server alone, on free ports, any number side by side: what the ITs run against. Sourced.
# There is no controller: namespaces stay Terminating, owners' children are not collected, pods are not run.

apiserver_up() { # DIR
  DIR=$1
  local try
  if ! { alive etcd && alive kube-apiserver && [ -s "$DIR/kubeconfig" ]; }; then
    need_packages curl openssl
    need_kubernetes
    for try in 1 2 3; do
      apiserver_start && break
      apiserver_down "$DIR" # another process took a port between the look and the start
      [ $try -lt 3 ] || die "the API server does not start; $DIR/log shows why"
    done
  fi
  echo "$DIR/kubeconfig"
}

apiserver_start() {
  local etcd peer port jobs=()
  read -r etcd peer port < <(free_ports 3 | xargs)
  make_authority
  make_server_certificate & jobs+=($!)
  make_certificate admin /O=system:masters/CN=admin & jobs+=($!)
  start_etcd "$etcd" "$peer"
  wait "${jobs[@]}"
  start_apiserver "$port" "$etcd" --bind-address=127.0.0.1 --disable-admission-plugins=ServiceAccount
  until apiserver_ready "$port"; do
    alive etcd && alive kube-apiserver || return 1
    sleep 0.1
  done
  write_kubeconfig admin "$DIR/kubeconfig" "$port"
  say "API server ready on port $port"
}

apiserver_down() { # DIR
  DIR=$1
  stop 0 kube-apiserver etcd
  rm -rf "$DIR/etcd" "$DIR/pki" "$DIR/run" "$DIR/kubeconfig"
}

# Ports below the range from which the kernel gives ports to clients, on which nothing listens now.
free_ports() { # COUNT
  local port found=0
  while [ $found -lt "$1" ]; do
    port=$((20000 + RANDOM % 12000))
    if ! (: </dev/tcp/127.0.0.1/$port) 2>/dev/null; then
      echo $port
      found=$((found + 1))
    fi
  done
}
