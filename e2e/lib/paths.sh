# paths.sh: where things are and which versions they have. Sourced; $E2E is the folder of the harness.
# The versions of programs in Go stand in local/go.mod, too.

KUBERNETES_VERSION=1.34.4
COREDNS_VERSION=1.13.2
LOCAL_PATH_VERSION=0.0.30
HELM_VERSION=3.19.5
JJ_VERSION=0.45.1
MERGIRAF_VERSION=0.20.0 # stands in node-image/licences/mergiraf and in TestingMergiraf, too

ROOT=$(dirname "$E2E")
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/qudag         # by version, kept for ever
STATE=${XDG_STATE_HOME:-$HOME/.local/state}/qudag/cluster # of the one cluster, removed by `down`
MACHINE_MARK=/run/qudag-cluster                       # names the cluster that owns this machine's kube-proxy rules

HOST_ADDRESS=$(hostname -I 2>/dev/null | awk '{print $1}')
DNS_ADDRESS=169.254.20.10
POD_RANGE=10.244.0.0/16
SERVICE_RANGE=10.96.0.0/16
SERVICE_FIRST=10.96.0.1

PAUSE_IMAGE=localhost/qudag/pause:1

cached() { echo "$CACHE/$1-$2/$3"; } # name version file
KUBERNETES=$(cached kubernetes $KUBERNETES_VERSION kubernetes)
COREDNS=$(cached coredns $COREDNS_VERSION coredns)
LOCAL_PATH=$(cached local-path-provisioner $LOCAL_PATH_VERSION local-path-provisioner)
HELM=$(cached helm $HELM_VERSION helm)
JJ=$(cached jj $JJ_VERSION bin/jj)
MERGIRAF=$(cached mergiraf $MERGIRAF_VERSION bin/mergiraf)
SYMBOLS_SOURCES=$ROOT/node-image/symbols
SYMBOLS_VERSION=$(cd "$SYMBOLS_SOURCES" && LC_ALL=C && cat Cargo.lock Cargo.toml src/*.rs | sha256sum | cut -c 1-16) # of its sources
SYMBOLS=$(cached symbols $SYMBOLS_VERSION bin/qudag-symbols)
