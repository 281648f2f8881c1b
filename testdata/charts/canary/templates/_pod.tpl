{{- define "canary.labels" -}}
app: {{ .Chart.Name }}
release: {{ .Release.Name }}
{{- end }}

{{- define "canary.allLabels" -}}
{{- $base := include "canary.labels" . | fromYaml -}}
{{- toYaml (merge $base .Values.labels) }}
{{- end }}

{{- define "canary.pod" }}
  template:
    metadata:
      labels:
        {{- include "canary.allLabels" . | nindent 8 }}
    spec:
      {{- toYaml (omit .Values.pod "containers") | nindent 6 }}
      containers:
        {{- range .Values.pod.containers }}
        - name: {{ .name }}
          image: {{ $.Values.image }}
          {{- with .ports }}
          ports:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          readinessProbe:
            httpGet: {path: /ready, port: {{ (first .ports).name }}}
        {{- end }}
{{- end }}

{{- define "canary.steps" -}}
{{- range . }}
{{- if .setWeight }}
- setWeight: {{ .setWeight }}
{{- else if .pause }}
- pause:
    duration: {{ .pause.duration }}
{{- else }}
- pause: {}
{{- end }}
{{- end }}
{{- end }}
