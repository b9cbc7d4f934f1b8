"""Everything that the demonstration model can name, and the word pieces of its vocabulary.
One list serves the scene generator, the captions, the trainer and the fixtures, so that they cannot drift apart."""

OBJECTS = [
    'cat', 'dog', 'pig', 'frog', 'penguin', 'fish', 'turtle', 'bee', 'ladybug', 'snail', 'crab', 'butterfly',
    'apple', 'banana', 'strawberry', 'grapes', 'watermelon', 'carrot', 'pizza', 'burger', 'cake', 'bread', 'donut',
    'ice cream', 'pineapple',
    'car', 'bus', 'gift', 'sailboat', 'airplane', 'house', 'tent', 'umbrella', 'ball', 'guitar', 'camera', 'clock',
    'book', 'cup', 'hat', 'balloon',
    'cactus', 'tree', 'palm tree', 'sunflower', 'tulip', 'sun', 'cloud',
]
STUFF = ['grass', 'sky', 'water', 'sand', 'brick', 'wood', 'snow', 'stone']
COLOURS = ['red', 'yellow', 'green', 'blue', 'purple']
SHAPES = ['circle', 'square', 'triangle', 'star', 'heart']
# Never drawn in training: they show whether colour and shape are bound, not memorised as a pair.
UNSEEN_PAIRS = ['red star', 'yellow square', 'green circle', 'blue heart', 'purple triangle']
PAIRS = [f'{colour} {shape}' for colour in COLOURS for shape in SHAPES]

NAMES = OBJECTS + STUFF + PAIRS
NAME_ID = {name: i for i, name in enumerate(NAMES)}
OBJECT_COUNT, STUFF_COUNT = len(OBJECTS), len(STUFF)

# Image-level factors of the throw-away patch head. Colours and shapes are separate there,
# because a head over pairs would learn that the unseen ones never occur.
FACTORS = OBJECTS + STUFF + COLOURS + SHAPES


def factorsOf(nameId):
    """The factor numbers that one name stands for: one, or a colour and a shape."""
    if nameId < OBJECT_COUNT + STUFF_COUNT:
        return [nameId]
    pair = nameId - OBJECT_COUNT - STUFF_COUNT
    base = OBJECT_COUNT + STUFF_COUNT
    return [base + pair // len(SHAPES), base + len(COLOURS) + pair % len(SHAPES)]


CAPTION_WORDS = ['a', 'an', 'the', 'picture', 'photo', 'drawing', 'of', 'and', 'with', 'there', 'is', 'this', 'shows',
                 'scene', 'one', 'some', 'in', 'on', ',', '.']
LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'


def vocabulary():
    """BERT WordPiece, uncased: specials, words, then letters so that any word can be spelled. [DEC] and [ENC] follow the file."""
    words = list(CAPTION_WORDS)
    for name in NAMES:
        for word in name.split():
            if word not in words:
                words.append(word)
    letters = list(LETTERS) + ['##' + c for c in LETTERS] + list("-'/()&!?:;")
    pieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
    return pieces + words + [c for c in letters if c not in words]


VOCAB = vocabulary()
TOKEN = {piece: i for i, piece in enumerate(VOCAB)}
PAD, SEP, CLS = TOKEN['[PAD]'], TOKEN['[SEP]'], TOKEN['[CLS]']
DEC, ENC = len(VOCAB), len(VOCAB) + 1
VOCAB_SIZE = len(VOCAB) + 2
