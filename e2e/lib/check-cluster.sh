#!/usr/bin/env bash
# check-cluster.sh: what e2e/cluster promises about itself, on the provider local. No cluster may be up.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { echo "check-cluster: $1" >&2; exit 1; }

# All that a cluster puts on this machine outside of its own folder, and its processes and mounts.
traces() {
  iptables-save | grep -E '^(-A|:)' | sed 's/ \[.*//' | sort
  ip -o link | awk -F': ' '{print "link " $2}' | sort
  ip -o addr | awk '{print "address " $2, $4}' | sort
  find /sys/fs/cgroup -maxdepth 3 -name 'qudag*' | sort
  awk '/qudag/ {print "mount " $2}' /proc/mounts | sort
  pgrep -af 'kube-apiserver|kubelet|kube-proxy|containerd --config|coredns' | awk '$2 !~ /^\[/ {print "process " $2}' | sort || true # a zombie is nobody's
}

[ "$(uname -s) $(id -u)" = "Linux 0" ] || { echo "check-cluster: skipped, the provider local needs Linux and root"; exit 0; }
trap 'e2e/cluster down >/dev/null' EXIT
e2e/cluster down >/dev/null
mkdir -p target
traces >target/cluster-before

e2e/cluster --provider local --nodes 2 up
[ "$(e2e/cluster tool kubectl get nodes --no-headers | awk '$2 == "Ready"' | wc -l)" -eq 2 ] || fail "there are not two nodes that are Ready"

began=$SECONDS
e2e/cluster up
[ $((SECONDS - began)) -lt 15 ] || fail "a second up took $((SECONDS - began)) s"

other=$(mktemp -d)
if refusal=$(XDG_STATE_HOME=$other e2e/cluster up 2>&1); then fail "a second cluster on this machine was not refused"; fi
[ "$(wc -l <<<"$refusal")" -eq 1 ] || fail "a second cluster is not refused in one sentence: $refusal"
rm -rf "$other"

e2e/cluster down
traces >target/cluster-after
diff target/cluster-before target/cluster-after || fail "down left something behind"
echo "check-cluster: two nodes, a second up, a second cluster, and down are as promised"
