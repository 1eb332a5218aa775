"""The shape of input: a code or a file to look up, acts that need no words, the design of a template."""

from contest.certificates.forms.asking import ActForm, FileForm, LookUpForm
from contest.certificates.forms.designing import GROUPS, PARTS, DesignForm

__all__ = ["GROUPS", "PARTS", "ActForm", "DesignForm", "FileForm", "LookUpForm"]
