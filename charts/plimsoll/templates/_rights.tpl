{{- define "plimsoll.subject" -}}
- kind: ServiceAccount
  name: {{ include "plimsoll.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Gives the servers the Role of the same name. */}}
{{- define "plimsoll.roleBinding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ .name }}
  namespace: {{ .namespace }}
  labels:
    {{- include "plimsoll.labels" .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}
subjects:
  {{- include "plimsoll.subject" .root | nindent 2 }}
{{- end -}}
