"""Keys as certification authorities hand them out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 10, 7, 8, tzinfo=UTC)


def authority(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, purpose: x509.ExtendedKeyUsage | None = None, **named: object
):
    """Certify a key by itself, or by ``issuer`` with ``by``."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(named.get("name", "Cơ quan chứng thực")))])
    issuer = named.get("issuer")
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=3000))
        .not_valid_after(named.get("until") or NOW + timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, issuer is None, False, False, False), True)
    )
    if purpose is not None:
        built = built.add_extension(purpose, critical=True)
    return built.sign(named.get("by", key), hashes.SHA256())


def organization(
    folder: Path, kind: str, passphrase: str, *, until: datetime | None = None
) -> tuple[Path, x509.Certificate]:
    """A PKCS#12 file as a certification authority hands it out, and the root above it."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = authority(root_key)
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 3072)
    certificate = authority(key, name="Ban Tuyên giáo và Dân vận", issuer=root, by=root_key, until=until)
    file = folder / f"{kind}.p12"
    encryption = BestAvailableEncryption(passphrase.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"btc", key, certificate, [root], encryption))
    return file, root
