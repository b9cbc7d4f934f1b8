"""Procedural textures of the stuff classes and the plain backgrounds, at any size.
Each takes a numpy RandomState and a side in pixels, and returns float RGB in 0..1; one unit of pattern scales with the side."""

import numpy as np
from PIL import Image


def resized(field, width, height, how=Image.BICUBIC):
    return np.asarray(Image.fromarray(field.astype(np.float32)).resize((width, height), how))


def fractalNoise(rng, side, cells, octaves=4, stretch=(1, 1), fall=0.55):
    """Smooth noise in about -1..1; `cells` coarse cells per side, `stretch` = (x, y) cell multipliers."""
    total, weight = np.zeros((side, side), np.float32), 1.0
    for octave in range(octaves):
        nx = max(2, int(cells * stretch[0] * 2 ** octave))
        ny = max(2, int(cells * stretch[1] * 2 ** octave))
        if min(nx, ny) > side:
            break
        total += weight * resized(rng.uniform(-1, 1, (min(ny, side) + 1, min(nx, side) + 1)), side, side)
        weight *= fall
    return total


def mix(a, b, t):
    t = np.clip(t, 0, 1)[..., None]
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def tone(rng, colour, spread=0.05):
    return np.clip(np.asarray(colour) + rng.uniform(-spread, spread, 3) + rng.uniform(-spread, spread), 0, 1)


def grid(side):
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) / side
    return xs, ys


def grass(rng, side):
    dark, light = tone(rng, (.20, .42, .10)), tone(rng, (.50, .72, .22))
    blades = fractalNoise(rng, side, 26, 3, (2.4, .6)) * .5 + fractalNoise(rng, side, 60, 2, (2, .7)) * .5
    patches = fractalNoise(rng, side, 3, 3)
    image = mix(dark, light, .5 + .42 * blades + .22 * patches)
    return mix(image, tone(rng, (.66, .70, .26)), np.clip(fractalNoise(rng, side, 9, 2) - .75, 0, 1) * .8)


def sky(rng, side):
    top, low = tone(rng, (.28, .56, .90)), tone(rng, (.70, .87, .98), .04)
    _, ys = grid(side)
    image = mix(top, low, ys * rng.uniform(.7, 1.2) + fractalNoise(rng, side, 2, 2) * .08)
    haze = np.clip(fractalNoise(rng, side, 2.5, 4, (.8, 2.2)) - .15, 0, 1)
    return mix(image, (.97, .98, 1), haze * rng.uniform(0, .45))


def water(rng, side):
    deep, light = tone(rng, (.05, .33, .58)), tone(rng, (.18, .62, .76))
    xs, ys = grid(side)
    waves = rng.uniform(18, 34)
    phase = fractalNoise(rng, side, 3, 3, (1, 1.6)) * 2.2
    ripple = np.sin((ys * waves + phase) * 2 * np.pi * .6)
    image = mix(deep, light, .45 + .28 * ripple + .2 * fractalNoise(rng, side, 4, 3, (.6, 2)))
    crest = np.clip(ripple - .72 + .35 * fractalNoise(rng, side, 12, 2, (.7, 1.6)), 0, 1)
    return mix(image, (.86, .96, .98), crest * 1.6)


def sand(rng, side):
    base, dark = tone(rng, (.90, .78, .54), .04), tone(rng, (.76, .60, .36), .04)
    xs, ys = grid(side)
    dunes = np.sin((ys * rng.uniform(5, 10) + xs * rng.uniform(-2, 2) + fractalNoise(rng, side, 2, 3) * .7) * 2 * np.pi * .6)
    grain = rng.normal(0, 1, (side, side)).astype(np.float32)
    coarse = fractalNoise(rng, side, 90, 1)
    image = mix(base, dark, .32 + .10 * dunes + .16 * fractalNoise(rng, side, 5, 3) + .10 * coarse + .07 * grain)
    return image


def courses(rng, side, rows, ratio, joint, shift):
    """Running-bond rectangles: an id per pixel and a joint mask."""
    xs, ys = grid(side)
    wobble = fractalNoise(rng, side, 14, 2) * .0025
    row = np.floor((ys + wobble) * rows)
    fy = (ys + wobble) * rows - row
    u = (xs + wobble) * rows / ratio + row * shift
    column = np.floor(u)
    fx = u - column
    return row, column, (fy < joint) | (fx < joint / ratio)


def hashTone(row, column, seed):
    value = np.sin(row * 127.1 + column * 311.7 + seed) * 43758.5453
    return (value - np.floor(value)).astype(np.float32)


def brick(rng, side):
    rows = rng.randint(8, 13)
    row, column, joint = courses(rng, side, rows, 2.3, .13, .5)
    shade = hashTone(row, column, rng.uniform(0, 9))
    image = mix(tone(rng, (.55, .22, .15), .04), tone(rng, (.76, .40, .28), .04), shade + .25 * fractalNoise(rng, side, 20, 3))
    return mix(image, tone(rng, (.80, .76, .70), .05), joint.astype(np.float32) * .9)


def wood(rng, side):
    planks = rng.randint(4, 7)
    xs, ys = grid(side)
    row = np.floor(ys * planks)
    shift = hashTone(row, row * 0, rng.uniform(0, 9))
    grain = fractalNoise(rng, side, 3, 4, (.5, 9)) + .4 * np.sin((ys * planks * 5 + fractalNoise(rng, side, 2, 2, (.8, 3)) * 1.6) * 2 * np.pi)
    image = mix(tone(rng, (.42, .25, .12), .04), tone(rng, (.74, .52, .31), .04), .45 + .24 * grain + .35 * (shift - .5))
    seam = (ys * planks - row) < .045
    butt = np.abs((xs * 1.3 + shift * 3.1) % 1) < .008
    return mix(image, (.20, .11, .05), (seam | butt).astype(np.float32) * .8)


def snow(rng, side):
    image = mix(tone(rng, (.95, .97, 1), .02), tone(rng, (.72, .80, .92), .03),
                .25 + .38 * fractalNoise(rng, side, 3, 4, (1, 1.8)) + .05 * rng.normal(0, 1, (side, side)))
    return mix(image, (1, 1, 1), (rng.uniform(0, 1, (side, side)) > .993).astype(np.float32))


def stone(rng, side):
    """Cobbles: the distance to the nearest and second nearest of jittered grid points."""
    cells = rng.randint(7, 11)
    jitter = rng.uniform(.15, .85, (cells + 2, cells + 2, 2))
    xs, ys = grid(side)
    gx, gy = np.floor(xs * cells).astype(int), np.floor(ys * cells).astype(int)
    first = np.full((side, side), 9, np.float32)
    second = first.copy()
    shade = np.zeros((side, side), np.float32)
    tones = rng.uniform(0, 1, (cells + 2, cells + 2)).astype(np.float32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            cy, cx = gy + dy + 1, gx + dx + 1
            point = jitter[cy, cx]
            distance = np.hypot(gx + dx + point[..., 0] - xs * cells, gy + dy + point[..., 1] - ys * cells).astype(np.float32)
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            shade = np.where(nearer, tones[cy, cx], shade)
            first = np.where(nearer, distance, first)
    gap = np.clip((second - first) / .22, 0, 1)
    image = mix(tone(rng, (.42, .42, .43), .03), tone(rng, (.70, .69, .66), .03), shade + .3 * fractalNoise(rng, side, 18, 3))
    return mix((.24, .23, .22), image, gap)


def plain(rng, side):
    """A quiet background that is none of the stuff classes: one or two colours, faint pattern. Sky-like blues are avoided."""
    def colour():
        if rng.uniform() < .35:
            return np.clip(np.full(3, rng.uniform(.25, .97)) + rng.uniform(-.04, .04, 3), 0, 1)
        hue = rng.choice([rng.uniform(0, .17), rng.uniform(.20, .45), rng.uniform(.68, 1)])
        return hsv(hue, rng.uniform(.08, .55), rng.uniform(.45, .97))
    kind, xs_ys = rng.randint(6), grid(side)
    first, second = colour(), colour()
    xs, ys = xs_ys
    angle = rng.uniform(0, 2 * np.pi)
    along = (xs - .5) * np.cos(angle) + (ys - .5) * np.sin(angle)
    if kind <= 1:
        image = mix(first, second if kind else first, along + .5)
    elif kind == 2:
        image = mix(first, second, np.hypot(xs - rng.uniform(.2, .8), ys - rng.uniform(.2, .8)) * 1.2)
    elif kind == 3:
        near = np.clip(first + rng.uniform(-.12, .12), 0, 1)
        image = mix(first, near, (np.sin(along * rng.uniform(20, 90)) > rng.uniform(-.5, .6)).astype(np.float32))
    elif kind == 4:
        near = np.clip(first + rng.uniform(-.12, .12), 0, 1)
        count = rng.uniform(4, 14)
        image = mix(first, near, (np.hypot((xs * count) % 1 - .5, (ys * count) % 1 - .5) < rng.uniform(.15, .4)).astype(np.float32))
    else:
        image = mix(first, second, .5 + .5 * fractalNoise(rng, side, rng.uniform(1.5, 6), 3))
    return image + rng.normal(0, rng.uniform(0, .02), (side, side, 1))


def hsv(hue, saturation, value):
    channel = np.abs((hue * 6 + np.array([0, 4, 2])) % 6 - 3) - 1
    return value * (1 - saturation + saturation * np.clip(channel, 0, 1))


MAKERS = {'grass': grass, 'sky': sky, 'water': water, 'sand': sand, 'brick': brick, 'wood': wood, 'snow': snow, 'stone': stone,
          'plain': plain}


def makeTexture(name, seed, side):
    image = MAKERS[name](np.random.RandomState(seed), side)
    return np.uint8(np.clip(image, 0, 1) * 255 + .5)


def textureBank(seed, side, perClass, plainCount):
    """{name: [uint8 RGB]}: drawn once, then cropped at random, because drawing anew for each scene would starve the training."""
    bank = {}
    for number, name in enumerate(MAKERS):
        count = plainCount if name == 'plain' else perClass
        bank[name] = [makeTexture(name, seed * 100003 + number * 1009 + i, side) for i in range(count)]
    return bank
