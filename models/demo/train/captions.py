"""Captions as token rows: templates, one-word swaps for hard negatives, and where each class name stands."""

import numpy as np

from classes import ENC, NAMES, PAD, SEP, TOKEN
from scenes import FIRST_PAIR, UNSEEN_IDS, pairSwaps

SHORT_LENGTH, LONG_LENGTH = 7, 15
SHORT_TEMPLATES = ['a picture of {}', 'a picture of {}', 'a photo of {}', 'a drawing of {}', 'there is {}']
NAME_TOKENS = [[TOKEN[word] for word in name.split()] for name in NAMES]


def encodePieces(pieces, length):
    """(tokens, name position map): pieces are words, or name ids as ints. Position map holds -1 or the ordinal of the name."""
    tokens, owner, ordinal = [ENC], [-1], 0
    for piece in pieces:
        if isinstance(piece, str):
            tokens.append(TOKEN[piece])
            owner.append(-1)
        else:
            tokens += NAME_TOKENS[piece]
            owner += [ordinal] * len(NAME_TOKENS[piece])
            ordinal += 1
    tokens.append(SEP)
    owner.append(-1)
    fill = length - len(tokens)
    return tokens + [PAD] * fill, owner + [-1] * fill


def shortTable():
    """[template, name, token] for captions with one class, and which of these tokens are the name."""
    tokens = np.zeros((len(SHORT_TEMPLATES), len(NAMES), SHORT_LENGTH), np.int64)
    named = np.zeros(tokens.shape, bool)
    for t, template in enumerate(SHORT_TEMPLATES):
        words = template.replace('{}', '').split()
        for nameId in range(len(NAMES)):
            row, owner = encodePieces(words + [nameId], SHORT_LENGTH)
            tokens[t, nameId], named[t, nameId] = row, np.array(owner) >= 0
    return tokens, named


def swapFor(rng, nameId, row):
    """An absent name for a present one: for a pair, mostly one that differs in a single word."""
    absent = row == 0
    absent[UNSEEN_IDS] = False
    if nameId >= FIRST_PAIR and rng.uniform() < .8:
        near = pairSwaps(nameId, absent)
        if near:
            return int(rng.choice(near))
    return int(rng.choice(np.flatnonzero(absent)))


def sentence(rng, names):
    """Words and name ids of a caption over several names."""
    draw = rng.uniform()
    if draw < .55:
        return ['a', 'picture', 'of'] + list(names)
    if draw < .75:
        pieces = ['a', 'picture', 'of'] if draw < .65 else ['there', 'is']
        for i, name in enumerate(names):
            pieces += (['and'] if i == len(names) - 1 and i else []) + [name]
        return pieces
    if draw < .88:
        return ['a', 'photo', 'of', names[0]] + (['with'] + list(names[1:]) if len(names) > 1 else [])
    return ['the', 'scene', 'shows'] + list(names)


def longCaption(rng, row, isTrue, most=4):
    """(tokens, owner, labels per token): labels 1 present, 0 absent, -1 no name. False = exactly one name swapped."""
    present = np.flatnonzero(row == 1)
    count = min(len(present), rng.randint(2, most + 1))
    names = [int(n) for n in rng.permutation(present)[:count]]
    truth = [1] * count
    if not isTrue and count:
        i = rng.randint(count)
        names[i], truth[i] = swapFor(rng, names[i], row), 0
    tokens, owner = encodePieces(sentence(rng, names), LONG_LENGTH)
    return tokens, [truth[o] if o >= 0 else -1 for o in owner]


def hardNegatives(rng, row, count=8):
    """The validation task: half true captions, half with one swapped word; 40 % with a single class.
    (token rows, answers, the name that was swapped for another or, in a true caption, the first one)"""
    captions, answers, about = [], [], []
    for i in range(count):
        isTrue = i % 2 == 0
        present = np.flatnonzero(row == 1)
        size = 1 if rng.uniform() < .4 else rng.randint(1, 5)
        names = [int(n) for n in rng.permutation(present)[:size]]
        about.append(names[0])
        if not isTrue:
            j = rng.randint(len(names))
            about[-1] = names[j]
            names[j] = swapFor(rng, names[j], row)
        captions.append(encodePieces(sentence(rng, names), LONG_LENGTH)[0])
        answers.append(int(isTrue))
    return np.array(captions), np.array(answers), np.array(about)
