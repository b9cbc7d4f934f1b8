// Small vocabularies for tests: WordPiece with the pieces the tests speak of, and a byte-level BPE.
import { captionTokenizerFromFiles } from '../../electron/inference/pipeline/tokenize/fromFiles.ts';
import type { CaptionTokenizer } from '../../electron/inference/pipeline/tokenize/captionTokenizer.ts';

export const VOCABULARY = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  ...'a picture of dog cat traffic light ##light cafe don '.split(' ').filter(Boolean),
  ...["'", '-', 't', 's', '猫', 'potted', '##plant', 'plant', 'hot', 'zebra', '##s', 'sep'],
];

export const vocabText = (): string => `${VOCABULARY.join('\n')}\n`;

/** [ENC] is the second id after the vocabulary, as in BLIP. */
export const ENC = VOCABULARY.length + 1;

export const wordPiece = (): CaptionTokenizer =>
  captionTokenizerFromFiles({ vocabText: vocabText(), firstId: ENC });

/** tokenizer.json of a RoBERTa-like byte-level BPE over a handful of words. */
export function byteBpeJson(): unknown {
  const merges: string[] = [];
  const vocab: Record<string, number> = { '<s>': 0, '<pad>': 1, '</s>': 2, '<unk>': 3 };
  const add = (token: string): void => {
    vocab[token] ??= Object.keys(vocab).length;
  };
  for (const letter of 'ĠAabcdefghiklmnoprstuzÃ©'.split('')) add(letter);
  const merge = (letters: string[]): void => {
    let left = letters[0] as string;
    for (const right of letters.slice(1)) {
      const pair = `${left} ${right}`;
      if (!merges.includes(pair)) merges.push(pair);
      left += right;
      add(left);
    }
  };
  for (const word of ['Ġpicture', 'Ġof', 'Ġdog', 'Ġcat', 'dog']) merge([...word]);
  return {
    version: '1.0',
    added_tokens: ['<s>', '<pad>', '</s>', '<unk>'].map((content, id) => ({
      id,
      content,
      special: true,
      normalized: false,
      single_word: false,
      lstrip: false,
      rstrip: false,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', unk_token: '<unk>', vocab, merges },
  };
}
