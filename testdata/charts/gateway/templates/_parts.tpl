{{ define "gateway.neither" }}
app: gateway
part-of: edge
{{ end }}
{{- define "gateway.before" }}
app: gateway
part-of: edge
{{- end }}
{{ define "gateway.after" -}}
app: gateway
part-of: edge
{{ end -}}
{{- define "gateway.both" -}}
app: gateway
part-of: edge
{{- end -}}

{{- define "gateway.volumes" }}
      volumes:
        - name: tmp
          emptyDir: {}
        {{- range .Values.volumes }}
        - name: {{ .name }}
          emptyDir: {}
        {{- end }}
{{- end }}
