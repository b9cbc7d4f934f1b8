"""Composes the sample pictures for the first run and the documentation: arranged scenes at 960 x 720 with ground planes, light and shadow.
`python3 samples.py SPRITES OUT [--png FOLDER]` writes JPEGs, truth.json and classes.txt."""

import argparse
import os

import numpy as np
from PIL import Image, ImageFilter
from scipy.ndimage import gaussian_filter, map_coordinates

from classes import NAME_ID
from cocoTruth import truthOf, writeTruth
from scenes import BACKGROUND, shapeSprite
from sprites import LARGE_PX
from textures import MAKERS, fractalNoise

WIDTH, HEIGHT = 960, 720
TEXTURE_PX = 1100


class Canvas:
    def __init__(self, seed):
        self.rng = np.random.RandomState(seed)
        self.picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
        self.labels = np.full((HEIGHT, WIDTH), BACKGROUND, np.uint8)
        self.instances = np.zeros((HEIGHT, WIDTH), np.uint8)
        self.ids = []

    def texture(self, name):
        return np.clip(MAKERS[name](np.random.RandomState(self.rng.randint(1 << 30)), TEXTURE_PX), 0, 1).astype(np.float32)

    def wall(self, name, y0, y1, zoom=1.0):
        """An upright surface: no perspective."""
        tile = self.texture(name)
        if zoom < 1:
            tile = gaussian_filter(tile, (.4 / zoom, .4 / zoom, 0))
        ys, xs = fold(np.arange(y1 - y0) / zoom), fold(np.arange(WIDTH) / zoom)
        part = sample(tile, ys[:, None] + 0 * xs[None], xs[None] + 0 * ys[:, None])
        self.paste(part, y0, np.ones(part.shape[:2], np.float32), name)

    def floor(self, name, y0, far=.4, rough=0.0, feather=1.5, zoom=1.0, haze=0.0, hazeColour=(.8, .9, 1)):
        """A ground plane from y0 down: the pattern shrinks towards the horizon; `rough` waves its edge."""
        tile = self.texture(name)
        edge = y0 + rough * (fractalNoise(self.rng, WIDTH, 3, 3)[0] + .15 * fractalNoise(self.rng, WIDTH, 30, 2)[3])
        rows = np.arange(HEIGHT)
        depth = np.clip((rows - y0 + 2 * rough) / (HEIGHT - y0), 0, 1)
        scale = (far + (1 - far) * depth) * zoom
        v = np.cumsum(1 / scale)
        xs = np.arange(WIDTH) - WIDTH / 2
        ys = np.repeat(v[:, None], WIDTH, 1) % (2 * TEXTURE_PX - 4)
        us = (xs[None] / scale[:, None] + TEXTURE_PX / 2) % (2 * TEXTURE_PX - 4)
        ys, us = fold(ys), fold(us)
        part = sample(tile, ys, us)
        blurred = sample(gaussian_filter(tile, (1.2, 1.2, 0)), ys, us)
        far01 = np.clip(1.6 - 2 * scale / zoom, 0, 1)[:, None, None]
        part = part * (1 - far01) + blurred * far01
        if haze:
            amount = (haze * (1 - depth) ** 3)[:, None, None]
            part = part * (1 - amount) + np.array(hazeColour, np.float32) * amount
        cover = np.clip((rows[:, None] - edge[None]) / feather + .5, 0, 1).astype(np.float32)
        self.paste(part, 0, cover, name)
        return edge

    def paste(self, part, y0, cover, name):
        y1 = y0 + part.shape[0]
        self.picture[y0:y1] = self.picture[y0:y1] * (1 - cover[..., None]) + part * cover[..., None]
        self.labels[y0:y1][cover > .5] = BACKGROUND if name == 'plain' else NAME_ID[name]

    def foam(self, edge, width=7):
        """A bright line where water meets the shore."""
        rows = np.arange(HEIGHT)[:, None]
        line = np.exp(-((rows - edge[None] + width * .6) / width) ** 2) * (.75 + .25 * fractalNoise(self.rng, WIDTH, 20, 2)[:1])
        self.picture += (1 - self.picture) * np.clip(line, 0, 1)[..., None] * .8
        wet = np.exp(-np.clip(rows - edge[None], 0, None) / 26) * (rows > edge[None])
        self.picture *= 1 - .16 * wet[..., None]

    def put(self, sprite, nameId, x, base, size, angle=0.0, flip=False, kind='stand', light=1.0):
        """`x` centre and `base` bottom (centre for 'air' and 'flat') in pixels; `kind` chooses the shadow."""
        image = sprite
        if flip:
            image = image.transpose(Image.FLIP_LEFT_RIGHT)
        scale = size / max(image.size)
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.LANCZOS)
        if angle:
            image = image.rotate(angle, Image.BICUBIC, expand=True)
        rgba = np.asarray(image, np.float32) / 255
        height, width = rgba.shape[:2]
        x0 = round(x - width / 2)
        y0 = round(base - height if kind in ('stand', 'float') else base - height / 2)
        self.shadow(rgba[..., 3], x0, y0, size, kind)
        cx0, cy0, cx1, cy1 = max(x0, 0), max(y0, 0), min(x0 + width, WIDTH), min(y0 + height, HEIGHT)
        rgba = rgba[cy0 - y0:cy1 - y0, cx0 - x0:cx1 - x0]
        alpha = rgba[..., 3:]
        ys, xs = np.mgrid[0:1:complex(0, rgba.shape[0]), 0:1:complex(0, rgba.shape[1])]
        shade = (1.07 - .10 * xs - .10 * ys)[..., None] * light
        view = self.picture[cy0:cy1, cx0:cx1]
        view[:] = view * (1 - alpha) + np.clip(rgba[..., :3] * shade, 0, 1) * alpha
        self.ids.append(nameId)
        solid = alpha[..., 0] > .5
        self.instances[cy0:cy1, cx0:cx1][solid] = len(self.ids)
        self.labels[cy0:cy1, cx0:cx1][solid] = nameId

    def shadow(self, alpha, x0, y0, size, kind):
        if kind == 'air':
            return
        field = np.zeros((HEIGHT, WIDTH), np.float32)
        if kind == 'flat':
            addShifted(field, alpha, x0 + size * .035, y0 + size * .05)
            field = gaussian_filter(field, size * .035) * .55
        else:
            height, width = alpha.shape
            low = np.flatnonzero(alpha[int(height * .8):].max(0) > .5)
            left, right = (low.min(), low.max()) if len(low) else (0, width)
            cx, cy = x0 + (left + right) / 2, y0 + height
            ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
            half = max(6, (right - left) * .58)
            contact = np.clip(1.15 - np.hypot((xs - cx - half * .10) / half, (ys - cy + size * .012) / (half * .20)), 0, 1)
            field = gaussian_filter(contact, size * .012) * .5
            if kind == 'stand':  # a long soft shadow away from the light
                cast = Image.fromarray(np.uint8(alpha * 255)).resize((width, max(4, int(height * .28))), Image.BILINEAR).transpose(Image.FLIP_TOP_BOTTOM)
                cast = np.asarray(cast, np.float32) / 255
                long = np.zeros_like(field)
                for row in range(cast.shape[0]):
                    addShifted(long, cast[row:row + 1], x0 + row * .9, y0 + height - size * .02 + row * .55)
                field = np.maximum(field, gaussian_filter(np.clip(long, 0, 1), size * .016) * .26)
        self.picture *= 1 - np.clip(field, 0, 1)[..., None] * np.array([1, .97, .88], np.float32)

    def glow(self, x, y, radius, colour, amount):
        ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        fall = np.exp(-np.hypot(xs - x, ys - y) / radius)[..., None] * amount
        self.picture += (np.array(colour, np.float32) - self.picture) * fall

    def finished(self, warmth=.02, vignette=.18):
        ys, xs = np.mgrid[-1:1:complex(0, HEIGHT), -1:1:complex(0, WIDTH)]
        picture = self.picture * (1.04 - vignette * (xs ** 2 * .5 + ys ** 2 * .5))[..., None]
        picture = picture * np.array([1 + warmth, 1, 1 - warmth])
        picture = picture + self.rng.normal(0, .006, (HEIGHT, WIDTH, 1))
        return Image.fromarray(np.uint8(np.clip(picture, 0, 1) * 255 + .5)).filter(ImageFilter.UnsharpMask(1.2, 35, 2))


def fold(values):
    """Mirrors running coordinates into the tile, so that it repeats without a seam."""
    period = TEXTURE_PX - 2
    values = values % (2 * period)
    return np.where(values > period, 2 * period - values, values)


def sample(tile, ys, xs):
    return np.stack([map_coordinates(tile[..., c], [ys, xs], order=1, mode='nearest') for c in range(3)], -1)


def addShifted(field, patch, x, y):
    x, y = round(x), round(y)
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + patch.shape[1], WIDTH), min(y + patch.shape[0], HEIGHT)
    if x1 > x0 and y1 > y0:
        np.maximum(field[y0:y1, x0:x1], patch[y0 - y:y1 - y, x0 - x:x1 - x], out=field[y0:y1, x0:x1])


def beach(c, put):
    c.wall('sky', 0, 300)
    c.glow(770, 120, 150, (1, .97, .85), .85)
    c.floor('water', 268, far=.30, haze=.55, zoom=.8)
    shore = c.floor('sand', 452, far=.6, rough=20, feather=6, zoom=1)
    c.foam(shore)
    put('sun', 770, 120, 170, kind='air')
    put('cloud', 240, 105, 240, kind='air')
    put('sailboat', 585, 385, 190, kind='float')
    put('umbrella', 270, 630, 310)
    put('palm tree', 855, 610, 400, flip=True)
    put('ball', 500, 655, 150)
    put('crab', 690, 692, 165)


def picnic(c, put):
    c.wall('sky', 0, 320)
    c.floor('grass', 285, far=.35, rough=16, feather=3, haze=.3)
    c.glow(90, 40, 260, (1, .98, .88), .5)
    put('cloud', 490, 88, 220, kind='air')
    put('tree', 190, 470, 400)
    put('house', 790, 400, 260)
    put('butterfly', 515, 262, 165, angle=12, kind='air')
    put('watermelon', 180, 680, 220)
    put('cake', 440, 640, 215)
    put('strawberry', 620, 692, 150, angle=-14)
    put('dog', 805, 650, 220)


def breakfast(c, put):
    c.wall('brick', 0, 380, zoom=.55)
    c.picture[:380] *= np.linspace(.95, .80, 380)[:, None, None]
    c.floor('wood', 372, far=.62, feather=2, zoom=.9)
    c.glow(120, 60, 380, (1, .93, .75), .35)
    put('clock', 840, 455, 225)
    put('book', 610, 480, 250)
    put('tulip', 130, 450, 290)
    put('cup', 350, 590, 270)
    put('donut', 590, 660, 200)
    put('bread', 815, 685, 235)
    put('apple', 130, 675, 180)


def winter(c, put):
    c.wall('sky', 0, 330)
    c.floor('snow', 300, far=.4, rough=26, feather=5, haze=.25)
    put('cloud', 760, 105, 250, kind='air')
    put('airplane', 430, 120, 185, angle=6, kind='air')
    put('house', 190, 440, 320)
    put('penguin', 480, 560, 260)
    put('penguin', 655, 610, 215, flip=True)
    put('hat', 330, 675, 175, angle=-8)
    put('gift', 860, 600, 210)


def street(c, put):
    c.wall('brick', 0, 400, zoom=.6)
    c.picture[:400] *= np.linspace(1.05, .82, 400)[:, None, None]
    c.floor('stone', 392, far=.5, feather=2, zoom=.7)
    put('tree', 125, 462, 340)
    put('balloon', 440, 160, 230, kind='air')
    put('bus', 760, 510, 340)
    put('car', 300, 600, 300)
    put('cat', 560, 670, 185)
    put('ball', 830, 680, 150)


def pond(c, put):
    c.wall('sky', 0, 200)
    c.floor('grass', 165, far=.3, rough=14, feather=3, haze=.35)
    put('sunflower', 130, 435, 300)
    put('tree', 770, 350, 300)
    shore = c.floor('water', 430, far=.6, rough=26, feather=4, zoom=.85)
    c.foam(shore, 4)
    put('frog', 360, 450, 190)
    put('turtle', 590, 440, 205)
    put('bee', 420, 150, 165, angle=10, kind='air')
    put('fish', 260, 610, 220, kind='air')
    put('fish', 650, 620, 190, kind='air', flip=True)
    put('ladybug', 850, 470, 150)


def blocks(c, put):
    wall = np.array([.93, .89, .80], np.float32)
    c.picture[:] = wall * np.linspace(1.02, .86, HEIGHT)[:, None, None]
    c.floor('wood', 400, far=.62, feather=2, zoom=.9)
    c.glow(820, 40, 420, (1, .97, .85), .4)
    put('red square', 180, 570, 215)
    put('blue triangle', 180, 278, 185, kind='air')
    put('yellow star', 455, 190, 200, angle=10, kind='air')
    put('green heart', 750, 200, 190, angle=-8, kind='air')
    put('purple circle', 420, 640, 205)
    put('pig', 625, 570, 220)
    put('camera', 830, 670, 220)


def market(c, put):
    c.floor('wood', -40, far=1, feather=1, zoom=.9)
    c.glow(120, 40, 420, (1, .95, .8), .35)
    put('pineapple', 140, 230, 320, angle=14, kind='flat')
    put('banana', 400, 170, 250, angle=-6, kind='flat')
    put('grapes', 640, 180, 240, kind='flat')
    put('carrot', 850, 270, 250, angle=8, kind='flat')
    put('watermelon', 330, 440, 250, angle=10, kind='flat')
    put('burger', 580, 450, 225, kind='flat')
    put('pizza', 820, 550, 245, angle=-12, kind='flat')
    put('ice cream', 120, 560, 240, angle=16, kind='flat')
    put('strawberry', 470, 620, 165, angle=20, kind='flat')


SCENES = {'beach': (beach, 'noto', 11), 'picnic': (picnic, 'noto', 22), 'breakfast': (breakfast, 'fluent-emoji', 33),
          'winter': (winter, 'noto', 44), 'street': (street, 'fluent-emoji', 55), 'pond': (pond, 'noto', 66),
          'blocks': (blocks, 'fluent-emoji', 77), 'market': (market, 'fluent-emoji', 88)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('sprites')
    parser.add_argument('out')
    parser.add_argument('--png', help='also write PNGs here, to look at')
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    entries, used = [], []
    for title, (arrange, style, seed) in SCENES.items():
        canvas = Canvas(seed)

        def put(name, x, base, size, **rest):
            path = os.path.join(options.sprites, f'{style}__{name.replace(" ", "_")}.png')
            sprite = Image.open(path) if os.path.exists(path) else Image.fromarray(shapeSprite(canvas.rng, *name.split(), px=LARGE_PX), 'RGBA')
            canvas.put(sprite, NAME_ID[name], x, base, size, **rest)
            used.append(name)
        arrange(canvas, put)
        picture = canvas.finished()
        picture.save(os.path.join(options.out, f'{title}.jpg'), quality=90, optimize=True)
        if options.png:
            picture.save(os.path.join(options.png, f'sample-{title}.png'))
        entries.append(({'file_name': f'{title}.jpg', 'style': style}, canvas.labels, canvas.instances, canvas.ids))
    truth = truthOf(entries, 'Sample pictures of the demonstration model', .005)
    writeTruth(os.path.join(options.out, 'truth.json'), truth)
    there = {a['category_id'] for a in truth['annotations']}
    with open(os.path.join(options.out, 'classes.txt'), 'w') as file:
        file.write(''.join(c['name'] + '\n' for c in truth['categories'] if c['id'] in there))


if __name__ == '__main__':
    main()
