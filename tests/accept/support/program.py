"""Runs the real program in a fresh folder and collects what does not hold."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile


class Checks:
    def __init__(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("--source", required=True, type=pathlib.Path)
        parser.add_argument("--build", required=True, type=pathlib.Path)
        options = parser.parse_args()
        self.source = options.source.resolve()
        self.program = options.build.resolve() / "biruni"
        self.folder_owner = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_owner.name)
        self.failed = self.done = 0

    def run(self, *args, stdin=None, env=None):
        """(exit status, output as text, error output as text)"""
        r = subprocess.run([str(self.program), *map(str, args)], input=stdin, capture_output=True, cwd=self.folder, env=env)
        return r.returncode, r.stdout.decode("utf-8"), r.stderr.decode("utf-8", "replace")

    def records(self, *args, stdin=None, status=0):
        code, out, err = self.run(*args, stdin=stdin)
        self.equal(code, status, f"exit status of {args}: {err[:300]}")
        return [json.loads(line) for line in out.splitlines()]  # a record is one line, whatever one takes for a line end

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def true(self, ok, what):
        self.done += 1
        if not ok:
            self.failed += 1
            print("FAILED:", what)
        return ok

    def equal(self, have, want, what):
        return self.true(have == want, f"{what}: is {have!r}, should be {want!r}")

    def inside(self, part, whole, what):
        return self.true(part in whole, f"{what}: {part!r} is not in {whole[:400]!r}")

    def finish(self):
        self.folder_owner.cleanup()
        print(f"{self.done} checks, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def corpus(checks, name, documents, **options):
    """Varied documents as JSON Lines, made by bench/make_corpus.py."""
    arguments = [x for key, value in options.items() for x in ("--" + key, str(value))]
    made = subprocess.run([sys.executable, str(checks.source / "bench/make_corpus.py"), "--documents", str(documents), *arguments],
                          capture_output=True, check=True).stdout
    return checks.file(name, made)


def examples(source):
    """(path, text, meta) of the project's example articles."""
    for path in sorted((source / "examples").glob("*.txt")):
        meta = path.with_name(path.name[:-4] + ".meta.json")
        yield path, path.read_bytes().decode("utf-8-sig"), json.loads(meta.read_text("utf-8")) if meta.exists() else {}
