"""OpenSSL for XRootD's client, beside TensorFlow."""

from __future__ import annotations

import ctypes
import importlib.util
from pathlib import Path


def load_for_xrootd() -> None:
    """Load the libraries of OpenSSL that XRootD's client was built with; to be called before any framework is imported.

    TensorFlow's libraries export the symbols of another libcrypto, BoringSSL. XRootD's plugins, which are loaded at the
    first access to a server, would find those and crash the process. Symbols that were loaded globally before are found
    first. Nothing is done where the client is not installed from its wheel.
    """
    client = importlib.util.find_spec("pyxrootd")
    if client is None or client.origin is None:
        return
    libraries = Path(client.origin).parent.parent / "xrootd.libs"
    # libssl needs libcrypto.
    for name in ("libcrypto", "libssl"):
        for path in sorted(libraries.glob(f"{name}-*.so*")):
            ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
