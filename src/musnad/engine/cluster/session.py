"""What a cluster needs on this machine, told plainly when it is not there; and the start of Spark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from musnad.errors import ClusterError

JAVA = 17
"""The lowest Java that Spark 4 runs on."""
TRIES = 4
"""So often a task is tried on a local master, as on a real cluster."""
LOCAL_MEMORY = "4g"
"""What Java may take on a local master. Spark's own 1 GB is too little for a web archive of 200 MB."""
_LOCAL = re.compile(r"local(?:\[([^,\]]+)\])?")

SETTINGS = {
    "spark.app.name": "musnad",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Coding takes some 30 ms a report: a task of 4 MB of text takes half a minute, and is soon done again.
    "spark.sql.files.maxPartitionBytes": "4m",
    "spark.sql.files.openCostInBytes": "65536",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    "spark.sql.execution.arrow.maxBytesPerBatch": "16m",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",  # days and hours as the file has them
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.executorEnv.LC_ALL": "C.UTF-8",  # so that Java can write folders with Arabic names
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties')}",
}
"""Spark's settings where Musnad wants others than Spark. Those that the user gives go before."""


def check_installed() -> None:
    """Raise ClusterError, saying what to install, when Spark or Java is not here."""
    missing = [name for name in ("pyspark", "pandas") if find_spec(name) is None]
    if missing:
        raise ClusterError(
            f"--engine spark needs {' and '.join(missing)}: pip install 'musnad[cluster]' "
            "(here, and on every machine of the cluster)"
        )
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        where = f"JAVA_HOME is {home}, where there is none" if home else "there is none on the PATH"
        raise ClusterError(
            f"--engine spark needs Java {JAVA} or later, and {where}: install it "
            "(Debian: apt-get install default-jre-headless), or set JAVA_HOME"
        )
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', told)
    if version is None or int(version[1]) < JAVA:
        have = f"{java} is Java {version[1]}" if version else f"{java} does not tell its version"
        raise ClusterError(f"--engine spark needs Java {JAVA} or later; {have}: install a later one, or set JAVA_HOME")


def start(master: str, settings: Mapping[str, str]) -> Any:
    """A Spark session on the master. Raises ClusterError when something is missing or the master does not answer."""
    check_installed()
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    from pyspark.sql import SparkSession

    chosen = dict(SETTINGS)
    local = _LOCAL.fullmatch(master)
    if local:
        master = f"local[{local[1] or 1},{TRIES}]"
        chosen |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        chosen["spark.driver.memory"] = LOCAL_MEMORY
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master)
    for name, value in (chosen | dict(settings)).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # what Java raises comes in many classes
        raise ClusterError(f"Spark could not be started with --master {master}: {reason(error)}") from error


def reason(error: BaseException) -> str:
    """The one line of an error from Spark that tells a person most."""
    text = str(error)
    python = re.findall(r"^(?:[\w.]*\.)?(\w+(?:Error|Exception)): (?!.*Traceback)(.+)$", text, re.M)
    module = [told for name, told in python if name == "ModuleNotFoundError"]
    if module:
        return f"{module[-1]} on a worker: install Musnad there, and set PYSPARK_PYTHON to its Python"
    causes = re.findall(r"^Caused by: (?:[\w.$]*\.)?([\w$]+: .+)$", text, re.M)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return str(causes[-1] if causes else lines[0] if lines else type(error).__name__)[:500]
