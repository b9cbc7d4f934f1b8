"""Reads and writes safetensors files: an 8-byte little-endian header length, a JSON header, then the raw tensors."""

import json
import struct

import numpy as np

TYPES = {'F16': np.float16, 'F32': np.float32, 'I64': np.int64}


def writeTensors(path, tensors, metadata):
    """Tensors in name order, so that the same weights always give the same bytes."""
    header, offset = {'__metadata__': metadata}, 0
    names = sorted(tensors)
    for name in names:
        array = tensors[name]
        kind = next(key for key, value in TYPES.items() if value == array.dtype.type)
        header[name] = {'dtype': kind, 'shape': list(array.shape), 'data_offsets': [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)  # tensors start aligned
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)))
        file.write(text)
        for name in names:
            file.write(np.ascontiguousarray(tensors[name]).tobytes())


def readTensors(path):
    with open(path, 'rb') as file:
        size, = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(size))
        body = file.read()
    header.pop('__metadata__', None)
    return {name: np.frombuffer(body[entry['data_offsets'][0]:entry['data_offsets'][1]], TYPES[entry['dtype']]).reshape(entry['shape'])
            for name, entry in header.items()}
