"""Where the secretariat numbers, draws and takes away the certificates, and designs them."""

from contest.certificates.office import designing, register
from contest.certificates.office.blueprint import bp

__all__ = ["bp", "designing", "register"]
