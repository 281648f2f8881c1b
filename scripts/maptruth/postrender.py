"""The places of lines in what Helm 4 hands to a post-renderer.
"""
import difflib
import os
import re
import sys

from maptruth.chart import Document


TEE = """apiVersion: v1
type: postrenderer/v1
name: map-truth-tee
version: 1.0.0
runtime: subprocess
runtimeConfig:
  platformCommand:
    - command: ${HELM_PLUGIN_DIR}/tee.sh
"""
ANNOTATION = re.compile(r'^\s+postrenderer\.helm\.sh/postrender-filename: '
                        r'["\']?([^"\'\n]+)', re.M)


def caught(chart):
    """What Helm hands to a post-renderer, caught by a plugin."""
    folder = os.path.join(chart.scratch, 'plugins', 'map-truth-tee')
    copy = os.path.join(chart.scratch, 'caught')
    os.makedirs(folder)
    with open(os.path.join(folder, 'plugin.yaml'), 'w',
              encoding='utf-8') as file:
        file.write(TEE)
    script = os.path.join(folder, 'tee.sh')
    with open(script, 'w', encoding='utf-8') as file:
        file.write('#!/bin/sh\nexec tee "%s"\n' % copy)
    os.chmod(script, 0o755)
    os.environ['HELM_PLUGINS'] = os.path.dirname(folder)
    if chart.render(chart.folder,
                    ['--post-renderer', 'map-truth-tee']) is None:
        sys.exit('%s: no post-renderer\n%s' % (chart.folder, chart.trouble))
    with open(copy, encoding='utf-8', newline='') as file:
        return file.read()


def documents(stream):
    result = []
    number = 0
    for text in re.split(r'^---\n', stream, flags=re.M):
        source = ANNOTATION.search(text)
        document = Document(source.group(1).strip() if source else '-')
        for line in text.split('\n')[:-1]:
            number += 1
            if line.strip():
                document.lines.append((number, line))
        number += 1
        result.append(document)
    return result


def carried_over(rows, plain, annotated):
    """The rows for another order and indentation of the same documents.

    Documents of one file are told apart by which fits best; a line that is
    only in the other stream, as the annotation is, has no row.
    """
    result = {}
    left = list(plain)
    for document in annotated:
        words = [line.strip() for _, line in document.lines]
        best, matcher = None, None
        for one in left:
            if one.source != document.source:
                continue
            found = difflib.SequenceMatcher(
                None, [line.strip() for _, line in one.lines], words, False)
            if best is None or found.ratio() > matcher.ratio():
                best, matcher = one, found
        if best is None:
            continue
        left.remove(best)
        for i, j, count in matcher.get_matching_blocks():
            for k in range(count):
                row = rows.get(best.lines[i + k][0])
                if row:
                    result[document.lines[j + k][0]] = row
    return result
