#!/usr/bin/env python3
"""The code keeps its architecture: includes as src/deps.txt allows, no cycles, ASCII sources, no language named in the core."""
import argparse
import pathlib
import re
import sys

# Modules where languages may be named: their own code, the wiring, the command line, the measures.
NAMES_LANGUAGES = {"lang_ar", "lang_en", "engine", "cli", "eval"}
# English is the language that records name things in (CONTRACT.md, "Ids and names"): these places say so.
ENGLISH_NAMES = {"render/records.cpp", "world/compile.cpp"}


def read_deps(path):
    deps, errors = {}, []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        module, _, allowed = line.partition(":")
        if module in deps:
            errors.append(f"{path}:{number}: {module} stands twice")
        deps[module.strip()] = allowed.split()
    for module, allowed in deps.items():
        for other in allowed:
            if other not in deps:
                errors.append(f"{path}: {module} may include '{other}', which is no module")
    return deps, errors


def cycles(deps):
    state, errors = {}, []

    def visit(module, trail):
        if state.get(module) == 2:
            return
        if state.get(module) == 1:
            errors.append("cycle: " + " -> ".join(trail[trail.index(module):] + [module]))
            return
        state[module] = 1
        for other in deps.get(module, []):
            visit(other, trail + [module])
        state[module] = 2

    for module in deps:
        visit(module, [])
    return errors


def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), re.sub(r"//[^\n]*", "", text), flags=re.S)


def check(source, deps):
    errors = []
    for path in sorted(source.glob("*/*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        module, name = path.parent.name, f"{path.parent.name}/{path.name}"
        raw = path.read_bytes()
        for number, line in enumerate(raw.split(b"\n"), 1):
            if any(b > 127 for b in line):
                errors.append(f"src/{name}:{number}: not ASCII")
        text = raw.decode("utf-8", "replace")
        if module not in deps:
            errors.append(f"src/{name}: module '{module}' is not in deps.txt")
            continue
        for number, line in enumerate(text.splitlines(), 1):
            m = re.match(r'\s*#include "([a-z_]+)/', line)
            if m and m.group(1) != module and m.group(1) not in deps[module]:
                errors.append(f'src/{name}:{number}: "{module}" may not include "{m.group(1)}" (allowed: {" ".join(deps[module])})')
        if module in NAMES_LANGUAGES:
            continue
        for number, line in enumerate(without_comments(text).splitlines(), 1):
            if re.search(r'"(ar|Arabic|English)"', line) or (re.search(r'"en"', line) and name not in ENGLISH_NAMES):
                errors.append(f"src/{name}:{number}: names a language: {line.strip()}")
    return errors


TYPE = re.compile(r"^(?:struct|class) (\w+)[^;]*\{", re.M)


def same_names(headers):
    """One type name, one definition: two of the same name in the project's namespace are one to the linker."""
    seen, errors = {}, []
    for name, text in headers:
        for match in TYPE.finditer(text):
            other = seen.setdefault(match.group(1), name)
            if other != name:
                errors.append(f"{name}: '{match.group(1)}' is defined in {other} too")
    return errors


def self_test():
    """The checks can fail."""
    assert cycles({"a": ["b"], "b": ["a"]}) and not cycles({"a": ["b"], "b": []})
    assert same_names([("a.h", "struct X {"), ("b.h", "struct X {")]) and not same_names([("a.h", "struct X {"), ("b.h", "struct X;")])
    assert without_comments('x // "ar"\n/* "en" */y').strip() == "x \ny"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True, type=pathlib.Path)
    parser.add_argument("--build")
    source = parser.parse_args().source / "src"
    self_test()
    deps, errors = read_deps(source / "deps.txt")
    errors += cycles(deps) + check(source, deps)
    errors += same_names([(str(h.relative_to(source)), h.read_text()) for h in sorted(source.rglob("*.h"))])
    for e in errors:
        print(e)
    print(f"{len(deps)} modules, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
