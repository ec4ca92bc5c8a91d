"""The type of the file system of a folder."""

from __future__ import annotations

import os
from pathlib import Path

NETWORK = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "lustre", "ceph", "glusterfs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "davfs",
)  # fmt: skip
"""Types of network file systems, where locks or fsync are not reliable."""
MOUNTS = Path("/proc/self/mountinfo")


def file_system(folder: Path, mounts: str | None = None) -> str:
    """The type of the file system of `folder` ("ext4", "nfs4"); "" when it is not known (not Linux).

    `mounts` is the text of /proc/self/mountinfo, see proc(5).
    """
    if mounts is None:
        try:
            mounts = MOUNTS.read_text("utf-8", "replace")
        except OSError:
            return ""
    path, best, kind = os.path.realpath(folder), "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = fields[4].replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # A later mount on the same point hides the earlier one.
        if inside and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind


def on_network(folder: Path, mounts: str | None = None) -> bool:
    """Whether `folder` is on a network file system."""
    return file_system(folder, mounts) in NETWORK
