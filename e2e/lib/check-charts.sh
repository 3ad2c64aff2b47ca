#!/usr/bin/env bash
# check-charts.sh: the charts lint and render, and the CRD chart holds exactly the generated CRDs.
set -euo pipefail
cd "$(dirname "$0")/../.."
helm() { e2e/cluster tool helm "$@"; }

for chart in charts/*/; do
  helm lint --strict "$chart" >/dev/null
  helm template check "$chart" --kube-version 1.34.4 --namespace check >/dev/null
done
diff -r crds/src/main/resources/META-INF/qudag charts/qudag-crds/templates ||
  { echo "charts/qudag-crds is not what crds/ generates: run make charts" >&2; exit 1; }
