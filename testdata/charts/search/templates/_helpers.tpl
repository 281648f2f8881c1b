{{- define "search.labels" -}}
app: search
release: {{ .Release.Name }}
{{- end }}

{{- define "search.affinity" -}}
{{- if eq .Values.affinityPreset "hard" }}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels:
          {{- include "search.labels" . | nindent 10 }}
{{- else if eq .Values.affinityPreset "soft" }}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 10
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "search.labels" . | nindent 12 }}
{{- end }}
{{- end }}

{{- define "search.sysctl" -}}
- name: sysctl
  image: registry.example/busybox:1.36
  command: [sysctl, -w, vm.max_map_count=262144]
  securityContext:
    privileged: true
{{- end }}

{{- define "search.merged" -}}
{{- $own := dict "app" "search" "release" .Release.Name -}}
{{- toYaml (merge $own .Values.annotations) }}
{{- end }}
