{{- define "proofs.small" -}}
limits:
  memory: 64Mi
{{- end -}}
{{- define "proofs.watch" -}}
{{- if not .Values.zones }}
{{- fail "no zones" }}
{{- end -}}
env:
- name: WATCH_1
  value: "1"
- name: WATCH_2
  value: "2"
- name: WATCH_3
  value: "3"
image: registry.example/watch:1
name: watch
{{- end -}}
{{- define "proofs.rule" }}
- apiGroups: [""]
  resources: [{{ .of }}]
  verbs:
{{- range .verbs }}
  - {{ . }}
{{- end }}
{{- end }}
{{- define "proofs.verbs" -}}["get", "watch"]{{- end }}
{{- define "proofs.lister" }}
{{- include "proofs.rule" (dict "of" .of "verbs" (list "list")) }}
{{- end }}
{{- define "proofs.twice" -}}
{{- if .Values.first }}
mode: plain
{{- else }}
mode: plain
{{- end }}
{{- end -}}
