"""A start-up check that hybrid post-quantum keys work on this installation."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.age import primitives


def require_hybrid() -> None:
    """Return once a value went through the hybrid exchange with throw-away keys.

    Raises:
        HybridUnsupported: `cryptography` is older than 48, or was built without ML-KEM, as some
            distribution packages are.
    """
    try:
        lattice = MLKEM768PrivateKey.generate()
        key = hpke.MLKEM768X25519PrivateKey(lattice, X25519PrivateKey.generate())
        suite = hpke.Suite(*primitives.SUITE)
        sealed = suite.encrypt(b"probe", key.public_key(), primitives.HYBRID_INFO)
        opened = suite.decrypt(sealed, key, primitives.HYBRID_INFO)
    except UnsupportedAlgorithm:
        raise primitives.hybrid_unsupported() from None
    if opened != b"probe":
        raise primitives.hybrid_unsupported()
