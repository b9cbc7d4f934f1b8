// Tokenizer files are run over every class name: what takes for ever or grows without bound is refused.
import { describe, expect, test } from 'vitest';
import { captionTokenizerFromFiles } from '../../../../electron/inference/pipeline/tokenize/fromFiles.ts';
import { tokenizerFault, vocabularyFault } from '../../../../models/packs/tokenizerCheck.ts';

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

const CLIP = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

describe('a tokenizer of the known families', () => {
  test.each([
    ['BERT', bert()],
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
