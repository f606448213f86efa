"""What the parts of the acceptance run hand to the report: one JSON object a line."""

import contextlib
import json


class Records:
    """Appends to a file, so that what a part found before it was stopped is kept."""

    def __init__(self, path, part):
        self.path, self.part = path, part

    def add(self, **record):
        with open(self.path, "a") as file:
            file.write(json.dumps({"part": self.part, **record}) + "\n")

    @contextlib.contextmanager
    def failures_noted(self, what):
        """A failure inside becomes a line of the report; the next thing goes on."""
        try:
            yield
        except Exception as failure:  # whatever a library throws
            lines = str(failure).strip().splitlines() or [type(failure).__name__]
            self.add(what=what, failure=lines[0][:300])


def read(path):
    """The records of a file; a line cut short by a stopped part is left out."""
    records = []
    with open(path) as file:
        for line in file:
            with contextlib.suppress(json.JSONDecodeError):
                records.append(json.loads(line))
    return records
