{{- define "plimsoll.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "plimsoll.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "plimsoll.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "plimsoll.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "plimsoll.selector" -}}
app.kubernetes.io/name: {{ include "plimsoll.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "plimsoll.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "plimsoll.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/component: admission
{{- end -}}

{{- define "plimsoll.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "plimsoll.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "plimsoll.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Empty where there are neither policies nor a cluster to take them from: then no webhook is registered. */}}
{{- define "plimsoll.judges" -}}
{{- if or .Values.policies.fromCluster (include "plimsoll.policies" .) -}}true{{- end -}}
{{- end -}}

{{/* Empty where servers ask nothing of the cluster. */}}
{{- define "plimsoll.asksCluster" -}}
{{- $cluster := .Values.cluster -}}
{{- if or .Values.policies.fromCluster $cluster.lookUp $cluster.reports $cluster.events $cluster.recheckEvery (eq .Values.certificates.mode "own") -}}true{{- end -}}
{{- end -}}

{{/* The ConfigMap of policies; empty where there is none. */}}
{{- define "plimsoll.policies" -}}
{{- if .Values.policies.existingConfigMap -}}
{{- .Values.policies.existingConfigMap -}}
{{- else if .Values.policies.files -}}
{{- include "plimsoll.fullname" . }}-policies
{{- end -}}
{{- end -}}

{{- define "plimsoll.trustedRoot" -}}
{{- if .Values.trustedRoot.existingConfigMap -}}
{{- .Values.trustedRoot.existingConfigMap -}}
{{- else if .Values.trustedRoot.json -}}
{{- include "plimsoll.fullname" . }}-trusted-root
{{- end -}}
{{- end -}}

{{/* Empty where there is nothing to configure. */}}
{{- define "plimsoll.configuration" -}}
{{- if or .Values.config .Values.registries.certificateAuthorities .Values.certificates.clientAuthority -}}
{{- include "plimsoll.fullname" . }}-config
{{- end -}}
{{- end -}}

{{- define "plimsoll.certificate" -}}
{{- if eq .Values.certificates.mode "secret" -}}
{{- required "certificates.secret.name is needed by the mode secret" .Values.certificates.secret.name -}}
{{- else -}}
{{- include "plimsoll.fullname" . }}-tls
{{- end -}}
{{- end -}}
