"""Lay the packages that Azure installs, and no others, into a folder: links to this interpreter's.

Run as a program by the tests: the requirements of the app, then the folder.
"""

import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement


def main(requirements: Path, folder: Path) -> None:
    """Link every file of every requirement that holds for this interpreter."""
    for line in requirements.read_text(encoding="utf-8").splitlines():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            installed = distribution(requirement.name)
            assert installed.version in requirement.specifier, line
            for file in installed.files or ():
                link(folder, file)


def link(folder: Path, file) -> None:
    """Link one file, unless it lies outside, as commands do."""
    if ".." not in file.parts:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(file.locate())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
