"""The words of the interface: English message ids in code and templates, one catalogue per language."""
