# images.sh: what goes into each image and whether it has to be built again. Sourced.
# An image is built when the hash of its inputs changed: its Dockerfile, its context, the image it stands on.

PRODUCT_IMAGES="base node operator"
JAVA_MODULES=java.se,jdk.unsupported,jdk.crypto.cryptoki,jdk.zipfs,jdk.net,jdk.httpserver,jdk.management,jdk.jfr,jdk.jcmd,jdk.naming.dns,jdk.localedata
ROOTFS_VERSION=3   # to be raised when the recipe in make_rootfs changes
BOOKWORM_VERSION=1 # the same for make_bookworm
JRE_VERSION=2      # to be raised when the recipe in make_jre changes

image_name() { case $1 in pause) echo $PAUSE_IMAGE ;; *) echo "localhost/qudag/$1:dev" ;; esac }
short_name() { local name=${1##*/}; echo "${name%%:*}"; } # of an image: localhost/qudag/node:dev → node

build_images() { # SHORT-NAME...
  local short
  mkdir -p "$CACHE/images" "$CACHE/log"
  exec 7>"$CACHE/images.lock"
  flock 7
  for short; do
    declare -F "context_of_$short" >/dev/null || die "no image $short; there are: $PRODUCT_IMAGES, and of samples/agents claude-code, codex and aider"
    "context_of_$short"
  done
  exec 7>&-
}

context_of_pause() {
  local context=$CACHE/images/pause.context link
  if [ ! -x "$context/root/pause" ]; then
    need_toolchain go "the pause image" golang-go
    mkdir -p "$context/root/bin"
    cp /bin/busybox "$context/root/bin/busybox"
    for link in sh mkdir rm; do ln -sf busybox "$context/root/bin/$link"; done
    (cd "$E2E/local/pause" && CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$context/root/pause" pause.go)
  fi
  build_image pause "$E2E/dockerfiles/pause/Dockerfile" "$context"
}

context_of_base() {
  if [ "$BUILDER" = docker ]; then
    build_image base "$E2E/dockerfiles/base/Dockerfile" "$E2E/dockerfiles/base"
  else
    local rootfs=$CACHE/rootfs-trixie-$ROOTFS_VERSION
    [ -e "$rootfs/rootfs.tar" ] || long "making the base image's file system (Debian trixie, about 30 s, once)" "$CACHE/log/rootfs.log" make_rootfs "$rootfs"
    build_image base "$E2E/dockerfiles/base/Dockerfile.rootfs" "$rootfs"
  fi
}

make_rootfs() { # FOLDER
  mkdir -p "$1"
  SOURCE_DATE_EPOCH=0 mmdebstrap --variant=minbase --include=ca-certificates,curl,git,openssh-client,tini \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/perl/*/pod/*' \
    --customize-hook='chroot "$1" useradd --uid 10001 --user-group --no-create-home --home-dir /home/agent qudag' \
    --customize-hook='rm -rf "$1"/usr/share/locale "$1"/var/cache/* "$1"/var/lib/apt/lists/* "$1"/var/log/*' \
    trixie "$1/new.tar" && mv "$1/new.tar" "$1/rootfs.tar"
}

context_of_jre() {
  local home version context
  home=$("$E2E/lib/java-home.sh") || exit 1
  version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$home/release")
  context=$CACHE/jre-$version-$JRE_VERSION
  [ -d "$context/java" ] || long "linking a Java runtime from $home (about 15 s, once)" "$CACHE/log/jre.log" make_jre "$home" "$context"
  context_of_base
  build_image jre "$E2E/dockerfiles/jre/Dockerfile" "$context" base
}

# The node program runs with compact object headers, and the class archive for them is not among what jlink makes.
make_jre() { # JDK FOLDER
  rm -rf "$2"
  mkdir -p "$2"
  "$1/bin/jlink" --add-modules "$JAVA_MODULES" --strip-debug --no-man-pages --no-header-files --generate-cds-archive --output "$2/new" &&
    "$2/new/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump &&
    rm "$2/new/lib/server/classes_nocoops.jsa" &&
    mv "$2/new" "$2/java"
}

context_of_node() {
  local dist=$ROOT/node-image/node/target/dist context=$CACHE/images/node.context
  [ -d "$dist/lib" ] || die "$dist is not there; build it first: make build"
  need_jj
  need_symbols
  need_mergiraf
  context_of_jre
  mkdir -p "$context"
  cp -u "$JJ" "$context/jj"
  cmp -s "$SYMBOLS" "$context/qudag-symbols" || cp "$SYMBOLS" "$context/qudag-symbols"
  cmp -s "$MERGIRAF" "$context/mergiraf" || cp "$MERGIRAF" "$context/mergiraf"
  rm -rf "$context/licences"
  cp -r "$ROOT/node-image/licences" "$context/licences"
  rm -rf "$context/dist" "$context/libraries"
  mkdir -p "$context/libraries"
  cp -rp "$dist" "$context/dist"
  find "$context/dist/lib" -name '*.jar' ! -name 'qudag-*' -exec mv -t "$context/libraries" {} +
  chmod +x "$context/dist/bin/"* "$context/dist/agent/"*
  build_image node "$ROOT/node-image/Dockerfile" "$context" jre
}

# For tests only: what the tests of the node module compile, on top of the node image.
context_of_faulty() {
  local classes=dev/qudag/node/validator context=$CACHE/images/faulty.context
  [ -e "$ROOT/node-image/node/target/test-classes/$classes/FaultyValidator.class" ] ||
    die "the classes of FaultyValidator are not there; compile them first: mvn test-compile -pl node-image/node -am"
  context_of_node
  rm -rf "$context"
  mkdir -p "$context/classes/$classes"
  cp "$ROOT/node-image/node/target/test-classes/$classes/"{FaultyValidator,Liar}*.class "$context/classes/$classes"
  cp "$E2E/dockerfiles/faulty/faulty-node" "$context"
  build_image faulty "$E2E/dockerfiles/faulty/Dockerfile" "$context" node
}

context_of_operator() {
  local app=$ROOT/operator/target/quarkus-app
  [ -e "$app/quarkus-run.jar" ] || die "$app is not there; build it first: make build"
  context_of_jre
  build_image operator "$ROOT/operator/Dockerfile" "$app" jre
}

# The agents of samples/agents, built when they are asked for by name: they are large. Each brings its program from npm or
# PyPI in its Dockerfile; what is not free is so never passed on, only built for who runs this.
context_of_claude-code() { build_agent claude-code base; }
context_of_codex() { build_agent codex base; }
context_of_aider() { if [ "$BUILDER" = docker ]; then build_agent aider; else build_agent aider bookworm; fi; }

build_agent() { # SHORT-NAME [BASE-SHORT-NAME]
  local context=$CACHE/images/$1.context
  [ $# -eq 1 ] || "context_of_$2"
  rm -rf "$context"
  mkdir -p "$context"
  cp -rp "$ROOT/samples/agents/"{task-prompt,"$1"} "$context"
  build_image "$1" "$context/$1/Dockerfile" "$context" "${2:-}"
}

# What debian:bookworm-slim is for Docker: a Debian with a Python that Aider runs with.
context_of_bookworm() {
  local rootfs=$CACHE/rootfs-bookworm-$BOOKWORM_VERSION
  [ -e "$rootfs/rootfs.tar" ] || long "making a file system of Debian bookworm (about 20 s, once)" "$CACHE/log/bookworm.log" make_bookworm "$rootfs"
  build_image bookworm "$E2E/dockerfiles/base/Dockerfile.rootfs" "$rootfs"
}

make_bookworm() { # FOLDER
  mkdir -p "$1"
  SOURCE_DATE_EPOCH=0 mmdebstrap --variant=minbase --include=ca-certificates \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook='rm -rf "$1"/var/cache/* "$1"/var/lib/apt/lists/* "$1"/var/log/*' \
    bookworm "$1/new.tar" && mv "$1/new.tar" "$1/rootfs.tar"
}

# build_image SHORT-NAME DOCKERFILE CONTEXT [BASE-SHORT-NAME]
build_image() {
  local short=$1 inputs began=$SECONDS record=$CACHE/images/$1.inputs
  inputs=$(inputs_hash "$2" "$3" "${4:-}")
  if [ "$inputs" = "$(cat "$record" 2>/dev/null)" ] && "${BUILDER}_has" "$short"; then return; fi
  "${BUILDER}_build" "$short" "$2" "$3" "${4:+$(image_name "$4")}" >"$CACHE/log/image-$short.log" 2>&1 ||
    { tail -n 20 "$CACHE/log/image-$short.log" >&2; die "the image $(image_name "$short") cannot be built"; }
  echo "$inputs" >"$record"
  say "image $(image_name "$short") built in $((SECONDS - began)) s"
}

# Large files that never change under their name, as rootfs.tar, are known by size and time.
inputs_hash() { # DOCKERFILE CONTEXT BASE-SHORT-NAME
  { echo "$BUILDER"
    cat "$1"
    [ -z "$3" ] || cat "$CACHE/images/$3.inputs"
    cd "$2" && find . -type f -size -20M -print0 | sort -z | xargs -0 -r sha256sum
    find . -type f -size +20M -printf '%p %s %T@\n' | sort
  } | sha256sum | cut -d ' ' -f 1
}
