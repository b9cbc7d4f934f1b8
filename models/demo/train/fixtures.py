"""Writes the held-out test scenes: three seeds each of the trained styles, the unseen style and the unseen colour-shape pairs.
`python3 fixtures.py SPRITES OUT`; seeds and textures are used nowhere else. With seeds of its own at the end of the command
it writes other scenes, e.g. those that the pack's settings are chosen on."""

import os
import sys

import numpy as np
from PIL import Image

from classes import PAIRS, UNSEEN_PAIRS
from cocoTruth import truthOf, writeTruth
from scenes import MIN_STUFF_SHARE, Palette, composeScene, presence
from sprites import TRAIN_STYLES, UNSEEN_STYLE, loadSprites
from textures import textureBank

SIDE, PER_SET = 160, {'trained-styles': 13, 'unseen-style': 13, 'unseen-pairs': 5}


def paletteFor(sprites, kind, bank, seed):
    drawn = loadSprites(sprites, [UNSEEN_STYLE] if kind == 'unseen-style' else TRAIN_STYLES)
    pairs = UNSEEN_PAIRS if kind == 'unseen-pairs' else [pair for pair in PAIRS if pair not in UNSEEN_PAIRS]
    return Palette(drawn, bank, seed, pairs)


def main(sprites, out, seeds=(1, 2, 3)):
    os.makedirs(out, exist_ok=True)
    entries = []
    for seed in seeds:
        bank = textureBank(5000 + seed, 384, 6, 30)
        for kind, count in PER_SET.items():
            palette = paletteFor(sprites, kind, bank, 5000 + seed)
            for i in range(count):
                rng = np.random.RandomState(7_000_000 + seed * 10_000 + sum(map(ord, kind)) * 100 + i)
                fixed = None
                if kind == 'unseen-pairs':
                    fixed = [int(rng.choice(palette.pairIds))] + [int(n) for n in rng.choice(palette.objectIds, rng.randint(0, 3), replace=False)]
                row = None
                while row is None or not (row == 1).any():
                    image, labels, instances, ids = composeScene(rng, palette, SIDE, fixed and len(fixed), fixedIds=fixed)
                    row = presence(labels, ids)
                name = f'{kind}-{seed}-{i:02d}.png'
                Image.fromarray(image).save(os.path.join(out, name), optimize=True)
                entries.append(({'file_name': name, 'style': kind, 'seed': seed}, labels, instances, ids))
    truth = truthOf(entries, 'Composed scenes held out from the training of the demonstration model', MIN_STUFF_SHARE)
    writeTruth(os.path.join(out, 'truth.json'), truth)
    print(f'{len(truth["images"])} scenes, {len(truth["annotations"])} annotations, '
          f'{len({a["category_id"] for a in truth["annotations"]})} classes drawn')


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], *([[int(seed) for seed in sys.argv[3:]]] if len(sys.argv) > 3 else []))
