# node.sh: one node: containerd, a bridge, the kubelet, in a folder and a cgroup of its own. Sourced; works on $DIR.

node_name() { echo "qudag-$1"; } # NUMBER
node_dir() { echo "$DIR/nodes/$1"; }
containerd_socket() { echo "$(node_dir "$1")/containerd.sock"; }
containerd_ctl() { # NUMBER ARGS...
  local number=$1
  shift
  ctr --address "$(containerd_socket "$number")" --namespace k8s.io "$@"
}

start_containerd() { # NUMBER
  local folder
  folder=$(node_dir "$1")
  mkdir -p "$folder/cni"
  cat >"$folder/cni/10-bridge.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "qudag-e2e", "plugins": [
  {"type": "bridge", "bridge": "$(bridge_of "$1")", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$folder/addresses",
            "ranges": [[{"subnet": "$(pod_range_of "$1")"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
JSON
  cat >"$folder/containerd.toml" <<TOML
version = 2
root = "$folder/containerd"
state = "$folder/run"
[grpc]
  address = "$(containerd_socket "$1")"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$folder/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$folder/runc"
TOML
  start "node-$1-containerd" containerd --config "$folder/containerd.toml"
}

# A cgroup for each node, or one kubelet would take the other's pods for orphans and kill them.
make_cgroup() { # NUMBER
  local parent file
  for parent in $(cgroup_parents); do
    mkdir -p "$parent/$(node_name "$1")"
    for file in cpuset.cpus cpuset.mems; do # in v1 empty at first, and nothing can be put into an empty set
      if [ -e "$parent/tasks" ] && [ -e "$parent/$file" ]; then cat "$parent/$file" >"$parent/$(node_name "$1")/$file"; fi
    done
  done
  if [ -e /sys/fs/cgroup/cgroup.subtree_control ]; then
    echo '+cpu +cpuset +io +memory +pids' | tee /sys/fs/cgroup/cgroup.subtree_control >"/sys/fs/cgroup/$(node_name "$1")/cgroup.subtree_control"
  fi
}

cgroup_parents() { # every v1 controller, the v2 tree, or both
  awk '$3 == "cgroup" || $3 == "cgroup2" {print $2}' /proc/mounts
}

remove_cgroup() { # NUMBER
  local parent
  for parent in $(cgroup_parents); do
    [ -d "$parent/$(node_name "$1")" ] && find "$parent/$(node_name "$1")" -depth -type d -exec rmdir {} + 2>/dev/null
  done
  return 0
}

start_kubelet() { # NUMBER
  local folder port=$((10250 + 100 * ($1 - 1)))
  folder=$(node_dir "$1")
  cat >"$folder/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
port: $port
healthzPort: $((port - 2))
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $DIR/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $DIR/pki/node-$1.crt
tlsPrivateKeyFile: $DIR/pki/node-$1.key
cgroupDriver: cgroupfs
cgroupRoot: /$(node_name "$1")
containerRuntimeEndpoint: unix://$(containerd_socket "$1")
clusterDNS: [$DNS_ADDRESS]
clusterDomain: cluster.local
failSwapOn: false
maxPods: 250
podLogsDir: $folder/pods
# Disk and images are the developer's own business on a machine of their own.
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
volumeStatsAggPeriod: 10m
# Speed: no limits towards the API server, no waiting in line.
serializeImagePulls: false
registryPullQPS: 0
eventRecordQPS: 0
kubeAPIQPS: 200
kubeAPIBurst: 400
# A container that tests kill again and again comes back at once (KEP-4603).
featureGates: {KubeletCrashLoopBackOffMax: true}
crashLoopBackOff: {maxContainerRestartPeriod: 2s}
YAML
  start "node-$1-kubelet" "$KUBERNETES" kubelet --v=1 --config="$folder/kubelet.yaml" --kubeconfig="$DIR/conf/node-$1.kubeconfig" \
    --root-dir="$folder/kubelet" --cert-dir="$folder/pki" --hostname-override="$(node_name "$1")" --node-ip="$HOST_ADDRESS" --housekeeping-interval=30s
}

# What the kubelet and the plugins put outside of the node's folder.
remove_host_traces() {
  rm -f /var/lib/kubelet/device-plugins/kubelet.sock
  rmdir -p --ignore-fail-on-non-empty /var/lib/kubelet/device-plugins /var/lib/cni/results /run/containerd/s /run/netns 2>/dev/null
  return 0
}

# Nothing is asked to end: what a pod holds is thrown away with the cluster.
stop_node() { # NUMBER
  stop 0 "node-$1-kubelet" "node-$1-containerd"
  kill_containers "$1"
  stop_shims "$1"
  unmount_below "$(node_dir "$1")"
  remove_cgroup "$1"
  grep -lsF "$(node_dir "$1")/" /var/lib/cni/results/* | xargs -r rm
  find /var/log/containers -lname "$(node_dir "$1")/*" -delete 2>/dev/null
  return 0
}

kill_containers() { # NUMBER
  local parent processes
  while
    processes=$(for parent in $(cgroup_parents); do
      find "$parent/$(node_name "$1")" -name cgroup.procs -exec cat {} + 2>/dev/null
    done | sort -u)
    [ -n "$processes" ]
  do
    xargs -r kill -9 <<<"$processes" 2>/dev/null || true
    sleep 0.05
  done
}

# A shim names the socket of its containerd, which lies in our own folder, as an argument.
stop_shims() { # NUMBER
  local process socket
  socket=$(containerd_socket "$1")
  for process in $(grep -lsF "$socket" /proc/[0-9]*/cmdline | cut -d / -f 3); do
    xargs -0 -a "/proc/$process/cmdline" printf '%s\n' 2>/dev/null | grep -qxF "$socket" && kill -9 "$process" 2>/dev/null
  done
  find "$(node_dir "$1")/run" -name address -exec cat {} + 2>/dev/null | sed 's#unix://#\n#g' | xargs -r rm -f
}

unmount_below() { # FOLDER
  local mounts
  mounts=$(awk -v folder="$1/" 'index($2, folder) == 1 {print $2}' /proc/mounts | sort -r)
  [ -z "$mounts" ] || xargs -n 1 umount --lazy <<<"$mounts"
}
