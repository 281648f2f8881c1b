"""A template file to a tree: text, actions and controls, trimmed as Go trims.
"""
import re

BLANK = ' \t\r\n'


class Token:
    """Text, or an action with its delimiters taken off."""

    def __init__(self, start, end, text, is_action=False):
        self.start, self.end, self.text = start, end, text
        self.is_action = is_action
        self.trims_left = self.trims_right = False


def end_of_string(src, at):
    """The offset after the string, raw string or character at AT."""
    quote = src[at]
    at += 1
    while src[at] != quote:
        at += 2 if src[at] == '\\' and quote != '`' else 1
    return at + 1


def end_of_action(src, at):
    """The offset of the braces that close the action whose code is at AT."""
    while not src.startswith('}}', at):
        if src[at] in '"`\'':
            at = end_of_string(src, at)
        elif src.startswith('/*', at):
            at = src.index('*/', at) + 2
        else:
            at += 1
    return at


def tokens(src):
    """Text and actions in turn, beginning and ending with text."""
    result = []
    at = 0
    while True:
        start = src.find('{{', at)
        if start < 0:
            result.append(Token(at, len(src), src[at:]))
            return result
        result.append(Token(at, start, src[at:start]))
        at = start + 2
        action = Token(start, 0, '', True)
        if src[at] == '-' and src[at + 1] in BLANK:
            action.trims_left = True
            at += 1
        close = end_of_action(src, at)
        code = src[at:close]
        if len(code) > 1 and code[-1] == '-' and code[-2] in BLANK:
            action.trims_right = True
            code = code[:-1]
        at = action.end = close + 2
        action.text = code.strip(BLANK)
        result.append(action)


class Text:
    def __init__(self, text, line):
        self.text, self.line = text, line


class Action:
    """An action that is no control: it prints, assigns, or breaks."""

    def __init__(self, code, line, last_line, is_alone):
        self.code, self.line, self.last_line = code, line, last_line
        self.is_alone = is_alone


class Control:
    """if, with, range, define or block: a list of (code, body)."""

    def __init__(self, word, code):
        self.word = word
        self.branches = [(code, [])]


class Template:
    """The tree of one file, trim markers applied."""

    def __init__(self, path, src):
        self.path, self.src = path, src
        self.lines = src.split('\n')
        self.starts = [0] + [m.end() for m in re.finditer('\n', src)]
        self.body = []
        bodies = [self.body]
        controls = []
        found = tokens(src)
        for i, token in enumerate(found):
            if not token.is_action:
                self.add_text(bodies[-1], found, i)
                continue
            code = token.text
            word = (re.match(r'[a-z]*', code)).group()
            if code.startswith('/*'):
                continue
            if word in ('if', 'with', 'range', 'define', 'block'):
                control = Control(word, code)
                bodies[-1].append(control)
                controls.append(control)
                bodies.append(control.branches[0][1])
            elif word == 'else':
                controls[-1].branches.append((code, []))
                bodies[-1] = controls[-1].branches[-1][1]
            elif word == 'end':
                controls.pop()
                bodies.pop()
            else:
                bodies[-1].append(self.action(token))

    def line_of(self, offset):
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            if self.starts[middle] <= offset:
                low = middle
            else:
                high = middle
        return low + 1

    def add_text(self, body, found, i):
        text, start = found[i].text, found[i].start
        if i > 0 and found[i - 1].trims_right:
            start += len(text) - len(text.lstrip(BLANK))
            text = text.lstrip(BLANK)
        if i + 1 < len(found) and found[i + 1].trims_left:
            text = text.rstrip(BLANK)
        if text:
            body.append(Text(text, self.line_of(start)))

    def action(self, token):
        line = self.line_of(token.start)
        last_line = self.line_of(token.end - 1)
        before = self.src[self.starts[line - 1]:token.start]
        after = self.src[token.end:].split('\n', 1)[0]
        is_alone = not before.strip(BLANK) and not after.strip(BLANK)
        return Action(token.text, line, last_line, is_alone)
