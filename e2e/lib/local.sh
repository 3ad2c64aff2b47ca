# local.sh: the provider `local`, a real Kubernetes of plain processes on this machine. Sourced.

API_PORT=6443
ETCD_PORT=2379

local_up() { # NODES
  DIR=$STATE
  refuse_second_cluster
  need_packages containerd runc /usr/lib/cni/bridge iptables conntrack ethtool socat buildah mmdebstrap curl openssl ip /bin/busybox
  need_kubernetes
  need_coredns
  need_local_path
  build_images pause
  mkdir -p "$DIR/conf" "$DIR/nodes"
  echo "$DIR" >"$MACHINE_MARK"
  seq "$1" >"$DIR/node-numbers"
  say "starting etcd, the API server and $1 node(s)"
  network_up
  each_node start_containerd
  local_certificates "$1"
  start_etcd $ETCD_PORT $((ETCD_PORT + 1))
  start_apiserver $API_PORT $ETCD_PORT --advertise-address="$HOST_ADDRESS" --enable-admission-plugins=NodeRestriction \
    --kubelet-preferred-address-types=InternalIP --kubelet-client-certificate="$DIR/pki/admin.crt" --kubelet-client-key="$DIR/pki/admin.key"
  each_node prepare_node
  await "the API server is ready" 60 apiserver_ready $API_PORT
  say "API server ready"
  start_controllers
  each_node start_kubelet
  start_proxy
  start_dns
  start_storage
  await "every node is Ready" 60 nodes_ready "$1"
  await "the default ServiceAccount is there" 60 local_kubectl get serviceaccount default
  say "$1 node(s) ready"
}

# Two kube-proxies would fight over one set of rules.
refuse_second_cluster() {
  local other
  other=$(cat "$MACHINE_MARK" 2>/dev/null) || other=
  if [ -n "$other" ] && [ "$other" != "$STATE" ] && [ -d "$other" ]; then
    die "a cluster runs on this machine already, with its state in $other; stop that one first (e2e/cluster down)"
  fi
  if (: </dev/tcp/127.0.0.1/10256) 2>/dev/null || (: </dev/tcp/127.0.0.1/$API_PORT) 2>/dev/null; then
    die "another Kubernetes runs on this machine (something listens on port 10256 or $API_PORT); stop it, or use --provider existing"
  fi
}

local_certificates() { # NODES
  local number jobs=()
  make_authority
  make_server_certificate & jobs+=($!)
  for number in $(seq "$1"); do
    make_certificate "node-$number" "/O=system:nodes/CN=system:node:$(node_name "$number")" "DNS:$(node_name "$number"),IP:127.0.0.1,IP:$HOST_ADDRESS" & jobs+=($!)
  done
  make_certificate admin /O=system:masters/CN=admin & jobs+=($!)
  make_certificate controller-manager /CN=system:kube-controller-manager & jobs+=($!)
  make_certificate scheduler /CN=system:kube-scheduler & jobs+=($!)
  make_certificate proxy /CN=system:kube-proxy & jobs+=($!)
  wait "${jobs[@]}"
  for name in controller-manager scheduler proxy $(seq -f 'node-%g' "$1"); do write_kubeconfig "$name" "$DIR/conf/$name.kubeconfig" $API_PORT; done
  write_kubeconfig admin "$DIR/admin.kubeconfig" $API_PORT
}

each_node() { # COMMAND
  local number
  for number in $(cat "$DIR/node-numbers"); do "$1" "$number"; done
}

prepare_node() { # NUMBER
  make_cgroup "$1"
  await "containerd of node $1 answers" 30 containerd_ctl "$1" version
  import_image "$1" "$PAUSE_IMAGE"
}

start_proxy() {
  cat >"$DIR/conf/proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: {kubeconfig: $DIR/conf/proxy.kubeconfig}
mode: iptables
clusterCIDR: $POD_RANGE
conntrack: {maxPerCore: 0}
iptables: {minSyncPeriod: 100ms}
hostnameOverride: $(node_name 1)
YAML
  start kube-proxy "$KUBERNETES" kube-proxy --v=1 --config="$DIR/conf/proxy.yaml"
}

# On the host, at an address of its own; pods have it as their name server.
start_dns() {
  cat >"$DIR/conf/Corefile" <<COREFILE
.:53 {
  bind $DNS_ADDRESS
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $DIR/admin.kubeconfig qudag-e2e
    pods insecure
    ttl 5
  }
  cache 5 {
    denial 64 1
  }
}
COREFILE
  start coredns "$COREDNS" -conf "$DIR/conf/Corefile"
}

start_storage() {
  sed -e "s#VOLUMES_FOLDER#$DIR/volumes#" -e "s#PAUSE_IMAGE#$PAUSE_IMAGE#" "$E2E/local/manifests/storage.yaml" >"$DIR/conf/storage.yaml"
  sed -n "s/^  config.json: '\(.*\)'/\1/p" "$DIR/conf/storage.yaml" >"$DIR/conf/local-path.json"
  local_kubectl apply --filename "$DIR/conf/storage.yaml" >/dev/null
  start local-path-provisioner "$LOCAL_PATH" start --config "$DIR/conf/local-path.json" --kubeconfig "$DIR/admin.kubeconfig" \
    --helper-image "$PAUSE_IMAGE" --namespace local-path-storage --configmap-name local-path-config
}

local_kubectl() { "$KUBERNETES" kubectl --kubeconfig "$DIR/admin.kubeconfig" "$@"; }

nodes_ready() { # COUNT
  [ "$(local_kubectl get nodes -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' | grep -c True)" -eq "$1" ]
}

# Every process we started runs and the API server answers.
local_running() {
  DIR=$STATE
  local name found=false
  for name in $(recorded); do
    found=true
    alive "$name" || return 1
  done
  $found && apiserver_ready $API_PORT
}

local_status() {
  DIR=$STATE
  local name
  for name in $(recorded); do
    if alive "$name"; then printf '%-28s process %s\n' "$name" "$(process_id "$name")"; else printf '%-28s DEAD, see e2e/cluster logs %s\n' "$name" "$name"; fi
  done
  local_kubectl get nodes -o wide
}

# The API server drains for a minute after SIGTERM; nobody waits for its answers any more.
local_down() {
  DIR=$STATE
  [ "$(id -u)" -eq 0 ] || die "the local cluster was started by root; run this as root"
  stop 0 local-path-provisioner coredns kube-proxy kube-scheduler kube-controller-manager kube-apiserver etcd
  [ ! -e "$DIR/node-numbers" ] || each_node stop_node
  remove_host_traces
  network_down
  unmount_below "$DIR"
  rm -rf "$DIR" "$MACHINE_MARK"
}

local_load() { # IMAGE...
  DIR=$STATE
  local image number
  for image; do
    for number in $(cat "$DIR/node-numbers"); do import_image "$number" "$image"; done
  done
}

local_kill() { # NODE CONTAINER
  DIR=$STATE
  containerd_ctl "${1#"$(node_name '')"}" task kill --signal SIGKILL "$2"
}

local_logs() { # [COMPONENT]
  if [ -n "${1:-}" ]; then cat "$STATE/log/$1.log"; else tail -n 20 "$STATE"/log/*.log; fi
}
