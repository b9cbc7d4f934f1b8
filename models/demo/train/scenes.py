"""Composes a scene: regions of stuff or a plain background, pictograms and coloured shapes on top, light and shadow.
The exact label map comes with it. Training reads only which names are in the image; the map is for evaluation and fixtures."""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from classes import COLOURS, NAME_ID, NAMES, OBJECTS, PAIRS, SHAPES, STUFF, UNSEEN_PAIRS
from textures import hsv

SEEN_PAIRS = [pair for pair in PAIRS if pair not in UNSEEN_PAIRS]
FIRST_PAIR = NAME_ID[PAIRS[0]]
BACKGROUND = 255  # plain ground: no name of ours
MIN_VISIBLE = 0.55
MIN_STUFF_SHARE = 0.06
HUES = {'red': (-.018, .012), 'yellow': (.130, .162), 'green': (.30, .40), 'blue': (.575, .645), 'purple': (.745, .81)}
SATURATION = {'red': (.78, 1), 'yellow': (.75, 1), 'green': (.6, 1), 'blue': (.65, 1), 'purple': (.5, .85)}
VALUE = {'red': (.68, .95), 'yellow': (.85, 1), 'green': (.42, .8), 'blue': (.5, .95), 'purple': (.45, .8)}


def shapePoints(shape, rng):
    """The outline in the unit square."""
    if shape == 'square':
        return [(.04, .04), (.96, .04), (.96, .96), (.04, .96)]
    if shape == 'triangle':
        top = rng.uniform(.38, .62)
        return [(top, .03), (.98, .95), (.02, .95)]
    if shape == 'star':
        inner = rng.uniform(.19, .25)
        return [(.5 + r * math.sin(i * math.pi / 5), .52 - r * math.cos(i * math.pi / 5))
                for i, r in enumerate([.5, inner] * 5)]
    if shape == 'heart':
        turns = np.linspace(0, 2 * np.pi, 60)
        return list(zip(.5 + .03 * 16 * np.sin(turns) ** 3,
                        .47 - .03 * (13 * np.cos(turns) - 5 * np.cos(2 * turns) - 2 * np.cos(3 * turns) - np.cos(4 * turns))))
    turns = np.linspace(0, 2 * np.pi, 60)
    return list(zip(.5 + .48 * np.cos(turns), .5 + .48 * np.sin(turns)))


def shapeSprite(rng, colour, shape, px=112):
    """One coloured shape as RGBA: flat or shaded, sometimes with a darker or lighter rim."""
    scale = 2
    points = [(x * px * scale, y * px * scale) for x, y in shapePoints(shape, rng)]
    alpha = Image.new('L', (px * scale, px * scale), 0)
    ImageDraw.Draw(alpha).polygon(points, fill=255)
    rim = None
    if rng.uniform() < .3:
        rim = Image.new('L', alpha.size, 0)
        ImageDraw.Draw(rim).line(points + points[:2], fill=255, width=int(px * scale * rng.uniform(.03, .07)))
        rim = np.asarray(rim.resize((px, px), Image.BOX), np.float32) / 255
    alpha = np.asarray(alpha.resize((px, px), Image.BOX))
    base = hsv(rng.uniform(*HUES[colour]) % 1, rng.uniform(*SATURATION[colour]), rng.uniform(*VALUE[colour]))
    ys, xs = np.mgrid[0:px, 0:px] / px
    angle, depth = rng.uniform(0, 2 * np.pi), rng.uniform(0, .22)
    shade = 1 + depth * ((xs - .5) * math.cos(angle) + (ys - .5) * math.sin(angle)) * 2
    colours = base * shade[..., None]
    if rim is not None:
        colours = colours * (1 - rim[..., None]) + np.clip(base * rng.choice([.6, 1.25]), 0, 1) * rim[..., None]
    return np.dstack([np.uint8(np.clip(colours, 0, 1) * 255), alpha])


class Palette:
    """Sprites, textures and readily drawn shapes that scenes take from."""

    def __init__(self, sprites, bank, seed, pairs=SEEN_PAIRS, shapesPerPair=6):
        rng = np.random.RandomState(seed)
        self.bank = bank
        self.images = {}
        for name, arrays in sprites.items():
            if arrays:
                self.images[NAME_ID[name]] = [Image.fromarray(array, 'RGBA') for array in arrays]
        for pair in pairs:
            colour, shape = pair.split()
            self.images[NAME_ID[pair]] = [Image.fromarray(shapeSprite(rng, colour, shape), 'RGBA') for _ in range(shapesPerPair)]
        self.objectIds = [NAME_ID[name] for name in OBJECTS if NAME_ID[name] in self.images]
        self.pairIds = [NAME_ID[pair] for pair in pairs]


def textureCrop(rng, image, side):
    """A random window of a texture at the wanted side, with a little colour change."""
    full = image.shape[0]
    window = int(min(full, full * side / 160 * rng.uniform(.45, 1.0)))
    x, y = rng.randint(full - window + 1), rng.randint(full - window + 1)
    crop = image[y:y + window, x:x + window]
    if rng.uniform() < .5:
        crop = crop[:, ::-1]
    crop = np.asarray(Image.fromarray(np.ascontiguousarray(crop)).resize((side, side), Image.BILINEAR, reducing_gap=1.5), np.float32)
    return crop * (rng.uniform(.88, 1.12) * rng.uniform(.95, 1.05, 3)).astype(np.float32)


def ground(rng, palette, side):
    """Background picture and label map: plain, one stuff, or two or three regions with wavy borders."""
    draw = rng.uniform()
    count = 0 if draw < .30 else 1 if draw < .52 else 2 if draw < .88 else 3
    names = [STUFF[i] for i in rng.permutation(len(STUFF))[:max(count, 1)]] if count else ['plain']
    if count >= 2 and rng.uniform() < .2:
        names[rng.randint(count)] = 'plain'
    if 'sky' in names and rng.uniform() < .7:  # mostly where a sky belongs, so that samples look natural to the model too
        names.remove('sky')
        names.insert(0, 'sky')
    picture, labels = None, np.full((side, side), BACKGROUND, np.uint8)
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) / side
    angle = rng.normal(0, .12) if rng.uniform() < .7 else rng.uniform(0, 2 * np.pi)
    along = (ys - .5) * math.cos(angle) + (xs - .5) * math.sin(angle) + .5
    across = xs * math.cos(angle) - ys * math.sin(angle)
    wave = rng.uniform(0, .05) * np.sin(across * rng.uniform(3, 22) + rng.uniform(0, 7))
    cuts = np.sort(rng.uniform(.25, .75, 1)) if len(names) == 2 else np.array([rng.uniform(.25, .42), rng.uniform(.58, .75)])
    for i, name in enumerate(names):
        tile = textureCrop(rng, palette.bank[name][rng.randint(len(palette.bank[name]))], side)
        label = BACKGROUND if name == 'plain' else NAME_ID[name]
        if picture is None:
            picture = tile
            labels[:] = label
        else:
            region = along + wave > cuts[i - 1]
            picture = np.where(region[..., None], tile, picture)
            labels[region] = label
    return picture, labels


def placeSprite(rng, image, longSide, squeeze, angle):
    """Scaled, turned and flipped RGBA array of a sprite."""
    scale = longSide / max(image.size)
    width, height = max(4, image.width * scale * squeeze), max(4, image.height * scale / squeeze)
    if rng.uniform() < .5:
        image = image.transpose(Image.FLIP_LEFT_RIGHT)
    image = image.resize((int(width), int(height)), Image.BILINEAR, reducing_gap=2)
    if abs(angle) > 1:
        image = image.rotate(angle, Image.BILINEAR, expand=True)
    return np.asarray(image)


def composeScene(rng, palette, side, objectCount=None, sizes=(26, 92), fixedIds=None, pairShare=.28):
    """(uint8 RGB, label map of name ids with BACKGROUND, instance map with 0 = none, ids per instance)."""
    picture, labels = ground(rng, palette, side)
    picture = np.ascontiguousarray(picture)
    instances = np.zeros((side, side), np.uint8)
    ids, areas = [], []
    if objectCount is None:
        most = max(2, round(side / 160 * 6))
        objectCount = 1 + rng.binomial(most - 1, .42)
    squeeze = math.exp(rng.uniform(-.14, .14))
    hasShadow, shadowX, shadowY = rng.uniform() < .5, rng.uniform(-.08, .08), rng.uniform(.02, .09)
    biggest = min(sizes[1], .8 * side)
    for number in range(objectCount):
        if fixedIds is not None:
            nameId = fixedIds[number]
        else:
            nameId = int(rng.choice(palette.pairIds) if rng.uniform() < pairShare else rng.choice(palette.objectIds))
        choices = palette.images[nameId]
        image = choices[rng.randint(len(choices))]
        for attempt in range(6):
            size = math.exp(rng.uniform(math.log(sizes[0]), math.log(biggest))) * (1 if attempt < 2 else .8)
            angle = rng.normal(0, 14) if rng.uniform() < .85 else rng.uniform(-180, 180)
            sprite = placeSprite(rng, image, size, squeeze * math.exp(rng.uniform(-.07, .07)), angle)
            height, width = sprite.shape[:2]
            x = int(rng.uniform(-.12 * width, side - .88 * width))
            y = int(rng.uniform(-.12 * height, side - .88 * height))
            x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + width, side), min(y + height, side)
            if x1 - x0 < 8 or y1 - y0 < 8:
                continue
            sprite = sprite[y0 - y:y1 - y, x0 - x:x1 - x]
            solid = sprite[..., 3] > 127
            covered = np.bincount(instances[y0:y1, x0:x1][solid], minlength=len(ids) + 1)
            left = [np.count_nonzero(instances == i + 1) - covered[i + 1] if covered[i + 1] else None for i in range(len(ids))]
            if any(rest is not None and rest < MIN_VISIBLE * areas[i] for i, rest in enumerate(left)):
                continue
            break
        else:
            continue
        alpha = sprite[..., 3:].astype(np.float32) / 255
        if hasShadow and rng.uniform() < .85:
            castShadow(rng, picture, sprite[..., 3], x0 + int(shadowX * width), y0 + int(shadowY * height), size)
        tint = .22 if nameId < FIRST_PAIR and rng.uniform() < .3 else .06  # strong for some pictograms: a style is more than its colours
        colour = sprite[..., :3] * (rng.uniform(.82, 1.15) * rng.uniform(1 - tint, 1 + tint, 3)).astype(np.float32)
        picture[y0:y1, x0:x1] = picture[y0:y1, x0:x1] * (1 - alpha) + colour * alpha
        ids.append(nameId)
        areas.append(max(1, np.count_nonzero(solid)))
        instances[y0:y1, x0:x1][solid] = len(ids)
        labels[y0:y1, x0:x1][solid] = nameId
    return finish(rng, picture, side), labels, instances, ids


def castShadow(rng, picture, alpha, x, y, size):
    """Darkens what is under a soft, shifted copy of the sprite."""
    side = picture.shape[0]
    soft = np.asarray(Image.fromarray(np.ascontiguousarray(alpha)).filter(ImageFilter.BoxBlur(max(1, size * .04))), np.float32)
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + soft.shape[1], side), min(y + soft.shape[0], side)
    if x1 > x0 and y1 > y0:
        part = soft[y0 - y:y1 - y, x0 - x:x1 - x, None] * (rng.uniform(.15, .5) / 255)
        picture[y0:y1, x0:x1] *= 1 - part


def finish(rng, picture, side):
    """Light from one side, exposure, contrast, and a little noise."""
    if rng.uniform() < .6:
        angle, depth = rng.uniform(0, 2 * np.pi), rng.uniform(0, .28)
        line = np.linspace(-.5, .5, side, dtype=np.float32)
        picture = picture * (1 + depth * (line[None, :, None] * math.cos(angle) + line[:, None, None] * math.sin(angle)))
    picture = (picture - 128) * rng.uniform(.8, 1.12) + 128 + rng.uniform(-14, 14)
    if rng.uniform() < .4:
        picture = picture + rng.normal(0, 1, (side, side, 1)).astype(np.float32) * rng.uniform(1, 7)
    return np.uint8(np.clip(picture, 0, 255))


def presence(labels, ids):
    """Per name: 1 in the image, 0 not, -1 not to be asked (a sliver of stuff, or a pair kept out of training)."""
    row = np.zeros(len(NAMES), np.int8)
    counts = np.bincount(labels.ravel(), minlength=256)
    for name in STUFF:
        share = counts[NAME_ID[name]] / labels.size
        row[NAME_ID[name]] = 1 if share >= MIN_STUFF_SHARE else (-1 if share > 0 else 0)
    for nameId in ids:
        row[nameId] = 1
    return row


UNSEEN_IDS = [NAME_ID[pair] for pair in UNSEEN_PAIRS]


def pairSwaps(nameId, allowed):
    """Pairs that differ from this one in colour or in shape alone."""
    colour, shape = NAMES[nameId].split()
    near = [f'{other} {shape}' for other in COLOURS if other != colour] + [f'{colour} {other}' for other in SHAPES if other != shape]
    return [NAME_ID[pair] for pair in near if allowed[NAME_ID[pair]]]
