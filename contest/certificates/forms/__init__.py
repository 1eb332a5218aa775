"""The shape of input: a code or a file to look up, acts that need no words, the design of a template."""

from contest.certificates.forms.asking import ActForm, FileForm, LookUpForm

__all__ = ["ActForm", "FileForm", "LookUpForm"]
