{{/* One configuration; both ask about the same objects. */}}
{{- define "plimsoll.webhook" -}}
{{- $root := .root -}}
{{- $webhooks := .root.Values.webhooks -}}
{{- $certificates := .root.Values.certificates -}}
apiVersion: admissionregistration.k8s.io/v1
kind: {{ .kind }}WebhookConfiguration
metadata:
  name: {{ include "plimsoll.fullname" $root }}
  labels:
    {{- include "plimsoll.labels" $root | nindent 4 }}
  {{- if eq $certificates.mode "cert-manager" }}
  annotations:
    cert-manager.io/inject-ca-from: {{ $root.Release.Namespace }}/{{ include "plimsoll.fullname" $root }}
  {{- end }}
webhooks:
  - name: {{ .word }}.plimsoll.example
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: {{ $webhooks.failurePolicy }}
    matchPolicy: Equivalent
    timeoutSeconds: {{ $webhooks.timeoutSeconds }}
    {{- if eq .word "mutate" }}
    reinvocationPolicy: IfNeeded
    {{- end }}
    clientConfig:
      {{- if eq $certificates.mode "secret" }}
      caBundle: {{ required "certificates.secret.authority is needed by the mode secret" $certificates.secret.authority | b64enc }}
      {{- end }}
      service:
        name: {{ include "plimsoll.fullname" $root }}
        namespace: {{ $root.Release.Namespace }}
        path: /{{ .word }}
        port: {{ $root.Values.service.port }}
    namespaceSelector:
      matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values:
            {{- toYaml (append $webhooks.excludedNamespaces $root.Release.Namespace | uniq) | nindent 12 }}
        {{- with $webhooks.namespaceExpressions }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    objectSelector:
      {{- toYaml $webhooks.objectSelector | nindent 6 }}
    {{- with $webhooks.matchConditions }}
    matchConditions:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    rules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources:
          - pods
          - pods/ephemeralcontainers
          {{- if $webhooks.controllers }}
          - replicationcontrollers
          - podtemplates
          {{- end }}
        scope: Namespaced
      {{- if $webhooks.controllers }}
      - apiGroups: [apps]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [deployments, replicasets, statefulsets, daemonsets]
        scope: Namespaced
      - apiGroups: [batch]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [jobs, cronjobs]
        scope: Namespaced
      {{- end }}
      {{- with $webhooks.extraRules }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
{{- end -}}
