"""Coding on an Apache Spark cluster, for archives that are too large for one machine.

`code_on_cluster` is the door. The driver (this process) lists the input and divides it into parts; each part is one
Spark job that reads, codes and writes it. Each report is coded by the same function as in one process, so the bytes
of its record are the same. Needs the extra `musnad[cluster]` and Java.

- `parts.py`: which files make which part, how parts are named, which are finished
- `session.py`: what must be installed, and the start of Spark
- `folder.py`: the output folder, wherever it is
- `jobs.py`: the Spark job of one part
- `work.py`: what runs on the workers
"""

from musnad.engine.cluster.run import Done, code_on_cluster

__all__ = ["Done", "code_on_cluster"]
