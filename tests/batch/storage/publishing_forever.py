"""A process that publishes one set of files after another for the same run, until it is killed or has done its number.

`python publishing_forever.py OUTPUTS NAME TIMES`; it says so on its standard output when it begins.
"""

import sys
from pathlib import Path

from wenxiao.batch.run import Run
from wenxiao.batch.storage.publication import publish, staging


def main(outputs: str, name: str, times: str) -> None:
    """Publishes `times` sets of four files that all say which set they are of."""
    run = Run("report", "one", {}, Path(outputs).parent, outputs)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    for number in range(int(times)):
        with staging(run) as folder:
            for file in ("report.html", "report.ipynb", "results.json", f"only-{name}.xlsx"):
                (folder / file).write_text(f"{name} {number} " * (50 + 7 * number % 5000), encoding="utf-8")
            publish(
                folder,
                run,
                {"schema": 2, "notebook": run.notebook, "run": run.name, "set": f"{name} {number}"},
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
