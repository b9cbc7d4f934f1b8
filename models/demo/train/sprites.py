"""Draws the pictograms of each style (iconify JSON packages unpacked from npm) into sprites that the scenes are composed of.
`python3 sprites.py PACKAGES OUT` needs rsvg-convert, because some styles use SVG filters."""

import concurrent.futures
import glob
import json
import os
import subprocess
import sys

import numpy as np
from PIL import Image

TRAIN_STYLES = ['noto', 'noto-v1', 'fluent-emoji', 'fluent-emoji-flat', 'fxemoji']
UNSEEN_STYLE = 'twemoji'
SPRITE_PX, LARGE_PX = 112, 480

# Icons that show a small scene of their own instead of the thing.
SCENIC = {('fxemoji', 'sailboat'), ('fxemoji', 'tent'), ('fxemoji', 'umbrella')}

# Icon names of each class: the common name, then names that one set uses instead.
ICONS = {
    'cat': ['cat-face', 'cat'], 'dog': ['dog-face', 'dog'], 'pig': ['pig-face', 'pig'], 'frog': ['frog'], 'penguin': ['penguin'],
    'fish': ['tropical-fish', 'tropicalfish'], 'turtle': ['turtle'], 'bee': ['honeybee'], 'ladybug': ['lady-beetle', 'ladybeetle'],
    'snail': ['snail'], 'crab': ['crab'], 'butterfly': ['butterfly'], 'apple': ['red-apple', 'redapple'], 'banana': ['banana'],
    'strawberry': ['strawberry'], 'grapes': ['grapes'], 'watermelon': ['watermelon'], 'carrot': ['carrot'],
    'pizza': ['pizza', 'sliceofpizza'], 'burger': ['hamburger'], 'cake': ['birthday-cake', 'birthdaycake'], 'bread': ['bread'],
    'donut': ['doughnut'], 'ice cream': ['soft-ice-cream', 'softicecream'], 'pineapple': ['pineapple'], 'car': ['automobile'],
    'bus': ['bus'], 'gift': ['wrapped-gift', 'present'], 'sailboat': ['sailboat'], 'airplane': ['airplane'], 'house': ['house', 'housebuilding'],
    'tent': ['tent'], 'umbrella': ['umbrella-on-ground', 'beachumbrella'], 'ball': ['soccer-ball', 'soccerball'],
    'guitar': ['guitar'], 'camera': ['camera'], 'clock': ['alarm-clock', 'alarmclock'], 'book': ['closed-book', 'closedbook'],
    'cup': ['hot-beverage', 'hotbeverage'], 'hat': ['top-hat', 'tophat'], 'balloon': ['balloon'], 'cactus': ['cactus'],
    'tree': ['deciduous-tree', 'deciduoustree'], 'palm tree': ['palm-tree', 'palmtree'], 'sunflower': ['sunflower'],
    'tulip': ['tulip'], 'sun': ['sun', 'sunrays'], 'cloud': ['cloud'],
}


def iconSvg(data, names):
    """The SVG text of the first name that the set has, or None."""
    for name in names:
        icon = data['icons'].get(name)
        if icon is None and name in data.get('aliases', {}):
            icon = data['icons'].get(data['aliases'][name]['parent'])
        if icon is not None:
            width = icon.get('width', data.get('width', 16))
            height = icon.get('height', data.get('height', 16))
            return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                    f'viewBox="{icon.get("left", 0)} {icon.get("top", 0)} {width} {height}">{icon["body"]}</svg>')
    return None


def draw(svg, path):
    """Renders, crops to what is drawn, and scales the longer side to LARGE_PX."""
    subprocess.run(['rsvg-convert', '-w', '640', '-h', '640', '-a', '-o', path], input=svg.encode(), check=True)
    image = Image.open(path).convert('RGBA')
    box = image.getchannel('A').point(lambda a: 255 if a > 40 else 0).getbbox()
    image = image.crop(box)
    scale = LARGE_PX / max(image.size)
    image.resize((max(8, round(image.width * scale)), max(8, round(image.height * scale))), Image.LANCZOS).save(path)


def main(packages, out):
    os.makedirs(out, exist_ok=True)
    jobs, missing = [], []
    for style in TRAIN_STYLES + [UNSEEN_STYLE]:
        folder = sorted(glob.glob(os.path.join(packages, f'iconify-json-{style}-[0-9]*')))[0]
        with open(os.path.join(folder, 'package', 'icons.json')) as file:
            data = json.load(file)
        for name, icons in ICONS.items():
            svg = None if (style, name) in SCENIC else iconSvg(data, icons)
            if svg is None:
                missing.append(f'{style}: {name}')
                continue
            jobs.append((svg, os.path.join(out, f'{style}__{name.replace(" ", "_")}.png')))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: draw(*job), jobs))
    print(f'{len(jobs)} sprites; not in the set: {", ".join(missing) or "none"}')


def loadSprites(folder, styles, px=SPRITE_PX):
    """{class name: [RGBA arrays]} for the given styles, the longer side px pixels."""
    sprites = {name: [] for name in ICONS}
    for style in styles:
        for name in ICONS:
            path = os.path.join(folder, f'{style}__{name.replace(" ", "_")}.png')
            if os.path.exists(path):
                image = Image.open(path)
                scale = px / max(image.size)
                if scale < 1:
                    image = image.resize((max(4, round(image.width * scale)), max(4, round(image.height * scale))), Image.LANCZOS)
                sprites[name].append(np.asarray(image))
    return sprites


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
