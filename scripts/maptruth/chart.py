"""A chart, its renders, and the marks that leave these as they are.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from maptruth.mark import MARK, Mark, Marker, written
from maptruth.template import Template

CACHE = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
HELM = (os.environ.get('HELM') or shutil.which('helm') or
        os.path.join(CACHE, 'rolloutlint', 'helm-4', 'helm'))


def template_paths(chart):
    """The templates of a chart and of the charts in its charts/ folders."""
    for folder, folders, files in os.walk(chart):
        folders.sort()
        relative = os.path.relpath(folder, chart)
        if re.match(r'(charts/[^/]+/)*templates(/|$)', relative):
            for name in sorted(files):
                if name != 'NOTES.txt':
                    yield os.path.join(relative, name)


def metadata(chart):
    """The name in Chart.yaml, and its aliases: alias -> name."""
    with open(os.path.join(chart, 'Chart.yaml'), encoding='utf-8') as file:
        text = file.read()
    name = re.search(r'^name:\s*["\']?([^\s"\']+)', text, re.M).group(1)
    aliases = {}
    depends = re.search(r'^dependencies:\s*\n((?:[ -].*\n?|\n)*)', text, re.M)
    for item in re.split(r'^\s*-\s', depends.group(1) if depends else '',
                         flags=re.M):
        of = dict(re.findall(r'^\s*(name|alias):\s*["\']?([^\s"\']+)', item,
                             re.M))
        if 'alias' in of and 'name' in of:
            aliases[of['alias']] = of['name']
    return name, aliases


def file_of_source(chart, source):
    """The path in the chart's folder of what a Source comment names."""
    parts = source.split('/')[1:]
    folder, found = chart, []
    while len(parts) > 2 and parts[0] == 'charts':
        aliases = metadata(folder)[1]
        name = aliases.get(parts[1], parts[1])
        charts = os.path.join(folder, 'charts')
        for entry in sorted(os.listdir(charts)):
            path = os.path.join(charts, entry)
            if os.path.exists(path + '/Chart.yaml') and \
               metadata(path)[0] == name:
                folder, found = path, found + ['charts', entry]
                break
        else:
            return '/'.join(found + parts)
        parts = parts[2:]
    return '/'.join(found + parts)


class Document:
    def __init__(self, source):
        self.source = source
        self.lines = []         # (number, text), those not blank


def documents(stream):
    """The documents of a render; marks on blank lines go to the next line."""
    result = []
    lines = stream.split('\n')
    waiting = ''
    for i, line in enumerate(lines):
        if line.startswith('# Source: ') and i and lines[i - 1] == '---':
            result.append(Document(line[len('# Source: '):].rstrip()))
            waiting = ''
        elif line == '---' and lines[i + 1:i + 2] and \
                lines[i + 1].startswith('# Source: '):
            continue
        elif MARK.sub('', line).strip():
            if result:
                result[-1].lines.append((i + 1, waiting + line))
            waiting = ''
        else:
            waiting += ''.join(m.group() for m in MARK.finditer(line))
    return result


HASH = re.compile(r'[0-9a-f]{8,}|[A-Za-z0-9+/=]{40,}')


def same_line(plain, marked):
    marked = MARK.sub('', marked).rstrip()
    plain = plain.rstrip()
    return plain == marked or HASH.sub('#', plain) == HASH.sub('#', marked)


def same(plain, marked, changing):
    """Whether the renders are equal but for marks, hashes and chance."""
    if [d.source for d in plain] != [d.source for d in marked]:
        return False
    for one, other in zip(plain, marked):
        if len(one.lines) != len(other.lines):
            return False
        for i, ((number, a), (_, b)) in enumerate(zip(one.lines,
                                                      other.lines)):
            if i == 0:
                a, b = a.lstrip(), MARK.sub('', b).lstrip()
            if not same_line(a, b) and number not in changing:
                return False
    return True


def changing_lines(stream, again):
    """The lines that two renders of the same chart differ in."""
    pairs = zip(stream.split('\n'), again.split('\n'))
    return {n + 1 for n, (a, b) in enumerate(pairs) if a != b}


class Chart:
    """A copy of a chart, its templates marked."""

    def __init__(self, folder, release, options):
        self.folder = folder
        self.name = metadata(folder)[0]
        self.release, self.options = release, options
        self.marks = []
        self.scratch = tempfile.mkdtemp(prefix='map-truth.')
        self.copy = os.path.join(self.scratch, 'chart')
        shutil.copytree(folder, self.copy)
        self.templates, self.chunks = {}, {}
        self.active = set()

    def read_templates(self):
        helpers = set()
        for path in template_paths(self.folder):
            try:
                with open(os.path.join(self.folder, path), encoding='utf-8',
                          newline='') as file:
                    src = file.read()
            except UnicodeDecodeError:
                continue
            helpers |= set(re.findall(r'\{\{-?\s*define\s+["`]([^"`]+)', src))
            self.templates[path] = Template(path, src)
        self.chunks = {path: Marker(template, helpers, self.register).chunks
                       for path, template in self.templates.items()}

    def register(self, mark):
        mark.number = len(self.marks)
        self.marks.append(mark)
        return mark

    def write(self, active):
        for path, chunks in self.chunks.items():
            with open(os.path.join(self.copy, path), 'w', encoding='utf-8',
                      newline='') as file:
                file.write(written(chunks, active))

    def render(self, folder=None, options=()):
        done = subprocess.run(
            [HELM, 'template', self.release, folder or self.copy] +
            self.options + list(options), capture_output=True, check=False)
        self.trouble = done.stderr.decode('utf-8', 'replace')
        return done.stdout.decode('utf-8') if not done.returncode else None

    def settle(self, plain, changing):
        """Finds the marks that leave the render as it is, and writes them."""
        def fits(active):
            self.write(active)
            marked = self.render()
            return marked is not None and same(plain, documents(marked),
                                               changing)

        def grow(active, candidates):
            if not candidates or fits(active | set(candidates)):
                return active | set(candidates)
            if len(candidates) == 1:
                return grow_raw(active, candidates[0])
            half = len(candidates) // 2
            active = grow(active, candidates[:half])
            return grow(active, candidates[half:])

        def grow_raw(active, number):
            self.marks[number].is_raw = True
            return active | {number} if fits(active | {number}) else active

        if not fits(set()):
            print('%s: without trim markers it renders differently\n%s' %
                  (self.folder, self.trouble), file=sys.stderr)
        # Calls last: so a call that cannot be marked costs no other mark.
        order = sorted(range(len(self.marks)),
                       key=lambda n: (self.marks[n].letter == 'N',
                                      self.marks[n].path, n))
        self.active = grow(set(), order)
        self.write(self.active)

    def left_out(self):
        return len(self.marks) - len(self.active)
