# tools.sh: builds what no Debian package brings, once for each version, into the cache. Sourced.

# build NAME FILE ABOUT COMMAND...: unless FILE is there; two commands at a time do not build the same twice.
build() {
  local name=$1 file=$2 about=$3
  shift 3
  [ -x "$file" ] && return 0
  mkdir -p "$(dirname "$file")"
  exec 8>"$CACHE/$name.lock"
  flock 8
  [ -x "$file" ] || long "building $name ($about on 2 cores, once)" "$CACHE/log/$name.log" "$@"
  exec 8>&-
}

# A program of local/go.mod: it pins the dependencies of all of them, so what two of them share is compiled once.
# Moved into place when whole.
go_program() { # PACKAGE FILE LDFLAGS
  cd "$E2E/local" && CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags "-s -w $3" -o "$2.new" "$1" && mv "$2.new" "$2"
}

need_kubernetes() {
  local version=k8s.io/component-base/version minor=${KUBERNETES_VERSION#*.}
  [ -x "$KUBERNETES" ] || need_toolchain go Kubernetes golang-go
  build "kubernetes-$KUBERNETES_VERSION" "$KUBERNETES" "about 9 min" go_program ./kubernetes "$KUBERNETES" \
    "-X $version.gitVersion=v$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%.*}"
}

need_coredns() {
  [ -x "$COREDNS" ] || need_toolchain go CoreDNS golang-go
  build "coredns-$COREDNS_VERSION" "$COREDNS" "about 30 s" go_program ./coredns "$COREDNS" ""
}

need_local_path() {
  [ -x "$LOCAL_PATH" ] || need_toolchain go local-path-provisioner golang-go
  build "local-path-provisioner-$LOCAL_PATH_VERSION" "$LOCAL_PATH" "about 10 s" \
    go_program github.com/rancher/local-path-provisioner "$LOCAL_PATH" ""
}

need_helm() {
  [ -x "$HELM" ] || need_toolchain go Helm golang-go
  build "helm-$HELM_VERSION" "$HELM" "about 30 s" go_program helm.sh/helm/v3/cmd/helm "$HELM" \
    "-X helm.sh/helm/v3/internal/version.version=v$HELM_VERSION $(helm_kubernetes)"
}

# The Kubernetes that `helm template` supposes when it is not told.
helm_kubernetes() {
  local package=helm.sh/helm/v3/pkg/chartutil minor=${KUBERNETES_VERSION#*.}
  echo "-X $package.k8sVersionMajor=1 -X $package.k8sVersionMinor=${minor%.*}"
}

# Less optimized than a release: half of the time to build it, and git does the heavy work.
need_jj() {
  [ -x "$JJ" ] || need_toolchain cargo jj cargo
  build "jj-$JJ_VERSION" "$JJ" "about 8 min" \
    env CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
    cargo install --quiet --locked --root "$CACHE/jj-$JJ_VERSION" --no-default-features --features git "jj-cli@$JJ_VERSION" --bin jj
}

# What cargo keeps between two builds lies beside the other caches, for the checks of the sources too.
need_symbols() {
  [ -x "$SYMBOLS" ] || need_toolchain cargo qudag-symbols cargo
  build "symbols-$SYMBOLS_VERSION" "$SYMBOLS" "about 30 s" \
    env CARGO_TARGET_DIR="$CACHE/symbols-target" \
    cargo install --quiet --locked --root "$CACHE/symbols-$SYMBOLS_VERSION" --path "$SYMBOLS_SOURCES"
}

# Less optimized than a release, as jj is: grammars make it, and none of them is what a merge waits for.
need_mergiraf() {
  [ -x "$MERGIRAF" ] || need_toolchain cargo mergiraf cargo
  build "mergiraf-$MERGIRAF_VERSION" "$MERGIRAF" "about 2 min" \
    env CARGO_PROFILE_RELEASE_LTO=off \
    cargo install --quiet --locked --root "$CACHE/mergiraf-$MERGIRAF_VERSION" "mergiraf@$MERGIRAF_VERSION" --bin mergiraf
}

# run_tool NAME ARGS...: one of the tools, built when it is not there; kubectl and helm know the cluster.
run_tool() {
  local name=$1
  shift
  [ -n "${KUBECONFIG:-}" ] || export KUBECONFIG=$STATE/admin.kubeconfig
  case $name in
    kubectl) # ours has the cluster's version; one on the PATH spares the build where it is not there
      if [ -x "$KUBERNETES" ] || ! command -v kubectl >/dev/null; then need_kubernetes && exec "$KUBERNETES" kubectl "$@"; else exec kubectl "$@"; fi ;;
    kubernetes) need_kubernetes && exec "$KUBERNETES" "$@" ;; # etcd, the API server and the others: what tests start
    helm) if command -v helm >/dev/null; then exec helm "$@"; else need_helm && exec "$HELM" "$@"; fi ;;
    jj) need_jj && exec "$JJ" "$@" ;;
    symbols) need_symbols && exec "$SYMBOLS" "$@" ;;
    mergiraf) need_mergiraf && exec "$MERGIRAF" "$@" ;;
    *) usage_error "no tool $name; there are kubectl, kubernetes, helm, jj, symbols, mergiraf" ;;
  esac
}
