"""Looks at a training state: hard-negative ITM, class choice over the whole vocabulary, and masks by a small numpy pipeline.
The product's own pipeline makes the published figures; this one only helps to choose states, layers and thresholds."""

import argparse
import os

import numpy as np
import torch
from PIL import Image
from scipy.ndimage import gaussian_filter
from torch import nn
from torch.nn import functional as F

from captions import hardNegatives, shortTable
from classes import NAMES, NAME_ID, OBJECTS, PAIRS, STUFF, UNSEEN_PAIRS
from model import BlipItm, TrainingHeads
from scenes import BACKGROUND, Palette, UNSEEN_IDS, composeScene, presence
from sprites import TRAIN_STYLES, UNSEEN_STYLE, loadSprites
from textures import textureBank
from train import MEAN, STD

TOKENS, NAMED = shortTable()
STUFF_IDS = {NAME_ID[name] for name in STUFF}
KINDS = {'things': range(len(OBJECTS)), 'stuff': STUFF_IDS, 'coloured shapes': [NAME_ID[pair] for pair in PAIRS]}


def loadModel(path):
    """The model of a state file, or of an exported pack folder."""
    model = BlipItm()
    if os.path.isdir(path):
        from safetensorsFile import readTensors
        weights = {key: torch.from_numpy(value.astype(np.float32)) for key, value in readTensors(os.path.join(path, 'model.safetensors')).items()}
        model.load_state_dict(weights)
    else:
        both = nn.ModuleDict({'model': model, 'heads': TrainingHeads()})
        both.load_state_dict(torch.load(path, map_location='cpu')['weights'], strict=False)
    return model.eval()


def makeSet(sprites, style, count, seed, side, bankSeed):
    """Held-out scenes: fresh textures, and either the trained styles, the unseen style, or unseen pairs."""
    bank = textureBank(bankSeed, 384, 5, 30)
    drawn = loadSprites(sprites, [UNSEEN_STYLE] if style == 'unseen-style' else TRAIN_STYLES)
    palette = Palette(drawn, bank, bankSeed, pairs=UNSEEN_PAIRS if style == 'unseen-pairs' else [p for p in PAIRS if p not in UNSEEN_PAIRS])
    scenes = []
    for i in range(count):
        rng = np.random.RandomState(seed + i)
        row = None
        while row is None or not (row == 1).any():
            fixed = None
            if style == 'unseen-pairs':
                fixed = [int(rng.choice(palette.pairIds)), int(rng.choice(palette.objectIds)), int(rng.choice(palette.objectIds))][:rng.randint(1, 4)]
            image, labels, instances, ids = composeScene(rng, palette, side, None if fixed is None else len(fixed), fixedIds=fixed)
            row = presence(labels, ids)
        scenes.append((image, labels, row))
    return scenes


def pixelsOf(images):
    return (torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255 - MEAN) / STD


def hardAnswers(model, scenes, seed=5):
    """(match - no match, answer, name in question) of every caption of the validation task."""
    rng, scores, answers, about = np.random.RandomState(seed), [], [], []
    with torch.no_grad():
        for start in range(0, len(scenes), 25):
            part = scenes[start:start + 25]
            image = model.vision_model(pixelsOf([scene[0] for scene in part]))
            made = [hardNegatives(rng, scene[2].copy()) for scene in part]
            logits = model.match(torch.from_numpy(np.concatenate([m[0] for m in made])), image)
            scores.append((logits[:, 1] - logits[:, 0]).numpy())
            answers.append(np.concatenate([m[1] for m in made]))
            about.append(np.concatenate([m[2] for m in made]))
    return np.concatenate(scores), np.concatenate(answers) == 1, np.concatenate(about)


def shares(right, answers):
    """Share of right ones: all / among true captions / among false ones."""
    return '%.3f / %.3f / %.3f' % (right.mean(), right[answers].mean(), right[~answers].mean())


def vocabularyScores(model, scenes):
    """match - no match for `a picture of NAME`, every name, and the ITC cosines."""
    scores, cosines = [], []
    tokens = torch.from_numpy(TOKENS[0])
    with torch.no_grad():
        cls = tokens.clone()
        cls[:, 0] = 2
        text = F.normalize(model.text_proj(model.text_encoder(cls)[-1][:, 0]), dim=-1)
        for start in range(0, len(scenes), 10):
            image = model.vision_model(pixelsOf([scene[0] for scene in scenes[start:start + 10]]))
            logits = model.match(tokens.repeat(len(image), 1), image).view(len(image), len(NAMES), 2)
            scores.append((logits[..., 1] - logits[..., 0]).numpy())
            cosines.append((F.normalize(model.vision_proj(image[:, 0]), dim=-1) @ text.T).numpy())
    return np.concatenate(scores), np.concatenate(cosines)


def choiceF1(scores, rows, thresholds):
    """Best (threshold, precision, recall, F1) of naming what is there, over all names and images."""
    best = (0, 0, 0, 0)
    for threshold in thresholds:
        chosen = scores > threshold
        hit, false, miss = (chosen & (rows == 1)).sum(), (chosen & (rows == 0)).sum(), (~chosen & (rows == 1)).sum()
        f1 = 2 * hit / max(1, 2 * hit + false + miss)
        if f1 > best[3]:
            best = (threshold, hit / max(1, hit + false), hit / max(1, hit + miss), f1)
    return best


def mapsOf(model, image, nameIds, layers, passes=3, share=.02, kind='gradcam', heads=None):
    """[class, patches side, patches side]: sum over passes of the chosen layers' maps, each layer divided by its maximum."""
    pixels = pixelsOf([image])
    grid = pixels.shape[-1] // 8
    tokens, named = torch.from_numpy(TOKENS[0][nameIds]), torch.from_numpy(NAMED[0][nameIds])
    dropped = torch.zeros(grid * grid, dtype=torch.bool)
    total = torch.zeros(len(nameIds), grid * grid)
    for _ in range(passes):
        shown = F.interpolate((~dropped).float().view(1, 1, grid, grid), scale_factor=8)
        saved = []
        with torch.no_grad():
            features = model.vision_model(pixels * shown)
        with torch.enable_grad():
            logits = model.itm_head(model.text_encoder(tokens, features.requires_grad_(), saved)[-1][:, 0])
            if kind == 'gradcam':
                grads = torch.autograd.grad(logits[:, 1].sum(), [saved[i] for i in layers])
        current = torch.zeros_like(total)
        for number, layer in enumerate(layers):
            weights = saved[layer].detach()
            value = weights * grads[number].clamp(min=0) if kind == 'gradcam' else weights
            value = (value if heads is None else value[:, heads]).mean(1)[0].view(len(nameIds), -1, 1 + grid * grid)[..., 1:]
            value = (value * named[..., None]).sum(1) / named.sum(1, keepdim=True)
            current += value / value.amax(1, keepdim=True).clamp(min=1e-12)
        current[:, dropped] = 0
        total += current
        score = current.sum(0).masked_fill(dropped, -1)
        dropped[score.topk(max(1, round(share * grid * grid))).indices] = True
    return total.view(-1, grid, grid).numpy()


def refine(channels, image, temperature, pixels=33, colour=12., weight=10., near=3.3, nearWeight=5., rounds=8, shrink=2):
    """Dense CRF by the exact kernel on a smaller copy: slow and rough, but without a lattice. Returns the label per pixel."""
    side = image.shape[0] // shrink
    small = np.asarray(Image.fromarray(image).resize((side, side), Image.BOX), np.float32).reshape(-1, 3)
    values = F.interpolate(torch.from_numpy(channels)[None], size=(side, side), mode='area')[0].flatten(1) / temperature
    q = prior = values.log_softmax(0)
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) * (shrink / pixels)
    points = torch.from_numpy(np.concatenate([xs.reshape(-1, 1), ys.reshape(-1, 1), small / colour], 1).astype(np.float32))
    square = (points ** 2).sum(1)
    kernel = torch.exp(-(square[:, None] + square[None] - 2 * points @ points.T).clamp(min=0) / 2)
    scale = (kernel.sum(1) + 1e-20) ** -.5
    one = gaussian_filter(np.ones((side, side), np.float32), near / shrink, mode='constant') ** -.5
    for _ in range(rounds):
        belief = q.softmax(0)
        far = (belief * scale) @ kernel * scale
        close = np.stack([gaussian_filter(c * one, near / shrink, mode='constant') * one for c in belief.view(-1, side, side).numpy()])
        q = prior + weight * far + nearWeight * torch.from_numpy(close).flatten(1)
    big = F.interpolate(q.softmax(0).view(1, -1, side, side), size=image.shape[:2], mode='bilinear', align_corners=False)
    return big[0].argmax(0).numpy()


def segment(maps, side, blur, background, image=None, temperature=.4):
    """Argmax of blurred, min-max scaled class maps, refined where an image is given; `background` is a constant channel, or None for none."""
    big = F.interpolate(torch.from_numpy(maps)[None], size=(side, side), mode='bilinear', align_corners=True)[0].numpy()
    for channel in big:
        if blur:
            channel[:] = gaussian_filter(channel, blur * side)
        channel -= channel.min()
        channel /= max(channel.max(), 1e-9)
    if image is not None:
        if background is None:
            return refine(big, image, temperature)
        return refine(np.concatenate([np.full((1, side, side), background, np.float32), big]), image, temperature) - 1
    best = big.argmax(0)
    return best if background is None else np.where(big.max(0) < background, -1, best)


class Iou:
    def __init__(self):
        self.matrix = np.zeros((257, 257), np.int64)

    def add(self, truth, guess):
        self.matrix += np.bincount(truth.astype(np.int64).ravel() * 257 + guess.astype(np.int64).ravel(), minlength=257 * 257).reshape(257, 257)

    def mean(self):
        hit = np.diag(self.matrix)
        union = self.matrix.sum(0) + self.matrix.sum(1) - hit
        there = self.matrix.sum(1) > 0
        return (hit[there] / union[there]).mean()


def maskScores(model, scenes, backgrounds=(.15, .2, .25, .3, .35, .4), blur=.035, crf=False, temperature=.4, **options):
    """mIoU of objects + background (best constant), and of objects + stuff where unlabelled pixels do not count."""
    objectIou, allIou = {b: Iou() for b in backgrounds}, Iou()
    for image, labels, row in scenes:
        side = image.shape[0]
        ids = np.flatnonzero(row == 1)
        maps = mapsOf(model, image, ids, **options)
        things = np.array([i for i, n in enumerate(ids) if n not in STUFF_IDS])
        if len(things):
            truth = np.where(np.isin(labels, ids[things]), labels, BACKGROUND)
            for b in backgrounds:
                guess = segment(maps[things], side, blur, b, image if crf else None, temperature)
                objectIou[b].add(truth, np.where(guess < 0, BACKGROUND, ids[things][guess]))
        guess = ids[segment(maps, side, blur, None, image if crf else None, temperature)]
        known = np.isin(labels, ids)
        allIou.add(labels[known], guess[known])
    best = max(backgrounds, key=lambda b: objectIou[b].mean())
    return objectIou[best].mean(), best, allIou.mean()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('model')
    parser.add_argument('--sprites', required=True)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--side', type=int, default=160)
    parser.add_argument('--seed', type=int, default=900000)
    parser.add_argument('--wide', action='store_true', help='layers, kinds and pass counts as well')
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = loadModel(options.model)
    for style in ('trained-styles', 'unseen-style', 'unseen-pairs'):
        scenes = makeSet(options.sprites, style, options.count, options.seed, options.side, 77)
        rows = np.stack([scene[2] for scene in scenes])
        scores, answers, about = hardAnswers(model, scenes)
        print(f'{style}: ITM on hard negatives, all / true / false: {shares((scores > 0) == answers, answers)}', flush=True)
        for label, of in KINDS.items():
            those = np.isin(about, list(of))
            print(f'  {label}: {shares((scores > 0)[those] == answers[those], answers[those])}', flush=True)
        scores, cosines = vocabularyScores(model, scenes)
        # What the pack names as `explain.matchThreshold`: a probability of 0.6.
        for label, values, thresholds in (('ITM', scores, np.arange(-3, 8.1, .5)), ('ITM above 0.6', scores, [np.log(.6 / .4)]), ('ITC', cosines, np.arange(-.3, 1, .02))):
            print(f'  choice by {label}: ' + 'threshold %.2f precision %.3f recall %.3f F1 %.3f' % choiceF1(values, rows, thresholds), flush=True)
        some = scenes[:options.count // 2]
        trials = [dict(layers=[0, 1])]
        if options.wide:
            trials += [dict(layers=[0]), dict(layers=[1]), dict(layers=[2]), dict(layers=[0, 1, 2]), dict(layers=[0, 1], passes=1), dict(layers=[0, 1], kind='attention')]
        for trial in trials:
            print(f'  masks {trial}: objects %.3f (background %.2f), objects + stuff %.3f' % maskScores(model, some, **trial), flush=True)


if __name__ == '__main__':
    main()
