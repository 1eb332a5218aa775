"""The organization's key for signing files: where it is, whose it says it is, and until when.

A key is a PKCS#12 file, or lies on a token that is reached by PKCS#11 and named by its address (RFC 7512). Where none
is set, one that signs itself may have been made in the instance folder: it shows that a file was not changed, and
vouches for nobody; whoever reads a verdict is told so.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from contest import config
from contest.errors import N_, ContestError, Message

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

SELF_SIGNED_FILE = "certificates.p12"
SELF_SIGNED_FOR = timedelta(days=3650)


class KeyUnusable(ContestError):
    """The key that the settings name cannot sign."""

    message = N_("The key that CONTEST_SIGNATURE names cannot sign: %(why)s.")


@dataclass(frozen=True)
class Credentials:
    """A key that signs files, with the certificates that say whose it is.

    :ivar certificate: of the key
    :ivar chain: the certificates above it, as far as they came with the key
    :ivar signer: gives what signs in this process
    :ivar timestamp_url: of a server that vouches for the moment; empty for none
    :ivar timestamp_private: whether that server may lie in a private network
    """

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    signer: Callable[[], Signer]
    timestamp_url: str = ""
    timestamp_private: bool = False

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as other programs show it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> str:
        """The certificate, and those above it, as text."""
        return "".join(each.public_bytes(Encoding.PEM).decode() for each in (self.certificate, *self.chain))

    @property
    def is_self_signed(self) -> bool:
        """Whether nobody but the key itself says whose it is."""
        try:
            self.certificate.verify_directly_issued_by(self.certificate)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True

    @property
    def name(self) -> str:
        """Whose key it is, in one line."""
        subject = self.certificate.subject
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            if named := subject.get_attributes_for_oid(kind):
                return str(named[0].value)
        return subject.rfc4514_string()

    @property
    def valid_until(self) -> datetime:
        """The last moment at which a file may be signed with it."""
        return self.certificate.not_valid_after_utc

    def check(self, now: datetime) -> None:
        """Pass when files may be signed with it now.

        :raise KeyUnusable: if the certificate does not hold at ``now``
        """
        if not self.certificate.not_valid_before_utc <= now <= self.valid_until:
            raise KeyUnusable(why=Message(N_("its certificate is not valid today")))


def of_settings(settings: config.Settings) -> Credentials | None:
    """Give the key that the settings name, or else the one that signs itself; None if there is neither.

    :raise KeyUnusable: if the settings name one that cannot be read
    """
    own = settings.instance / SELF_SIGNED_FILE
    if not settings.signature and not own.exists():
        return None
    passphrase = settings.signature_passphrase.get_secret_value()
    if settings.signature.startswith("pkcs11:"):
        certificate, chain, make = _of_token(settings.signature, passphrase)
    else:
        file = Path(settings.signature) if settings.signature else own
        certificate, chain, make = _of_file(file, passphrase if settings.signature else "")
    return Credentials(certificate, chain, make, settings.timestamp_url, settings.timestamp_private)


def make_self_signed(instance: Path, name: str, now: datetime) -> bool:
    """Make a key that signs itself, for a demo or until the organization has one; readable by its owner alone.

    :param name: of whoever signs
    :return: whether it was made now; False where there was one
    """
    file = instance / SELF_SIGNED_FILE
    if file.exists():
        return False
    config.kept_secret(file, lambda: _self_signed(name, now))
    return True


def _self_signed(name: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    # The clock of a demo stands in another year than that of whoever verifies: it holds in both.
    first, last = min(now, datetime.now(UTC)), max(now, datetime.now(UTC))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first - timedelta(days=1))
        .not_valid_after(last + SELF_SIGNED_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"contest", key, certificate, None, NoEncryption())


Parts = tuple[x509.Certificate, tuple[x509.Certificate, ...], Callable[[], "Signer"]]


def _of_file(file: Path, passphrase: str) -> Parts:
    from contest.certificates.signing.signers import KeySigner

    try:
        opened = pkcs12.load_pkcs12(file.read_bytes(), passphrase.encode() or None)
    except OSError as error:
        raise KeyUnusable(why=Message(N_("its file cannot be read"))) from error
    except ValueError as error:
        raise KeyUnusable(
            why=Message(N_("it is no PKCS#12 file, or CONTEST_SIGNATURE_PASSPHRASE does not open it"))
        ) from error
    key = opened.key
    if opened.cert is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeyUnusable(why=Message(N_("the file holds no certificate with an RSA or EC key")))
    certificate, chain = opened.cert.certificate, tuple(each.certificate for each in opened.additional_certs)
    signer = KeySigner(key, certificate, chain)
    return certificate, chain, lambda: signer


def _of_token(address: str, pin: str) -> Parts:
    """Read the certificate from a token; the key stays there, and is asked for each signature."""
    if find_spec("pkcs11") is None:
        raise KeyUnusable(why=Message(N_("python-pkcs11 is not installed")))
    path, _, query = address.removeprefix("pkcs11:").partition("?")
    named = {key: unquote(value) for key, _, value in (part.partition("=") for part in path.split(";"))}
    module = dict(parse_qsl(query)).get("module-path", "")
    if not module or "token" not in named or "object" not in named:
        raise KeyUnusable(why=Message(N_("its address must name token, object and module-path")))

    try:
        found = _token_signer(module, named["token"], named["object"], pin, os.getpid()).signing_cert
    except Exception as error:  # the driver of a token raises what it likes
        raise KeyUnusable(
            why=N_("the token does not answer, or CONTEST_SIGNATURE_PASSPHRASE is not its PIN")
        ) from error
    if found is None:
        raise KeyUnusable(why=Message(N_("the token holds no certificate of that name")))
    return (
        x509.load_der_x509_certificate(found.dump()),
        (),
        lambda: _token_signer(module, named["token"], named["object"], pin, os.getpid()),
    )


@cache
def _token_signer(module: str, token: str, label: str, pin: str, process: int) -> Signer:
    """Open a session with a token: one for each process, because a driver knows nothing of forks."""
    import pkcs11
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    if process != _LOADED_IN.setdefault(module, process):
        pkcs11.unload(module)
        _LOADED_IN[module] = process
    session = open_pkcs11_session(module, token_criteria=TokenCriteria(label=token), user_pin=pin)
    signer = PKCS11Signer(session, cert_label=label, key_label=label)
    # Not every token hashes by itself for elliptic curves; all of them sign a hash.
    signer.use_raw_mechanism = signer.signing_cert is not None and signer.signing_cert.public_key.algorithm == "ec"
    return signer


_LOADED_IN: dict[str, int] = {}  # the process in which the driver of a token was loaded
