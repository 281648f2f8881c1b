"""A template's tree to the text of the template with marks in it.

A mark is a comment at the end of a line, so the YAML stays what it was:

    line   the rendered line it ends up on was written by this template line
    open   from here on an action writes that may write many lines
    close  up to here

Inside open and close the marks of the helper that wrote tell its lines, and
the outermost open tells the line of the file that called it.

Helpers exist twice, as they were and with marks.  Calls that print the helper
as lines of its own ask for the marked one; names, conditions, hashes and
values see the plain one.
"""
import re

from maptruth.template import Action, BLANK, Text

MARKED = '@marked'
MARK = re.compile(r'(?: ?#)?@~([LOC])(\d+)~@')


class Mark:
    """What comes out is ` #@~L12~@`; raw ones go without ` #`."""

    def __init__(self, letter, path, line):
        self.letter, self.path, self.line = letter, path, line
        self.is_raw = False
        # For L: the line prints actions, one of them a helper.
        self.has_action = self.has_helper = False
        # For O: what is between the marks is a helper's.
        self.of_helper = False
        self.number = None

    def text(self, letter):
        return '%s@~%s%d~@' % ('' if self.is_raw else ' #', letter,
                               self.number)


class Close:
    """The end of what a mark opened."""

    def __init__(self, opened):
        self.opened = opened


class Call:
    """The name in a call of a helper: the marked one, or the plain one.

    NAME is a string, or an expression that makes one.
    """

    def __init__(self, path, line, name):
        self.path, self.line, self.name = path, line, name
        self.letter = 'N'
        self.number = None

    def text(self, is_marked):
        if not is_marked:
            return self.name
        if self.name[0] in '"`':
            return self.name[:-1] + MARKED + self.name[-1]
        return '(print %s "%s")' % (self.name, MARKED)


ASSIGNS = re.compile(r'(\$\w*)\s*(?:,\s*\$\w+\s*)?:?=\s*')
CALLS = re.compile(r'^(\(*\s*(?:tpl\s*\(\s*)?(?:include|template)\s+)'
                   r'("[^"]+"|`[^`]+`|[.$][\w.]*|\([^()]*\))')
# What may follow in the pipeline without making other text of it.
HARMLESS = re.compile(r'^(nindent|indent|trim|trimPrefix|trimSuffix)\b')


def keeps_lines(code):
    """Whether the text that an action's first command gives is printed."""
    stages = re.split(r'\|(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    return all(HARMLESS.match(s.strip(BLANK + '()')) for s in stages[1:])


class Marker:
    """Turns a tree to chunks: strings, marks and calls."""

    def __init__(self, template, helpers, register):
        self.template, self.helpers = template, helpers
        self.register = register
        self.is_marking = True
        self.chunks = []
        # (line, body) -> where its last visible piece is among the chunks
        self.visible = {}
        self.lines = {}
        self.from_helper = {}
        self.walk(template.body, ('file',))
        self.finish_lines()

    def mark(self, letter, line):
        return self.register(Mark(letter, self.template.path, line))

    def walk(self, body, where):
        for i, node in enumerate(body):
            if isinstance(node, Text):
                self.text(node, where)
            elif isinstance(node, Action):
                self.action(node, where)
            elif node.word == 'define':
                self.define(node, where + (i,))
            else:
                self.control(node, where + (i,))

    def define(self, node, where):
        """Both kinds of the helper; what is around it goes on after."""
        code, body = node.branches[0]
        outer = self.is_marking, self.chunks, self.visible, self.lines
        chunks = []
        for is_marking in (False, True):
            self.is_marking = is_marking
            self.chunks, self.visible, self.lines = [], {}, {}
            self.walk(body, where)
            self.finish_lines()
            name = re.match(r'define\s+["`]([^"`]+)', code).group(1)
            chunks.append('{{ define "%s%s" }}' %
                          (name, MARKED if is_marking else ''))
            chunks += self.chunks + ['{{ end }}']
        self.is_marking, self.chunks, self.visible, self.lines = outer
        # As one chunk it cannot be taken for text before an action.
        self.chunks.append(chunks)

    def control(self, node, where):
        for i, (code, body) in enumerate(node.branches):
            dot = self.from_helper.get('.')
            head = re.match(r'with\s+(?:(\$\w+)\s*:=\s*)?', code)
            if head:
                chunks = self.call(code[head.end():], 0)
                self.from_helper['.'] = chunks is not None
                if head.group(1):
                    self.from_helper[head.group(1)] = chunks is not None
                self.chunks.append(['{{ ' + head.group()] +
                                   (chunks or [code[head.end():]]) + [' }}'])
            else:
                if node.word == 'range':
                    self.from_helper['.'] = False
                self.chunks.append(['{{ ' + code + ' }}'])
            self.walk(body, where + (i,))
            self.from_helper['.'] = dot
        self.chunks.append(['{{ end }}'])

    def text(self, node, where):
        line = node.line
        for piece in re.split(r'(\r?\n)', node.text):
            if piece.endswith('\n'):
                self.end_line(line, where)
                line += 1
            elif piece.strip(BLANK) and not piece.startswith('---'):
                self.chunks.append(piece)
                self.see(line, line, where)
                continue
            if piece:
                self.chunks.append(piece)

    def see(self, line, first_line, where, action=None):
        """Something visible of LINE was printed, from FIRST_LINE on."""
        self.visible[line, where] = len(self.chunks)
        self.lines.setdefault(line, [first_line, False, False])
        if action:
            self.lines[line][1] = True
            if re.search(r'\b(include|template|tpl)\b', action.code):
                self.lines[line][2] = True

    def line_mark(self, line):
        first_line, has_action, has_helper = self.lines[line]
        mark = self.mark('L', first_line)
        mark.has_action, mark.has_helper = has_action, has_helper
        return mark

    def end_line(self, line, where):
        """What was printed of LINE in this body or in it ends here."""
        ended = [key for key in self.visible
                 if key[0] == line and key[1][:len(where)] == where]
        for key in ended:
            del self.visible[key]
        if ended and self.is_marking:
            self.chunks.append(self.line_mark(line))

    def finish_lines(self):
        """Lines whose end was trimmed away end with what they printed."""
        ends = [(at, line) for (line, where), at in self.visible.items()
                if not any(other == line and later > at and
                           where[:len(outer)] == outer
                           for (other, outer), later in self.visible.items())]
        if self.is_marking:
            for at, line in sorted(ends, reverse=True):
                self.chunks.insert(at, self.line_mark(line))
        self.visible = {}

    def action(self, node, where):
        assigns = ASSIGNS.match(node.code)
        if assigns:
            head, code = assigns.group(), node.code[assigns.end():]
            chunks = self.call(code, node.line)
            self.from_helper[assigns.group(1)] = chunks is not None
            self.chunks.append(['{{ ' + head] + (chunks or [code]) + [' }}'])
        elif node.code in ('break', 'continue'):
            self.chunks.append(['{{ ' + node.code + ' }}'])
        elif self.is_marking and (node.is_alone or
                                  re.search(r'\bnindent\b', node.code)):
            self.block(node, where)
        else:
            self.chunks.append(['{{ ' + node.code + ' }}'])
            self.see(node.last_line, node.line, where, node)

    def call(self, code, line):
        """The chunks of CODE if it prints what a helper of the chart does."""
        match = CALLS.match(code)
        if not match or not self.is_marking or not keeps_lines(code):
            return None
        name = match.group(2)
        if name[0] in '"`' and name[1:-1] not in self.helpers:
            return None
        call = self.register(Call(self.template.path, line, name))
        return [match.group(1), call, code[match.end():]]

    def block(self, node, where):
        """An action that may print many lines, between open and close."""
        begins_line = re.search(r'\bnindent\b', node.code)
        if begins_line:
            self.end_line(node.line, where)
        chunks = self.call(node.code, node.line)
        variable = re.match(r'(\.|\$\w+)\s*(?:\||$)', node.code)
        opened = self.mark('O', node.line)
        opened.of_helper = (
            chunks is not None or
            bool(re.match(r'\(*\s*(include|template)\b', node.code) and
                 keeps_lines(node.code)) or
            bool(variable and self.from_helper.get(variable.group(1))))
        self.place_open(opened, begins_line)
        self.chunks.append(['{{ '] + (chunks or [node.code]) + [' }}'])
        self.chunks.append(Close(opened))

    def place_open(self, opened, begins_line):
        """Before the line break that the action's line begins after."""
        at = len(self.chunks)
        while at and isinstance(self.chunks[at - 1], str) and \
                not self.chunks[at - 1].strip(' \t'):
            at -= 1
        indent = ''.join(self.chunks[at:])
        if begins_line:
            self.chunks.append(opened)
        elif at and self.chunks[at - 1] in ('\n', '\r\n'):
            self.chunks.insert(at - 1, opened)
        elif self.is_at_line_start(at):
            self.chunks += [opened, '\n' + indent]
        else:
            self.chunks.append(opened)

    def is_at_line_start(self, at):
        """Whether only controls are between a line break and chunk AT."""
        while at and (isinstance(self.chunks[at - 1], list) or
                      not isinstance(self.chunks[at - 1], str) or
                      not self.chunks[at - 1].strip(' \t')):
            at -= 1
        return not at or self.chunks[at - 1] in ('\n', '\r\n')


def written(chunks, active):
    """The text of a marked template with the ACTIVE marks."""
    parts = []
    for chunk in chunks:
        if isinstance(chunk, list):
            part = written(chunk, active)
        elif isinstance(chunk, Call):
            part = chunk.text(chunk.number in active)
        elif isinstance(chunk, Close):
            opened = chunk.opened
            part = opened.text('C') if opened.number in active else ''
        elif isinstance(chunk, Mark):
            part = chunk.text(chunk.letter) if chunk.number in active else ''
        else:
            part = chunk
        if part.startswith('{{') and parts and parts[-1].endswith('{'):
            parts[-1] = parts[-1][:-1] + '{{ "{" }}'
        if part:
            parts.append(part)
    return ''.join(parts)
