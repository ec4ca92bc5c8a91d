"""The version of nqcore: what `nq --version`, backups and the package say."""

__version__ = "0.2.0"
