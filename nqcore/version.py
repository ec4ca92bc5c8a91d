"""The version of nqcore: what `nq --version`, backups and the package say."""

__version__ = "0.1.0"
