# builders.sh: buildah into OCI layouts for the local provider, docker for kind. Sourced.
# The layout of each image keeps its layers as files, so that a load hands over only what a node does not have yet.

layout_of() { echo "$CACHE/images/$1"; }

buildah_has() { [ -s "$(layout_of "$1")/index.json" ]; }

buildah_build() { # SHORT-NAME DOCKERFILE CONTEXT [BASE-IMAGE]
  local name layout
  name=$(image_name "$1") layout=$(layout_of "$1")
  store_with_buildah bud --layers --timestamp 0 --file "$2" --tag "$name" ${4:+--build-arg BASE_IMAGE="$4"} "$3" &&
    store_with_buildah push --disable-compression "$name" "oci:$layout:dev" &&
    prune_layout "$layout"
  local result=$?
  unmount_below "$CACHE/buildah"
  return $result
}

store_with_buildah() { BUILDAH_ISOLATION=chroot buildah --root "$CACHE/buildah/root" --runroot "$CACHE/buildah/run" --storage-driver overlay "$@"; }

# Digests, without their algorithm, of the manifest and all that it names.
blobs_of() { # LAYOUT
  local manifest
  manifest=$(manifest_of "$1")
  echo "$manifest"
  sed 's/"annotations".*//' "$1/blobs/sha256/$manifest" | grep -oE 'sha256:[0-9a-f]{64}' | cut -d : -f 2 | sort -u
}

manifest_of() { grep -oE 'sha256:[0-9a-f]{64}' "$1/index.json" | tail -n 1 | cut -d : -f 2; } # LAYOUT

prune_layout() { # LAYOUT
  comm -13 <(blobs_of "$1" | sort -u) <(ls "$1/blobs/sha256" | sort) | sed "s#^#$1/blobs/sha256/#" | xargs -r rm
}

# import_image NODE-NUMBER IMAGE: an archive with only the layers that the node's containerd lacks.
import_image() {
  local layout manifest stage began=$SECONDS
  layout=$(layout_of "$(short_name "$2")")
  [ -s "$layout/index.json" ] || die "the image $2 was not built; e2e/cluster build does it"
  manifest=$(manifest_of "$layout")
  if containerd_ctl "$1" images ls "name==$2" | grep -q "sha256:$manifest"; then return; fi
  stage=$(mktemp -d)
  mkdir -p "$stage/blobs/sha256"
  comm -23 <(blobs_of "$layout" | sort -u) <(containerd_ctl "$1" content ls --quiet | cut -d : -f 2 | sort) |
    while read -r blob; do ln -s "$layout/blobs/sha256/$blob" "$stage/blobs/sha256/$blob"; done
  echo '{"imageLayoutVersion": "1.0.0"}' >"$stage/oci-layout"
  cat >"$stage/index.json" <<JSON
{"schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:$manifest",
  "size": $(stat -c %s "$layout/blobs/sha256/$manifest"), "annotations": {"io.containerd.image.name": "$2"}}]}
JSON
  tar --dereference --create --directory "$stage" oci-layout index.json blobs | containerd_ctl "$1" images import - >/dev/null
  rm -rf "$stage"
  say "image $2 loaded in $((SECONDS - began)) s"
}

docker_has() { docker image inspect "$(image_name "$1")" >/dev/null 2>&1; }

docker_build() { # SHORT-NAME DOCKERFILE CONTEXT [BASE-IMAGE]
  docker build --file "$2" --tag "$(image_name "$1")" ${4:+--build-arg BASE_IMAGE="$4"} "$3"
}
