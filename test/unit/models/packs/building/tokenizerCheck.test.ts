// Tokenizer files are run over every class name: what takes for ever or grows without bound is refused.
import { describe, expect, test } from 'vitest';
import { captionTokenizerFromFiles } from '../../../../../electron/inference/pipeline/tokenize/fromFiles.ts';
import {
  tokenizerFault,
  vocabularyFault,
} from '../../../../../models/packs/building/tokenizerCheck.ts';
import { cpuMsOf } from '../../../../helpers/drivers/loopTurns.ts';

const VOCAB = { '[UNK]': 0, '[CLS]': 1, '[SEP]': 2, '[PAD]': 3, a: 4, cat: 5 };
const bert = (more: Record<string, unknown> = {}, model: Record<string, unknown> = {}) => ({
  version: '1.0',
  added_tokens: [],
  normalizer: { type: 'BertNormalizer', lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: VOCAB,
    ...model,
  },
  ...more,
});
const sequence = (...normalizers: unknown[]) => ({ type: 'Sequence', normalizers });
const replace = (pattern: unknown, content: string) => ({ type: 'Replace', pattern, content });
const split = (Regex: string) => ({
  type: 'Split',
  pattern: { Regex },
  behavior: 'Removed',
  invert: true,
});

const TEXT = { Sequence: { id: 'A', type_id: 0 } };
const SEP = { SpecialToken: { id: '[SEP]', type_id: 0 } };
const template = (...single: unknown[]) => ({
  type: 'TemplateProcessing',
  single,
  pair: [],
  special_tokens: {},
});

const CLIP = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

describe('a tokenizer of the known families', () => {
  test.each([
    ['BERT', bert({ post_processor: template(TEXT, SEP) })],
    ['RoBERTa', bert({ normalizer: null, pre_tokenizer: { type: 'ByteLevel' } })],
    [
      'CLIP',
      bert({
        normalizer: sequence({ type: 'NFC' }, replace({ Regex: '\\s+' }, ' '), {
          type: 'Lowercase',
        }),
        pre_tokenizer: {
          type: 'Sequence',
          pretokenizers: [split(CLIP), { type: 'ByteLevel', add_prefix_space: false }],
        },
      }),
    ],
    ['quotes made plain', bert({ normalizer: sequence(replace({ String: '``' }, '"')) })],
  ])('is let through: %s', (_, json) => {
    expect(tokenizerFault(json, 6)).toBeNull();
  });
});

const HOSTILE: [string, unknown][] = [
  ['an expression of its own to split', bert({ pre_tokenizer: split('(a+)+$') })],
  ['an expression of its own to replace', bert({ normalizer: replace({ Regex: '(a+)+$' }, '') })],
  [
    'replacements that lengthen',
    bert({
      normalizer: sequence(...Array.from({ length: 10 }, () => replace({ String: 'a' }, 'aa'))),
    }),
  ],
  ['a replacement of nothing', bert({ normalizer: replace({ String: '' }, 'a') })],
  [
    'more steps than any has',
    bert({ normalizer: sequence(...Array.from({ length: 40 }, () => ({ type: 'NFKC' }))) }),
  ],
  [
    'steps of unknown kinds',
    bert({ normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } }),
  ],
  ['something put in front', bert({ normalizer: { type: 'Prepend', prepend: 'a'.repeat(1000) } })],
  [
    'bytes spelled again and again, twice as long each time',
    bert({
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: Array.from({ length: 14 }, () => ({ type: 'ByteLevel' })),
      },
    }),
  ],
  ['words of any length', bert({}, { max_input_chars_per_word: 1e9 })],
  ['half a length of words', bert({}, { max_input_chars_per_word: '1e9' })],
  [
    'endless endings of pieces',
    bert({}, { type: 'BPE', continuing_subword_suffix: 'a'.repeat(1000) }),
  ],
  ['a text put in twice around itself', bert({ post_processor: template(TEXT, TEXT) })],
  [
    'more around a text than any has',
    bert({ post_processor: template(...Array.from({ length: 40 }, () => SEP)) }),
  ],
  ['something unknown around a text', bert({ post_processor: { type: 'Other' } })],
  ['endless endings', bert({}, { end_of_word_suffix: 'a'.repeat(1000) })],
  ['a number below 0', bert({}, { vocab: { ...VOCAB, dog: -1 } })],
  ['a number that two words have', bert({}, { vocab: { ...VOCAB, dog: 5 } })],
  ['half a number', bert({}, { vocab: { ...VOCAB, dog: 0.5 } })],
  ['no vocabulary', bert({}, { vocab: null })],
  [
    'an added word without letters',
    bert({ added_tokens: [{ id: 1, content: '', special: false }] }),
  ],
];

describe('the longest text', () => {
  const BYTES = { type: 'ByteLevel', add_prefix_space: false, use_regex: false };
  const LONGEST = 4096;
  const bpe = (more: Record<string, unknown>) =>
    bert(
      { pre_tokenizer: BYTES, ...more },
      {
        type: 'BPE',
        vocab: { '<s>': 0, '</s>': 1, '<pad>': 2, '<unk>': 3, a: 4, aa: 5, aaaa: 6 },
        merges: ['a a', 'aa aa'],
        unk_token: '<unk>',
      },
    );
  const forms = Array.from({ length: 14 }, () => ({ type: 'NFKD' }));
  test.each([
    ['one word', bert({}, { max_input_chars_per_word: 200 }), 'b'.repeat(LONGEST)],
    ['words as long as they may be', bert(), `${'a'.repeat(99)} `.repeat(LONGEST / 100)],
    ['letters that stand for many', bpe({ normalizer: sequence(...forms) }), '\uFDFA'.repeat(4096)],
    ['one letter again and again', bpe({}), 'a'.repeat(LONGEST)],
    ['numbers', bpe({ pre_tokenizer: { type: 'Digits' } }), '12'.repeat(LONGEST / 2)],
  ])('is read within two seconds: %s', async (_, json, text) => {
    expect(tokenizerFault(json, null)).toBeNull();
    const tokenizer = captionTokenizerFromFiles({ tokenizerJson: json });
    expect(await cpuMsOf(() => tokenizer.pieces(text, true))).toBeLessThan(2000);
  });
});

describe('a tokenizer that asks for more', () => {
  test.each(HOSTILE)('is refused: %s', (_, json) => {
    expect(tokenizerFault(json, null)).toMatchObject({
      expected: expect.any(String) as string,
      found: expect.any(String) as string,
    });
  });

  test.each(HOSTILE)('is not used either where a pack has it already: %s', (_, json) => {
    expect(() => captionTokenizerFromFiles({ tokenizerJson: json })).toThrow(
      expect.objectContaining({ code: 'TOKENIZER_INVALID' }),
    );
  });

  test('is refused where its numbers are beyond the word table', () => {
    expect(tokenizerFault(bert(), 5)).toMatchObject({
      expected: expect.stringContaining("the model's 5") as string,
      found: '"cat": 5',
    });
    expect(vocabularyFault('a\nb\nc\n', 3)).toBeNull();
    expect(vocabularyFault('a\nb\nc\n', 2)).toMatchObject({ found: '3 lines' });
    // A special token is never part of a class name.
    const special = { added_tokens: [{ id: 900, content: '[X]', special: true }] };
    expect(tokenizerFault(bert(special), 6)).toBeNull();
    expect(
      tokenizerFault(bert({ added_tokens: [{ id: 900, content: 'X', special: false }] }), 6),
    ).not.toBeNull();
  });
});

describe('what a tokenizer may have at most', () => {
  const isFine = (json: unknown, words: number | null = 6) => tokenizerFault(json, words) === null;
  const letters = (count: number) => 'x'.repeat(count);

  test('is let through, and one more is not', () => {
    const affix = (count: number) => bert({}, { unk_token: letters(count) });
    expect([16, 17].map((count) => isFine(affix(count)))).toEqual([true, false]);
    const word = (most: unknown) => bert({}, { max_input_chars_per_word: most });
    expect([200, 201, 1, 0, 1.5, null].map((most) => isFine(word(most)))).toEqual([
      ...[true, false, true, false, false, true],
    ]);
    const around = (count: number) =>
      bert({ post_processor: template(TEXT, ...Array<unknown>(count).fill(SEP)) });
    expect([16, 17].map((count) => isFine(around(count)))).toEqual([true, false]);
    expect(isFine(bert({ post_processor: template(SEP) }))).toBe(true);
    expect(isFine(bert({ post_processor: template(TEXT, TEXT) }))).toBe(false);
    // The sequence itself is a step.
    const steps = (count: number) =>
      bert({ normalizer: sequence(...Array<unknown>(count).fill({ type: 'NFC' })) });
    expect([15, 16].map((count) => isFine(steps(count)))).toEqual([true, false]);
  });

  test('is replaced by no more than it was', () => {
    const replaced = (from: object, to: string) =>
      isFine(bert({ normalizer: sequence(replace(from, to)) }));
    expect([replaced({ String: 'ab' }, 'cd'), replaced({ String: 'ab' }, 'cde')]).toEqual([
      ...[true, false],
    ]);
    expect(replaced({ Regex: '\\s+' }, '  ')).toBe(false);
    expect(replaced({ String: '' }, '')).toBe(false);
    expect(replaced({ Regex: 'a' }, '')).toBe(false);
  });

  test('is one word for each number below those of the model', () => {
    const vocab = (more: object) => bert({}, { vocab: { ...VOCAB, ...more } });
    expect(isFine(vocab({ dog: 6 }))).toBe(false);
    expect(isFine(vocab({ dog: 6 }), 7)).toBe(true);
    expect(isFine(vocab({ dog: 6 }), null)).toBe(true);
    expect(isFine(vocab({ dog: 5 }), null)).toBe(false);
    expect(isFine(vocab({ dog: -1 }), null)).toBe(false);
    expect(isFine(vocab({ dog: 1.5 }), null)).toBe(false);
    const added = (token: object) => bert({ added_tokens: [{ id: 5, content: '<s>', ...token }] });
    expect([{}, { id: 6 }, { id: 6, special: true }].map((one) => isFine(added(one)))).toEqual([
      ...[true, false, true],
    ]);
    expect([{ content: '' }, { content: 4 }, { id: -1 }].map((one) => isFine(added(one)))).toEqual([
      ...[false, false, false],
    ]);
    expect(vocabularyFault('a\nb\nc\n', 3)).toBeNull();
    expect(vocabularyFault('a\nb\nc', 2)).toMatchObject({ found: '3 lines' });
  });

  test.each([null, [], 'x', {}, { model: null }, { model: [] }, bert({}, { vocab: [] })])(
    'and %j is none',
    (json) => expect(isFine(json)).toBe(false),
  );
});
