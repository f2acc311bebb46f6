"""Does a change of speed change a byte? Codes the same reports with this checkout and with another and compares the
records, byte for byte. A report whose records differ is named.

    git worktree add ../before HEAD~3; python tools/same_bytes.py ../before/src
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

CODE = """
import sys, time
from itertools import islice
import musnad
from musnad.reading import read
from musnad.record import to_json
from musnad.report import Report
start = time.perf_counter()
for path, step in (("CORPUS", STEP), ("DEV", 1)):
    found = islice((r for r in read([path]) if isinstance(r, Report)), 0, None, step)
    for record in musnad.code_many(found):
        sys.stdout.buffer.write(to_json(record) + bytes([10]))
print(f"{time.perf_counter() - start:.1f} s", file=sys.stderr)
"""


def records(source: Path, step: int) -> list[bytes]:
    """The records that a source tree makes of every `step`-th corpus report and of all development reports."""
    corpus, dev = SHARED / "corpus" / "reports.jsonl.gz", SHARED / "gold" / "dev.texts.jsonl"
    program = CODE.replace("CORPUS", str(corpus)).replace("DEV", str(dev)).replace("STEP", str(step))
    environment = os.environ | {"PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("other", type=Path, help="the src folder of another checkout")
    parser.add_argument("--step", type=int, default=18, help="take every STEP-th corpus report (default 18: about 600)")
    given = parser.parse_args()
    mine, other = records(ROOT / "src", given.step), records(given.other.resolve(), given.step)
    differ = [n for n, (a, b) in enumerate(zip(mine, other, strict=True)) if a != b]
    for n in differ[:10]:
        print(f"record {n} differs:\n  here  {mine[n].decode()}\n  there {other[n].decode()}")
    print(f"{len(mine)} records, {sum(map(len, mine)):,} bytes, {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
