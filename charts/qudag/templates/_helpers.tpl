{{- define "qudag.name" -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}-operator
{{- end }}

{{- define "qudag.selector" -}}
app.kubernetes.io/name: qudag
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "qudag.labels" -}}
{{ include "qudag.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* The watched namespaces as a comma-separated list. */ -}}
{{- define "qudag.watched" -}}
{{ join "," (default (list .Release.Namespace) .Values.watchNamespaces) }}
{{- end }}

{{- /* The one name of cluster-wide objects: two releases of the same name may live in two namespaces. */ -}}
{{- define "qudag.clusterName" -}}
{{ printf "%s-%s" .Release.Namespace (include "qudag.name" .) }}
{{- end }}
