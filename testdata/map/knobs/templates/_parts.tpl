{{- define "knobs.probe" -}}
httpGet: {path: {{ .path }}, port: http}
periodSeconds: 2
timeoutSeconds: {{ .timeout }}
{{- end -}}
{{- define "knobs.container" -}}
- name: web
  image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
  ports:
    - name: http
      containerPort: 8080
  livenessProbe:
    {{- include "knobs.probe" (dict "path" "/live" "timeout" .Values.web.probes.live) | nindent 4 }}
  readinessProbe:
    {{- include "knobs.probe" (dict "path" "/ready" "timeout" .Values.web.probes.ready) | nindent 4 }}
  {{- with .Values.web.lifecycle }}
  lifecycle:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  resources:
    {{- toYaml .Values.resources | nindent 4 }}
{{- end -}}
