"""ROOT's compressed blocks.

A compressed record is a row of blocks, each with a header of nine bytes: two letters for the algorithm, one byte for
its method, then the compressed and the uncompressed length as three bytes each, least byte first. LZ4's data begin
with a checksum of eight bytes (ROOT, ``core/zip/src/RZip.cxx`` and ``core/lz4/src/ZipLZ4.cxx``).
"""

from __future__ import annotations

import zlib
from typing import Any

import cramjam
import numpy as np
import numpy.typing as npt
from uproot.compression import LZMA, ZSTD

HEADER = 9
CHECKSUM = 8

_LZMA = LZMA(1)
_ZSTD = ZSTD(1)


def decompress(data: memoryview, size: int) -> npt.NDArray[np.uint8]:
    """Give the ``size`` bytes that the blocks in ``data`` hold.

    Raises
    ------
    ValueError
        The blocks are damaged, or hold another number of bytes.
    """
    result: npt.NDArray[np.uint8] | None = None
    filled = position = 0
    while position < len(data):
        if position + HEADER > len(data):
            raise ValueError("a compressed block is cut off")
        header = data[position : position + HEADER]
        stored = header[3] | header[4] << 8 | header[5] << 16
        held = header[6] | header[7] << 8 | header[8] << 16
        position += HEADER
        if position + stored > len(data) or filled + held > size:
            raise ValueError("a compressed block is longer than its record")
        block = _block(bytes(header[:2]), data[position : position + stored], held)
        if len(block) != held:
            raise ValueError(f"a compressed block holds {len(block)} bytes in place of {held}")
        if held == size:
            return block
        if result is None:
            result = np.empty(size, np.uint8)
        result[filled : filled + held] = block
        filled += held
        position += stored
    if result is None or filled != size:
        raise ValueError(f"compressed blocks hold {filled} bytes in place of {size}")
    return result


def _block(algorithm: bytes, data: memoryview, size: int) -> npt.NDArray[np.uint8]:
    """Decompress one block; what the libraries raise for damaged data becomes a ValueError."""
    block: Any
    try:
        match algorithm:
            case b"ZL":
                block = zlib.decompress(data, bufsize=size)
            case b"L4":
                block = cramjam.lz4.decompress_block(data[CHECKSUM:], output_len=size)
            case b"ZS":
                block = _ZSTD.decompress(data, size)
            case b"XZ":
                block = _LZMA.decompress(data, size)
            case _:
                raise ValueError(f"compressed by {algorithm!r}, which is none of ZLIB, LZMA, LZ4 and ZSTD")
    except (zlib.error, cramjam.DecompressionError, OSError, EOFError) as error:
        raise ValueError(f"a compressed block is damaged ({error})") from error
    return np.frombuffer(block, np.uint8)
