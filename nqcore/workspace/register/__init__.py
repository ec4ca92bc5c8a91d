"""The register of directives: which documents a text cites, and a draft of their definitions."""
