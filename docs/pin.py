"""The packages of the container with versions and hashes: `python docs/pin.py` writes constraints.txt.

pip itself works out what requirements.txt comes to, for the image's Python on both processors that it is built for.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "constraints.txt"
PYTHON = "3.12"
PLATFORMS = ("x86_64", "aarch64")
HEAD = f"# Written by `python docs/pin.py` for Python {PYTHON} on Linux ({', '.join(PLATFORMS)}); not edited by hand.\n"


def main() -> None:
    found: dict[str, set[str]] = {}
    for platform in PLATFORMS:
        for pinned, digest in resolved(platform):
            found.setdefault(pinned, set()).add(digest)
    lines = [
        f"{pinned} {' '.join(f'--hash=sha256:{one}' for one in sorted(found[pinned]))}" for pinned in sorted(found)
    ]
    FILE.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} packages in {FILE.name}")


def resolved(platform: str) -> list[tuple[str, str]]:
    """Name and version of every package, and the hash of the file that pip would install."""
    glibc = [word for minor in (17, 28, 34) for word in ("--platform", f"manylinux_2_{minor}_{platform}")]
    glibc += ["--platform", f"manylinux2014_{platform}"]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    command += ["--only-binary", ":all:", "--python-version", PYTHON, "--target", "nowhere", *glibc]
    done = subprocess.run([*command, "-r", str(ROOT / "requirements.txt")], capture_output=True, text=True, check=True)
    packages = json.loads(done.stdout)["install"]
    return [
        (
            f"{one['metadata']['name'].lower().replace('_', '-')}=={one['metadata']['version']}",
            one["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for one in packages
    ]


if __name__ == "__main__":
    main()
