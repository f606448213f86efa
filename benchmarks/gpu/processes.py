"""Runs the command line and says in one line why it failed."""

import subprocess


def complaint(text):
    """The first line that is no warning; None where there is none."""
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if line and not line.startswith("WARNING")), None)


def output(command):
    """What a command printed; a RuntimeError with its complaint where it failed."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(complaint(done.stderr) or complaint(done.stdout) or f"ended with status {done.returncode}")
    return done.stdout
