# demo.sh: the steps of e2e/demo. Sourced; uses $namespace, $keep.

kubectl() { e2e/cluster tool kubectl "$@"; }
helm() { e2e/cluster tool helm "$@"; }
in_namespace() { kubectl --namespace "$namespace" "$@"; }
hub() { in_namespace exec hello-hub-0 -- "$@"; }

start_clock() { started=$SECONDS; }
elapsed() { echo $((SECONDS - started)); }
step() { printf '[%3d s] %s\n' "$(elapsed)" "$1"; }
section() { printf '\n== %s\n' "$1"; }

on_exit() {
  [ "$1" -eq 0 ] || show_failure
  $keep || kubectl delete namespace "$namespace" --timeout=90s >/dev/null || true
}

# What a person would look at first, and the rest in files, for the namespace goes.
show_failure() {
  local folder=target/demo/failed pod
  rm -rf "$folder" && mkdir -p "$folder"
  {
    echo "the demo failed; the state of $namespace (objects and logs are in $folder):"
    in_namespace get qudag,pods,jobs
    in_namespace get events --sort-by=.lastTimestamp | tail -n 20
  } >&2 || true
  in_namespace get qudag,pods,jobs,events -o yaml >"$folder/objects.yaml" || true
  kubectl logs --namespace qudag-system deployment/qudag-operator >"$folder/operator.log" || true
  for pod in $(in_namespace get pods -o name); do
    in_namespace logs --all-containers --prefix "$pod" >"$folder/${pod#pod/}.log" 2>&1 || true
  done
}

# await TEXT SECONDS ARGUMENTS...: kubectl wait, which watches; says what it waited for when it does not come true.
await() {
  local text=$1 seconds=$2
  shift 2
  in_namespace wait --timeout="${seconds}s" "$@" >/dev/null || { echo "not seen within $seconds s: $text" >&2; return 1; }
  step "  $text"
}
READY_REASON='{.status.conditions[?(@.type=="Ready")].reason}'

install_operator() { # namespace, watched namespace
  kubectl apply --server-side --force-conflicts -f crds/src/main/resources/META-INF/qudag >/dev/null
  helm upgrade --install qudag charts/qudag --namespace "$1" --create-namespace --wait --timeout 120s \
    --set "watchNamespaces={$2}" >/dev/null
}

condition() { in_namespace get "$1" "$2" -o jsonpath="{.status.conditions[?(@.type==\"$3\")].$4}"; }
swarm_ready() { [ "$(condition swarm hello Ready status)" = True ]; }

candidate() { in_namespace get workspace hello-forgetful-0 -o jsonpath="{.status.candidate.$1}"; }

propose_candidate() {
  kubectl apply --namespace "$namespace" -f - <<YAML
apiVersion: qudag.dev/v1alpha1
kind: MergeProposal
metadata:
  name: $(candidate proposalName)
spec:
  swarmRef: {name: hello}
  source:
    workspace: hello-forgetful-0
    revision: $(candidate commit)
  targetBranch: main
  title: Propose what the forgetful agent left behind
YAML
}

# What the proposals came to, asked once, when the story is over: a line each, oldest first.
remember_proposals() {
  proposals=$(in_namespace get mergeproposals --sort-by=.metadata.creationTimestamp -o jsonpath='{range .items[*]}{.metadata.name}{"\t"}{.status.author}{"\t"}{.status.conditions[?(@.type=="Ready")].reason}{"\t"}{.status.mergedCommit}{"\t"}{.status.certificate}{"\n"}{end}')
}
proposals_with() { awk -F'\t' -v reason="$1" '$3 == reason {print $1}' <<<"$proposals"; } # reason
proposals_of() { awk -F'\t' -v author="$1" -v reason="$2" '$2 == author && $3 == reason {print $1}' <<<"$proposals"; } # author reason
merged_commit() { awk -F'\t' -v name="$1" '$1 == name {print $4}' <<<"$proposals"; } # name
certificate_of() { awk -F'\t' -v name="$1" '$1 == name {print $5}' <<<"$proposals"; } # name
count() { "$@" | wc -l; }

show_refusal() {
  local refused merged
  refused=$(proposals_of hello-breaker-0 CheckFailed | head -n 1)
  merged=$(proposals_of hello-breaker-0 Merged | head -n 1)
  echo "$refused was refused:"
  condition mergeproposal "$refused" Ready message | fold -s -w 110 | sed 's/^/    /'
  echo
  echo "the agent's second attempt read this in /etc/qudag/feedback.json:"
  in_namespace get configmap hello-breaker-0-feedback-2 -o jsonpath='{.data.feedback\.json}' | fold -w 110 | sed 's/^/    /'
  echo
  echo "$merged, its mend, is on the branch:"
  hub git -C /var/lib/qudag/repository.git log -1 --format='    %h %s' "$(merged_commit "$merged")"
}

# Nothing of the cluster is asked while the certificate is verified: the program runs here, on two files.
verify_certificate() {
  local proposal digest folder fingerprint commit
  proposal=$(proposals_with Merged | head -n 1)
  digest=$(certificate_of "$proposal")
  commit=$(merged_commit "$proposal")
  fingerprint=$(in_namespace get swarm hello -o jsonpath='{.status.chain.genesisFingerprint}')
  folder=target/demo
  mkdir -p "$folder"
  hub cat "/var/lib/qudag/certificates/$digest.json" >"$folder/certificate.json"
  in_namespace get configmap hello-genesis -o jsonpath='{.binaryData.genesis}' | base64 -d >"$folder/genesis"
  echo "\$ qudag-node verify certificate.json --genesis-file genesis --genesis ${fingerprint:0:16}… --commit ${commit:0:12}…"
  qudag_node verify "$folder/certificate.json" --genesis-file "$folder/genesis" --genesis "$fingerprint" --commit "$commit"
}

qudag_node() { JAVA_HOME=${JAVA_HOME:-$(e2e/lib/java-home.sh)} node-image/node/target/dist/bin/qudag-node "$@"; }

assert_that() { # TEXT COMMAND...
  local text=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "  ok    $text"; else echo "  WRONG $text"; wrong=1; fi
}

assert_story() {
  wrong=0
  assert_that "the Swarm is Ready" swarm_ready
  assert_that "five proposals are Merged" [ "$(count proposals_with Merged)" -eq 5 ]
  assert_that "the broken change was refused by its check" [ -n "$(proposals_of hello-breaker-0 CheckFailed)" ]
  assert_that "its mend is Merged" [ -n "$(proposals_of hello-breaker-0 Merged)" ]
  assert_that "the forgetful agent's candidate is Merged" [ -n "$(proposals_of hello-forgetful-0 Merged)" ]
  assert_that "the hopeless agent ended CheckFailed" [ "$(condition agent hello-hopeless-0 Ready reason)" = CheckFailed ]
  assert_that "the branch has five merges, one for each" [ "$(merges_on_branch)" -eq 5 ]
  assert_that "the library's tests pass on the branch" tests_pass_on_branch
  [ $wrong -eq 0 ]
}

merges_on_branch() { hub git -C /var/lib/qudag/repository.git rev-list --count --merges main; }

tests_pass_on_branch() {
  local folder
  folder=$(mktemp -d)
  hub git -C /var/lib/qudag/repository.git archive main | tar -x -C "$folder" && (cd "$folder" && sh test/run.sh)
}
