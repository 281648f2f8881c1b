"""The marks in a render to the places of its lines.
"""
import re
from typing import NamedTuple

from maptruth.chart import file_of_source
from maptruth.mark import MARK
from maptruth.template import BLANK


class Line:
    """The marks of one rendered line, read."""

    def __init__(self, text, stack, marks):
        self.open = None        # what is open where its text begins
        self.mark = None        # the template line that wrote it
        at = 0
        for match in MARK.finditer(text):
            if self.open is None and text[at:match.start()].strip(' \t'):
                self.open = list(stack)
            at = match.end()
            mark = marks[int(match.group(2))]
            if match.group(1) == 'O':
                stack.append(mark)
            elif match.group(1) == 'C':
                if mark in stack:
                    del stack[stack.index(mark):]
            elif self.open is not None and stack == self.open and \
                    not self.mark:
                self.mark = mark
        if self.open is None:
            self.open = list(stack)
        self.text = MARK.sub('', text).strip(BLANK)


def lead(template, line):
    """The literal text that template line LINE begins with."""
    return template.lines[line - 1].strip(BLANK).split('{{')[0].strip(BLANK)


class Row(NamedTuple):
    source: str
    line: int
    inner: str
    inner_line: int
    inner_path: str             # in the chart's folder
    calls: str


class Places:
    """The places of one document's lines."""

    def __init__(self, chart, path):
        self.chart, self.path = chart, path
        self.found = {}         # index -> (line, innermost path, its line)
        self.waiting = []       # lines that no mark has told yet

    def put(self, i, line, innermost):
        outer = line.open[0] if line.open else innermost
        if outer is None or outer.path != self.path:
            return
        where = (innermost.path, innermost.line) if innermost else ('-', 0)
        calls = [(mark.path, mark.line) for mark in line.open[1:]]
        self.found[i] = (outer.line, calls) + where

    def add(self, i, line):
        if self.waiting and self.waiting[-1][1].open != line.open:
            self.give_up()
        if line.mark and self.waiting and self.begins_here(line.mark):
            self.settle_waiting(i, line)
        elif line.mark:
            self.give_up()
            self.put(i, line, line.mark)
        elif line.open and not line.open[-1].of_helper:
            self.put(i, line, line.open[-1])
        else:
            self.waiting.append((i, line))

    def begins_here(self, mark):
        """Whether the waiting lines are the value that MARK's line prints."""
        begin = lead(self.chart.templates[mark.path], mark.line)
        return mark.has_action and begin and \
            self.waiting[0][1].text.startswith(begin)

    def settle_waiting(self, i, line):
        for j, other in self.waiting + [(i, line)]:
            known = j == self.waiting[0][0] or not line.mark.has_helper
            other.open = other.open or [line.mark]
            self.put(j, other, line.mark if known else None)
        self.waiting = []

    def give_up(self):
        for i, line in self.waiting:
            if line.open:
                self.put(i, line, None)
        self.waiting = []


def rows(chart, plain, marked):
    """Rows of truth.tsv: rendered line -> Row."""
    result = {}
    for one, other in zip(plain, marked):
        path = file_of_source(chart.folder, one.source)
        places = Places(chart, path)
        stack = []
        for i, (_, text) in enumerate(other.lines):
            places.add(i, Line(text, stack, chart.marks))
        places.give_up()
        for i, (line, calls, inner_path, inner_line) in places.found.items():
            def named(at):
                if at == '-':
                    return at
                return one.source if at == path else chart.name + '/' + at
            result[one.lines[i][0]] = Row(
                one.source, line, named(inner_path), inner_line, inner_path,
                ' '.join('%s:%d' % (named(at), n) for at, n in calls
                         if (at, n) != (inner_path, inner_line)))
    return result


ACTION = re.compile(r'\{\{.*?\}\}')
NOT_PLAIN = re.compile(r'\{\{-?\s*(if|else|range|with|end|define|block)\b|'
                       r'\bnindent\b')


def literals(text):
    """The literal parts of a template line, or none where they may vary."""
    if NOT_PLAIN.search(text):
        return []
    parts = [part.strip(BLANK) for part in ACTION.split(text)]
    if any('{{' in part or '}}' in part for part in parts):
        return []
    return [part for part in parts if part]


def has_in_order(text, parts):
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def verified(chart, stream, found):
    """How many lines have what their template line says, and of how many.

    This knows nothing of marks.
    """
    lines = stream.split('\n')
    checked = right = 0
    for number, row in found.items():
        if row.inner == '-':
            continue
        template = chart.templates[row.inner_path]
        parts = literals(template.lines[row.inner_line - 1])
        if parts:
            checked += 1
            right += has_in_order(lines[number - 1], parts)
    return right, checked
