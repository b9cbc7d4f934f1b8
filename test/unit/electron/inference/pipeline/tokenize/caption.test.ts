// Token spans of class names in captions: real spelling, joined words, hostile names, chunks.
import { describe, expect, test } from 'vitest';
import { cleanPrompts } from '../../../../../../electron/inference/pipeline/prompts.ts';
import {
  batchOf,
  planCaptions,
  type Caption,
  type CaptionPlan,
} from '../../../../../../electron/inference/pipeline/tokenize/caption.ts';
import { captionTokenizerFromFiles } from '../../../../../../electron/inference/pipeline/tokenize/fromFiles.ts';
import {
  byteBpeJson,
  ENC,
  VOCABULARY,
  vocabText,
  wordPiece,
} from '../../../../../helpers/fixtures/tokenizers.ts';

const PLAN: CaptionPlan = {
  prefix: 'A picture of ',
  captions: 'joint',
  maxClasses: 25,
  maxTokens: 64,
};

function plan(
  names: readonly (string | readonly string[])[],
  own: Partial<CaptionPlan> & { joinWords?: boolean } = {},
) {
  const prompts = names.map((entry, index) => {
    const [name = '', ...synonyms] = typeof entry === 'string' ? [entry] : entry;
    return { id: index + 1, name, synonyms };
  });
  const { classes, warnings } = cleanPrompts(prompts, { joinWords: own.joinWords ?? false });
  const planned = planCaptions(wordPiece(), classes, { ...PLAN, ...own });
  return { captions: planned.captions, warnings: [...warnings, ...planned.warnings] };
}

/** The pieces of every span, as text. */
const spans = (caption: Caption | undefined): string[] =>
  (caption?.spans ?? []).map(({ start, end }) =>
    (caption?.pieces.slice(start, end) ?? []).join(' '),
  );

describe('a joint caption', () => {
  test('is [ENC] a picture of ... [SEP] with one span per name', () => {
    const [caption] = plan(['dog', 'cat']).captions;
    const id = (token: string) => VOCABULARY.indexOf(token);
    expect(caption).toEqual({
      text: 'A picture of dog cat',
      ids: [ENC, id('a'), id('picture'), id('of'), id('dog'), id('cat'), id('[SEP]')],
      pieces: ['', 'a', 'picture', 'of', 'dog', 'cat', ''],
      spans: [
        { classIndex: 0, wordIndex: 0, start: 4, end: 5 },
        { classIndex: 1, wordIndex: 0, start: 5, end: 6 },
      ],
    });
  });

  test('of a model without a last token ends with the last piece, and has room for one more', () => {
    const bare = captionTokenizerFromFiles({ vocabText: vocabText(), endsWithSeparator: false });
    const { classes } = cleanPrompts([{ id: 1, name: 'dog cat', synonyms: [] }], {
      joinWords: false,
    });
    const fits = { ...PLAN, maxTokens: 6 };
    const [caption] = planCaptions(bare, classes, fits).captions;
    const ids = ['[CLS]', 'a', 'picture', 'of', 'dog', 'cat'].map((t) => VOCABULARY.indexOf(t));
    expect(caption?.ids).toEqual(ids);
    expect(caption?.pieces).toEqual(['', 'a', 'picture', 'of', 'dog', 'cat']);
    expect(caption?.spans).toEqual([{ classIndex: 0, wordIndex: 0, start: 4, end: 6 }]);
    expect(() => planCaptions(wordPiece(), classes, fits)).toThrow(/at most 1 tokens/);
  });

  test.each([
    ['traffic light', false, ['traffic light']],
    ['traffic light', true, ['traffic ##light']],
    ['Potted-Plant', false, ['potted - plant']],
    ['Potted-Plant', true, ['potted ##plant']],
    ['picture', false, ['picture']],
    ["don't", false, ["don ' t"]],
    ['Café', false, ['cafe']],
    ['猫', false, ['猫']],
    ['猫 dog', false, ['猫 dog']],
    ['  hot   dog\u200b\n', false, ['hot dog']],
    ['[SEP]', false, ['sep']],
  ])('spells %j (words joined: %j) as %j', (name, joinWords, expected) => {
    expect(spans(plan([name], { joinWords }).captions[0])).toEqual(expected);
  });

  test('equals the tokens of the whole sentence', () => {
    const names = ['traffic light', "don't", 'café', 'potted plant', 'zebras'];
    const [caption] = plan(names).captions;
    const whole = wordPiece().pieces(`A picture of ${names.join(' ')}`, true);
    expect(caption?.ids.slice(1, -1)).toEqual(whole.map((piece) => piece.id));
  });

  test('warns of names that the vocabulary cannot spell, and keeps them', () => {
    const { captions, warnings } = plan(['дом', 'dog']);
    expect(spans(captions[0])).toEqual(['[UNK]', 'dog']);
    expect(warnings).toEqual([expect.stringContaining('дом')]);
  });

  test('asks for a repeated name once and says so', () => {
    const { captions, warnings } = plan(['dog', 'Dog', 'cat']);
    expect(spans(captions[0])).toEqual(['dog', 'cat']);
    expect(captions[0]?.spans.map((span) => span.classIndex)).toEqual([0, 2]);
    expect(warnings).toEqual([expect.stringContaining('"Dog"')]);
  });

  test('keeps the synonyms of a class beside its name', () => {
    const [caption] = plan([['dog', 'zebra'], 'cat']).captions;
    expect(spans(caption)).toEqual(['dog', 'zebra', 'cat']);
    expect(caption?.spans.map((span) => [span.classIndex, span.wordIndex])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  test('of no classes is no caption', () => {
    expect(plan([]).captions).toEqual([]);
  });

  test('splits after the most classes that one caption may hold', () => {
    const names = Array.from({ length: 7 }, (_, i) => 'cat'.padEnd(4 + i, 's'));
    const { captions } = plan(names, { maxClasses: 3 });
    expect(captions.map((caption) => caption.spans.map((span) => span.classIndex))).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6],
    ]);
  });

  test('splits before it grows past the model and refuses a name that cannot fit at all', () => {
    const { captions } = plan(['dog', 'cat', 'hot', 'zebra'], { maxTokens: 7 });
    expect(captions.map(({ ids }) => ids.length)).toEqual([7, 7]);
    expect(() => plan(['hot dog cat zebra plant'], { maxTokens: 9 })).toThrow(
      expect.objectContaining({
        code: 'PROMPT_TOO_LONG',
        message: expect.stringMatching(/at most 4 tokens .* found 5/),
      }),
    );
  });
});

describe('one caption per class', () => {
  test('has one word each, synonyms included', () => {
    const { captions } = plan([['dog', 'zebra'], 'cat'], { captions: 'perClass' });
    expect(captions.map(({ text }) => text)).toEqual([
      'A picture of dog',
      'A picture of zebra',
      'A picture of cat',
    ]);
  });
});

describe('names', () => {
  test.each([
    [[{ id: 1, name: ' ' }], /found an empty one/],
    [[{ id: 1, name: '\u0000\u200d' }], /found an empty one/],
    [[{ id: 0, name: 'dog' }], /class id from 1 to 65535, found 0/],
    [[{ id: 65_536, name: 'dog' }], /class id from 1 to 65535, found 65536/],
    [[{ id: 1.5, name: 'dog' }], /class id from 1 to 65535, found 1.5/],
    [
      [
        { id: 4, name: 'dog' },
        { id: 5, name: '' },
      ],
      /class 5 \(position 2\)/,
    ],
    [
      Array.from({ length: 256 }, (_, at) => ({ id: at + 1, name: `class ${at}` })),
      /at most 255 classes, found 256/,
    ],
    [
      [
        { id: 4, name: 'dog' },
        { id: 4, name: 'cat' },
      ],
      /every class id once, found 4/,
    ],
  ])('%j are refused', (prompts, message) => {
    expect(() => cleanPrompts(prompts, { joinWords: false })).toThrow(
      expect.objectContaining({ code: 'PROMPT_INVALID', message: expect.stringMatching(message) }),
    );
  });
});

test('the largest id and the most classes that masks can hold are taken; an empty synonym is left out', () => {
  const clean = (prompts: Parameters<typeof cleanPrompts>[0]) =>
    cleanPrompts(prompts, { joinWords: false }).classes;
  expect(clean([{ id: 65_535, name: 'dog', synonyms: [' ', 'hound'] }])[0]).toEqual({
    id: 65_535,
    name: 'dog',
    words: ['dog', 'hound'],
  });
  const most = Array.from({ length: 255 }, (_, at) => ({ id: at + 1, name: `class ${at}` }));
  expect(clean(most)).toHaveLength(255);
});

describe('a batch', () => {
  test('is padded at the end and masked there', () => {
    const { captions } = plan(['traffic light', 'dog'], { captions: 'perClass' });
    const batch = batchOf(captions, 0);
    expect([batch.batch, batch.length]).toEqual([2, 7]);
    expect(Array.from(batch.attentionMask, Number)).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    ]);
    expect(Number(batch.inputIds.at(-1))).toBe(0);
  });
});

describe('byte-level BPE', () => {
  const tokenizer = captionTokenizerFromFiles({ tokenizerJson: byteBpeJson() });

  test('begins words with Ġ, except right after the first token', () => {
    expect(tokenizer.pieces('dog cat', false).map(({ text }) => text)).toEqual(['Ġdog', 'Ġcat']);
    expect(tokenizer.pieces('dog', true).map(({ text }) => text)).toEqual(['dog']);
  });

  test('gives captions with <s> and </s> whose words equal the whole sentence', () => {
    const { classes } = cleanPrompts(
      [
        { id: 1, name: 'hot dog' },
        { id: 2, name: 'café' },
      ],
      { joinWords: false },
    );
    const { captions } = planCaptions(tokenizer, classes, PLAN);
    const whole = tokenizer.pieces('A picture of hot dog café', true);
    expect(captions[0]?.ids).toEqual([0, ...whole.map(({ id }) => id), 2]);
  });

  test('spells the first name without a space when there is no prefix', () => {
    const { classes } = cleanPrompts([{ id: 1, name: 'dog' }], { joinWords: false });
    const { captions } = planCaptions(tokenizer, classes, { ...PLAN, prefix: '' });
    expect(captions[0]?.pieces).toEqual(['', 'dog', '']);
  });
});

describe('tokenizer files', () => {
  test.each([
    [{}, /neither/],
    [{ vocabText: 'a\nb\n' }, /\[UNK\]/],
    [{ tokenizerJson: { model: { type: 'Unigram' } } }, /"Unigram"/],
    [{ tokenizerJson: 'text' }, /undefined/],
    [{ tokenizerJson: { model: { type: 'WordPiece' } } }, /readable tokenizer.json/],
  ])('%j are refused by name', (source, message) => {
    expect(() => captionTokenizerFromFiles(source)).toThrow(
      expect.objectContaining({
        code: 'TOKENIZER_INVALID',
        message: expect.stringMatching(message),
      }),
    );
  });

  test('text of absurd length is refused before it is cut up', () => {
    expect(() => wordPiece().pieces('dog '.repeat(5000), false)).toThrow(
      expect.objectContaining({ code: 'PROMPT_TOO_LONG' }),
    );
  });
});
