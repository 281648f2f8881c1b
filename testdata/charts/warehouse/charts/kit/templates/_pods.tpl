{{- define "kit.resources" -}}
{{- $presets := dict
  "nano" (dict
      "requests" (dict "cpu" "100m" "memory" "128Mi")
      "limits" (dict "cpu" "150m" "memory" "192Mi")
   )
  "micro" (dict
      "requests" (dict "cpu" "250m" "memory" "256Mi")
      "limits" (dict "cpu" "375m" "memory" "384Mi")
   )
}}
{{- index $presets .type | toYaml -}}
{{- end -}}

{{- define "kit.affinity.soft" -}}
preferredDuringSchedulingIgnoredDuringExecution:
  - podAffinityTerm:
      labelSelector:
        matchLabels: {{- (include "kit.selector" (dict "custom" .podLabels "context" .context)) | nindent 10 }}
          {{- if not (empty .component) }}
          {{ printf "component: %s" .component }}
          {{- end }}
      topologyKey: kubernetes.io/hostname
    weight: 1
{{- end -}}

{{- define "kit.affinity.hard" -}}
requiredDuringSchedulingIgnoredDuringExecution:
  - labelSelector:
      matchLabels: {{- (include "kit.selector" (dict "custom" .podLabels "context" .context)) | nindent 8 }}
        {{- if not (empty .component) }}
        {{ printf "component: %s" .component }}
        {{- end }}
    topologyKey: kubernetes.io/hostname
{{- end -}}

{{- define "kit.affinity" -}}
{{- if eq .type "soft" }}
{{- include "kit.affinity.soft" . -}}
{{- else if eq .type "hard" }}
{{- include "kit.affinity.hard" . -}}
{{- end -}}
{{- end -}}
