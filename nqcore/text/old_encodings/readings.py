"""All readings that are tried."""

from __future__ import annotations

from nqcore.text.old_encodings import mangled, tcvn3, vni

READINGS = (mangled.READING, vni.READING, tcvn3.READING)
