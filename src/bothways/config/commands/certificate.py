"""A trial certificate, signed by itself: enough for phones in the same room to try a recording, after a warning."""

import argparse
import datetime as dt
import ipaddress
import os
import socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from bothways.config.commands import early
from bothways.config.commands.preparing import tell

VALID_FOR = dt.timedelta(days=90)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    early.add_data(parser)
    parser.add_argument("--name", action="append", help="host name or address of this machine; may be given often")


def run(options: argparse.Namespace) -> int:
    names = options.name or ["localhost", "127.0.0.1", socket.gethostname(), *_own_addresses()]
    folder = settings.DATA_DIR / "tls"
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _sign(key, names)
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    with os.fdopen(os.open(key_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    tell(f"A trial certificate for {', '.join(names)}, valid for {VALID_FOR.days} days. Browsers warn once; go on.")
    address = f"BOTHWAYS_BASE_URL=https://{_name_for_others(names)}:8000"
    print(f"{address} ./bothways up --host 0.0.0.0 --cert {cert_path} --key {key_path}")
    return 0


def _sign(key: ec.EllipticCurvePrivateKey, names: list[str]) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name_for_others(names: list[str]) -> str:
    """The first name that other devices can use; this machine's own where there is no other."""
    return next((name for name in reversed(names) if name not in ("localhost", "127.0.0.1")), names[0])


def _own_addresses() -> list[str]:
    """Addresses of this machine that others in the same network may use."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        return []
    return sorted(str(address) for address in found if not str(address).startswith("127."))
