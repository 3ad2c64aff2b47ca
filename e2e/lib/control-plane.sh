# control-plane.sh: etcd and the API server, then the controllers and the scheduler. Sourced; works on $DIR.

# Durability is not what tests claim: etcd does not wait for the disk.
start_etcd() { # CLIENT-PORT PEER-PORT
  start etcd "$KUBERNETES" etcd --name=e2e --data-dir="$DIR/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls="http://127.0.0.1:$1" --advertise-client-urls="http://127.0.0.1:$1" \
    --listen-peer-urls="http://127.0.0.1:$2" --initial-advertise-peer-urls="http://127.0.0.1:$2" --initial-cluster="e2e=http://127.0.0.1:$2"
}

start_apiserver() { # PORT ETCD-PORT FLAGS...
  local port=$1 etcd=$2
  shift 2
  start kube-apiserver "$KUBERNETES" kube-apiserver --v=1 --secure-port="$port" --etcd-servers="http://127.0.0.1:$etcd" \
    --cert-dir="$DIR/pki" --client-ca-file="$DIR/pki/ca.crt" \
    --tls-cert-file="$DIR/pki/apiserver.crt" --tls-private-key-file="$DIR/pki/apiserver.key" \
    --requestheader-client-ca-file="$DIR/pki/ca.crt" --requestheader-allowed-names=front-proxy-client --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$DIR/pki/sa.pub" --service-account-signing-key-file="$DIR/pki/sa.key" \
    --service-cluster-ip-range="$SERVICE_RANGE" --authorization-mode=Node,RBAC --allow-privileged=true "$@"
}

apiserver_ready() { [ "$(curl --silent --max-time 2 --cacert "$DIR/pki/ca.crt" "https://127.0.0.1:$1/readyz")" = ok ]; } # PORT

start_controllers() {
  local kubeconfig
  kubeconfig=$DIR/conf/controller-manager.kubeconfig
  start kube-controller-manager "$KUBERNETES" kube-controller-manager --v=1 --leader-elect=false --kube-api-qps=200 --kube-api-burst=400 \
    --kubeconfig="$kubeconfig" --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" --cert-dir="$DIR/pki" \
    --use-service-account-credentials --service-account-private-key-file="$DIR/pki/sa.key" --root-ca-file="$DIR/pki/ca.crt" \
    --cluster-signing-cert-file="$DIR/pki/ca.crt" --cluster-signing-key-file="$DIR/pki/ca.key"
  kubeconfig=$DIR/conf/scheduler.kubeconfig
  start kube-scheduler "$KUBERNETES" kube-scheduler --v=1 --leader-elect=false \
    --kubeconfig="$kubeconfig" --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" --cert-dir="$DIR/pki"
}
