# network.sh: what the cluster changes in the host's network, and the way back. Sourced; works on $DIR.

# One bridge has one gateway, so each node has a bridge and a range of its own.
bridge_of() { echo "qudag$1"; }          # NODE-NUMBER
pod_range_of() { echo "10.244.$1.0/24"; } # NODE-NUMBER

# Three rules for all pods instead of the plugins' chains for each pod: pods start faster, and `down` knows what to remove.
network_rules() { # -A|-D
  iptables -w -t nat "$1" POSTROUTING -s $POD_RANGE ! -d $POD_RANGE -m comment --comment qudag-e2e -j MASQUERADE
  iptables -w "$1" FORWARD -s $POD_RANGE -m comment --comment qudag-e2e -j ACCEPT
  iptables -w "$1" FORWARD -d $POD_RANGE -m comment --comment qudag-e2e -j ACCEPT
}

network_up() {
  [ -n "$HOST_ADDRESS" ] || die "this machine has no address besides loopback; the kubelet needs one"
  sysctl -n net.ipv4.ip_forward >"$DIR/ip_forward"
  sysctl -qw net.ipv4.ip_forward=1
  modprobe br_netfilter 2>/dev/null || true # built in, or a module; without it a partition within one bridge has no effect
  sysctl -qw net.bridge.bridge-nf-call-iptables=1 2>/dev/null || true
  network_rules -A
  ip address add $DNS_ADDRESS/32 dev lo
}

network_down() {
  local tables number
  ip address del $DNS_ADDRESS/32 dev lo 2>/dev/null || true
  for number in 1 2 3 4 5 6 7 8 9; do ip link del "$(bridge_of $number)" 2>/dev/null || true; done
  for tables in iptables ip6tables; do remove_rules "$tables"; done
  [ ! -s "$DIR/ip_forward" ] || sysctl -qw net.ipv4.ip_forward="$(cat "$DIR/ip_forward")"
}

# Chains of kube-proxy and the kubelet, and our three rules; what others put there stays.
remove_rules() { # iptables|ip6tables
  local before
  before=$("$1-save" 2>/dev/null) || return 0
  if grep -qE 'KUBE-|qudag-e2e' <<<"$before"; then
    grep -vE 'KUBE-|qudag-e2e' <<<"$before" | "$1-restore" -w
  fi
}
