# builders.sh: buildah into one OCI layout for the local provider, docker for kind. Sourced.
# The layout keeps every layer once and uncompressed, so that a new build writes, and a load hands over, only what changed.

LAYOUT=$CACHE/images/layout
BLOBS=$LAYOUT/blobs/sha256
CERTIFICATES=/etc/ssl/certs/ca-certificates.crt

buildah_has() { [ -n "$(manifest_of "$1" 2>/dev/null)" ]; }

buildah_build() { # SHORT-NAME DOCKERFILE CONTEXT [BASE-IMAGE]
  local name result=0 certificates=()
  name=$(image_name "$1")
  # This machine may reach its package registries by an authority of its own: a RUN trusts what the machine trusts.
  [ ! -e "$CERTIFICATES" ] || certificates=(--volume "$CERTIFICATES:$CERTIFICATES:ro")
  store_with_buildah bud --layers --timestamp 0 "${certificates[@]}" --file "$2" --tag "$name" ${4:+--build-arg BASE_IMAGE="$4"} "$3" &&
    store_with_buildah push "$name" "oci:$LAYOUT:$1" && keep_uncompressed "$1" && store_with_buildah push "$name" "oci:$LAYOUT:$1" &&
    prune_layout || result=$?
  unmount_below "$CACHE/buildah"
  return $result
}

store_with_buildah() { BUILDAH_ISOLATION=chroot buildah --root "$CACHE/buildah/root" --runroot "$CACHE/buildah/run" --storage-driver overlay "$@"; }

digests() { grep -oE 'sha256:[0-9a-f]{64}' | cut -d : -f 2; }

manifest_of() { # SHORT-NAME
  grep -oE '"sha256:[0-9a-f]{64}","size":[0-9]+,"annotations":\{"org.opencontainers.image.ref.name":"'"$1"'"' "$LAYOUT/index.json" | digests
}

# The digests of the manifest, the config and the layers of an image.
blobs_of() { # SHORT-NAME
  manifest_of "$1"
  contents_of "$(manifest_of "$1")"
}

contents_of() { sed 's/"annotations".*//' "$BLOBS/$1" | digests; } # MANIFEST: its config, then its layers

# buildah compresses each layer that the layout does not hold under its uncompressed digest. Where it did, the layer is
# put there under that digest, and a second push finds it: it is never read or compressed again.
keep_uncompressed() { # SHORT-NAME
  local config layers layer diff
  { read -r config; mapfile -t layers; } < <(contents_of "$(manifest_of "$1")")
  while read -r diff; do
    layer=${layers[0]} layers=("${layers[@]:1}")
    [ -e "$BLOBS/$diff" ] || { gzip --decompress --stdout "$BLOBS/$layer" >"$BLOBS/new" && mv "$BLOBS/new" "$BLOBS/$diff"; }
  done < <(grep -oE '"diff_ids":\[[^]]*\]' "$BLOBS/$config" | digests)
}

# A manifest that a newer one took the name from stays in the index, without a name.
prune_layout() {
  local manifest
  sed -i -E 's/\{"mediaType":"[^"]*","digest":"[^"]*","size":[0-9]+\},?//g' "$LAYOUT/index.json"
  for manifest in $(digests <"$LAYOUT/index.json"); do echo "$manifest"; contents_of "$manifest"; done | sort -u |
    comm -13 - <(ls "$BLOBS" | sort) | sed "s#^#$BLOBS/#" | xargs -r rm
}

# import_image NODE-NUMBER IMAGE: an archive with only the layers that the node's containerd lacks.
import_image() {
  local short manifest stage began=$SECONDS
  short=$(short_name "$2")
  buildah_has "$short" || die "the image $2 was not built; e2e/cluster build does it"
  manifest=$(manifest_of "$short")
  if containerd_ctl "$1" images ls "name==$2" | grep -q "sha256:$manifest"; then return; fi
  stage=$(mktemp -d)
  mkdir -p "$stage/blobs/sha256"
  comm -23 <(blobs_of "$short" | sort -u) <(containerd_ctl "$1" content ls --quiet | digests | sort) |
    while read -r blob; do ln -s "$BLOBS/$blob" "$stage/blobs/sha256/$blob"; done
  echo '{"imageLayoutVersion": "1.0.0"}' >"$stage/oci-layout"
  cat >"$stage/index.json" <<JSON
{"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:$manifest",
  "size": $(stat -c %s "$BLOBS/$manifest"), "annotations": {"io.containerd.image.name": "$2"}}]}
JSON
  tar --dereference --create --directory "$stage" oci-layout index.json blobs | containerd_ctl "$1" images import - >/dev/null
  rm -rf "$stage"
  say "image $2 loaded in $((SECONDS - began)) s"
}

docker_has() { docker image inspect "$(image_name "$1")" >/dev/null 2>&1; }

docker_build() { # SHORT-NAME DOCKERFILE CONTEXT [BASE-IMAGE]
  docker build --file "$2" --tag "$(image_name "$1")" ${4:+--build-arg BASE_IMAGE="$4"} "$3"
}
