{{/* Arguments for what a decision comes to. */}}
{{- define "plimsoll.enforcement" -}}
{{- $enforcement := .Values.enforcement -}}
- --mode={{ $enforcement.mode }}
- --mutate={{ $enforcement.mutate }}
{{- range $enforcement.breakGlassGroups }}
- --break-glass-groups={{ . }}
{{- end }}
{{- range $enforcement.breakGlassUsers }}
- --break-glass-users={{ . }}
{{- end }}
{{- if or $enforcement.breakGlassGroups $enforcement.breakGlassUsers }}
- --break-glass-time={{ $enforcement.breakGlassTime }}
{{- end }}
{{- if $enforcement.auditLog }}
- --audit-log=-
{{- end }}
{{- if .Values.sharedCache.address }}
- --cache={{ .Values.sharedCache.address }}
- --cache-key-file=/etc/plimsoll/cache/key
{{- end }}
{{- end -}}
