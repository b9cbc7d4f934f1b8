"""COCO ground truth of composed scenes: an instance per thing, one region per stuff class, masks as compressed RLE."""

import json

import numpy as np

from classes import NAME_ID, NAMES, STUFF

STUFF_IDS = [NAME_ID[name] for name in STUFF]


def rleCounts(mask):
    """Column-major run lengths, beginning with the zeros."""
    flat = mask.T.ravel().astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flat])))
    return np.diff(np.concatenate([[0], edges, [flat.size]])).tolist() if len(edges) else [int(flat.size)]


def rleText(counts):
    """COCO's text form: each count less the one before the last, in groups of five bits."""
    out = []
    for i, count in enumerate(counts):
        x = count - counts[i - 2] if i > 2 else count
        more = True
        while more:
            bits = x & 31
            x >>= 5
            more = x != -1 if bits & 16 else x != 0
            out.append(chr((bits | 32 if more else bits) + 48))
    return ''.join(out)


def annotation(number, imageId, nameId, mask):
    ys, xs = np.nonzero(mask)
    return {'id': number, 'image_id': imageId, 'category_id': int(nameId) + 1, 'iscrowd': 0, 'area': int(len(ys)),
            'bbox': [int(xs.min()), int(ys.min()), int(xs.max() - xs.min() + 1), int(ys.max() - ys.min() + 1)],
            'segmentation': {'size': list(mask.shape), 'counts': rleText(rleCounts(mask))}}


def truthOf(entries, description, leastStuff=0.0):
    """`entries`: (image record without id, label map, instance map, ids per instance)."""
    images, annotations = [], []
    for imageId, (record, labels, instances, ids) in enumerate(entries, 1):
        images.append({'id': imageId, **record, 'width': labels.shape[1], 'height': labels.shape[0]})
        for nameId in STUFF_IDS:
            mask = (labels == nameId) & (instances == 0)
            if mask.mean() > leastStuff and mask.any():
                annotations.append(annotation(len(annotations) + 1, imageId, nameId, mask))
        for i, nameId in enumerate(ids):
            mask = instances == i + 1
            if mask.any():
                annotations.append(annotation(len(annotations) + 1, imageId, nameId, mask))
    categories = [{'id': i + 1, 'name': name, 'supercategory': 'stuff' if i in STUFF_IDS else 'thing', 'isthing': int(i not in STUFF_IDS)}
                  for i, name in enumerate(NAMES)]
    return {'info': {'description': description, 'version': '1'}, 'images': images, 'annotations': annotations, 'categories': categories}


def writeTruth(path, truth):
    """One record per line: small, and a change shows as changed lines."""
    with open(path, 'w') as file:
        parts = []
        for key, value in truth.items():
            body = json.dumps(value) if key == 'info' else '[\n' + ',\n'.join(json.dumps(item, separators=(',', ':')) for item in value) + '\n]'
            parts.append(f'"{key}": {body}')
        file.write('{' + ',\n'.join(parts) + '}\n')
