# pki.sh: a certificate authority of one cluster and its client certificates. Sourced; works on $DIR.
# The administrator's key is RSA, since the fabric8 client reads an EC client key only with Bouncy Castle on its path;
# all others are EC, which are made at once even when the machine is busy.

EC_KEY=(ec -pkeyopt ec_paramgen_curve:P-256)

make_authority() {
  mkdir -p "$DIR/pki"
  openssl req -x509 -newkey "${EC_KEY[@]}" -nodes -keyout "$DIR/pki/ca.key" -out "$DIR/pki/ca.crt" -subj /CN=qudag-e2e -days 30 2>/dev/null
  openssl ecparam -name prime256v1 -genkey -noout -out "$DIR/pki/sa.key" 2>/dev/null
  openssl ec -in "$DIR/pki/sa.key" -pubout -out "$DIR/pki/sa.pub" 2>/dev/null
}

make_certificate() { # NAME SUBJECT [SUBJECT-ALT-NAMES]
  local file=$DIR/pki/$1 key=("${EC_KEY[@]}")
  [ "$1" != admin ] || key=(rsa:2048)
  openssl req -new -newkey "${key[@]}" -nodes -keyout "$file.key" -out "$file.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$file.csr" -CA "$DIR/pki/ca.crt" -CAkey "$DIR/pki/ca.key" -set_serial "0x$(openssl rand -hex 16)" -days 30 -out "$file.crt" \
    -extfile <(printf 'keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s' "${3:+subjectAltName=$3}") 2>/dev/null
  rm "$file.csr"
}

# The names by which clients inside and outside of pods reach the API server.
make_server_certificate() {
  local name names=DNS:localhost,IP:127.0.0.1,IP:$SERVICE_FIRST${HOST_ADDRESS:+,IP:$HOST_ADDRESS}
  for name in kubernetes kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local; do names+=,DNS:$name; done
  make_certificate apiserver /CN=kube-apiserver "$names"
}

# write_kubeconfig CERTIFICATE FILE PORT: everything is inside the file, so it can be copied anywhere.
write_kubeconfig() {
  cat >"$2" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: qudag-e2e
  cluster: {server: "https://127.0.0.1:$3", certificate-authority-data: $(base64 -w0 "$DIR/pki/ca.crt")}
users:
- name: $1
  user: {client-certificate-data: $(base64 -w0 "$DIR/pki/$1.crt"), client-key-data: $(base64 -w0 "$DIR/pki/$1.key")}
contexts:
- name: qudag-e2e
  context: {cluster: qudag-e2e, user: $1}
current-context: qudag-e2e
YAML
  chmod 600 "$2"
}
