# existing.sh: the provider `existing`, a cluster that somebody else runs, given on purpose by KUBECONFIG. Sourced.
# Images go to QUDAG_REGISTRY (HOST[:PORT]/PATH), or to a kind cluster by its own `kind load`.

existing_up() { # NODES
  [ -n "${KUBECONFIG:-}" ] || die "the provider existing needs KUBECONFIG to name the cluster"
  run_tool_quietly kubectl get --raw /readyz || die "the cluster of KUBECONFIG=$KUBECONFIG does not answer"
  mkdir -p "$STATE"
  (run_tool kubectl config view --raw --minify --flatten) >"$STATE/admin.kubeconfig"
  chmod 600 "$STATE/admin.kubeconfig"
}

run_tool_quietly() { (run_tool "$@") >/dev/null 2>&1; }

existing_running() { KUBECONFIG=$STATE/admin.kubeconfig run_tool_quietly kubectl get --raw /readyz; }

existing_down() { rm -rf "$STATE"; } # the cluster itself is not ours

existing_status() { run_tool kubectl --kubeconfig "$STATE/admin.kubeconfig" get nodes -o wide; }

existing_load() { # IMAGE...
  local image target
  [ -n "${QUDAG_REGISTRY:-}" ] || die "the provider existing pushes images; set QUDAG_REGISTRY to where (HOST[:PORT]/PATH)"
  for image; do
    target=$QUDAG_REGISTRY/$(short_name "$image"):dev
    if [ "$BUILDER" = docker ]; then docker tag "$image" "$target" && docker push "$target"; else store_with_buildah push "$image" "docker://$target"; fi
    say "pushed $target"
  done
}

existing_kill() { die "the processes of an existing cluster's nodes are with who runs it"; }

existing_logs() { die "the logs of an existing cluster's components are with who runs it"; }
