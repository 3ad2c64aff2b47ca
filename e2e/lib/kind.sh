# kind.sh: the provider `kind`, Kubernetes in containers of Docker or Podman. Sourced.

KIND_CLUSTER=qudag

kind_usable() { command -v kind >/dev/null && docker info >/dev/null 2>&1; }

kind_running() { kind get clusters 2>/dev/null | grep -qx $KIND_CLUSTER; }

kind_up() { # NODES
  local number
  kind_usable || die "the provider kind needs kind on the PATH and a Docker that answers"
  mkdir -p "$STATE"
  { kind_settings
    printf 'nodes:\n- role: control-plane\n'
    for number in $(seq 2 "$1"); do printf -- '- role: worker\n'; done; } >"$STATE/kind.yaml"
  long "creating the kind cluster with $1 node(s)" "$CACHE/log/kind.log" \
    kind create cluster --name $KIND_CLUSTER --config "$STATE/kind.yaml" --kubeconfig "$STATE/admin.kubeconfig" --wait 120s
}

# A container that tests kill again and again comes back at once (KEP-4603), as in the provider local.
kind_settings() {
  cat <<'YAML'
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
featureGates: {KubeletCrashLoopBackOffMax: true}
kubeadmConfigPatches:
- |
  kind: KubeletConfiguration
  crashLoopBackOff: {maxContainerRestartPeriod: 2s}
YAML
}

kind_down() {
  kind delete cluster --name $KIND_CLUSTER
  rm -rf "$STATE"
}

kind_status() { run_tool kubectl --kubeconfig "$STATE/admin.kubeconfig" get nodes -o wide; }

kind_load() { kind load docker-image --name $KIND_CLUSTER "$@"; } # IMAGE...

kind_kill() { docker exec "$1" ctr --namespace k8s.io task kill --signal SIGKILL "$2"; } # NODE CONTAINER

kind_logs() {
  local folder
  folder=$(mktemp -d)
  kind export logs --name $KIND_CLUSTER "$folder"
}
