// A caption tokenizer from a checkpoint's own files: vocab.txt (WordPiece) or tokenizer.json
// (WordPiece or byte-level BPE). The pieces themselves come from @huggingface/tokenizers.
import { Tokenizer } from '@huggingface/tokenizers';
import { PipelineError } from '../../../link/pipelineError.ts';
import { tokenizerFault } from '../../../../models/packs/building/tokenizerCheck.ts';
import type { CaptionTokenizer, TokenPiece } from './captionTokenizer.ts';

export interface TokenizerSource {
  /** Parsed tokenizer.json; used before vocab.txt when both are given. */
  readonly tokenizerJson?: unknown;
  /** Text of vocab.txt, one WordPiece per line. */
  readonly vocabText?: string;
  /** Id of the first token; BLIP: [ENC] = vocabulary size of the model minus 1. */
  readonly firstId?: number;
  /** False: nothing stands behind the last piece. Default true. */
  readonly endsWithSeparator?: boolean;
}

interface Vocabulary {
  readonly kind: CaptionTokenizer['kind'];
  readonly tokenizer: Tokenizer;
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly pad: readonly string[];
  readonly unknown: readonly string[];
}

/** Longest word sequence handed to the library, so that pasted novels fail early. */
const MAX_TEXT = 4096;

/** Builds the tokenizer of a pack. Throws PipelineError TOKENIZER_INVALID naming what is missing. */
export function captionTokenizerFromFiles(source: TokenizerSource): CaptionTokenizer {
  const vocabulary = readVocabulary(source);
  const { kind, tokenizer } = vocabulary;
  const unknownText = vocabulary.unknown.find((text) => tokenizer.token_to_id(text) !== undefined);
  return {
    kind,
    firstId: source.firstId ?? idOf(tokenizer, vocabulary.first, 'first token of a caption'),
    lastId:
      source.endsWithSeparator === false
        ? null
        : idOf(tokenizer, vocabulary.last, 'last token of a caption'),
    padId: idOf(tokenizer, vocabulary.pad, 'padding token'),
    pieces(text, opensCaption) {
      if (text.length > MAX_TEXT)
        throw new PipelineError(
          'PROMPT_TOO_LONG',
          `expected at most ${MAX_TEXT} characters of caption text, found ${text.length}; shorten the class names`,
        );
      const spaced = kind === 'byte-bpe' && !opensCaption ? ` ${text}` : text;
      const { ids, tokens } = tokenizer.encode(neutral(spaced, tokenizer), {
        add_special_tokens: false,
      });
      return tokens.map((token, index): TokenPiece => {
        const id = ids[index];
        if (id === undefined)
          throw new PipelineError(
            'TOKENIZER_INVALID',
            `expected an id for the piece ${JSON.stringify(token)}, found none; the vocabulary lacks its unknown token`,
          );
        return { id, text: token, unknown: token === unknownText };
      });
    },
  };
}

function readVocabulary({ tokenizerJson, vocabText }: TokenizerSource): Vocabulary {
  if (tokenizerJson !== undefined) return fromJson(tokenizerJson);
  if (vocabText !== undefined) return fromVocab(vocabText);
  throw new PipelineError(
    'TOKENIZER_INVALID',
    'expected tokenizer.json or vocab.txt in the pack, found neither; copy one from the checkpoint',
  );
}

const BERT = {
  kind: 'wordpiece',
  first: ['[ENC]', '[CLS]'],
  last: ['[SEP]'],
  pad: ['[PAD]'],
  unknown: ['[UNK]'],
} as const;

/** bert-base-uncased around a bare vocabulary: lower case, no accents, CJK letters apart. */
function fromVocab(text: string): Vocabulary {
  const vocab: Record<string, number> = Object.create(null) as Record<string, number>;
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  lines.forEach((line, id) => {
    vocab[line] = id;
  });
  for (const needed of ['[UNK]', '[SEP]', '[PAD]'])
    if (vocab[needed] === undefined)
      throw new PipelineError(
        'TOKENIZER_INVALID',
        `expected the line ${needed} in vocab.txt, found ${lines.length} lines without it; use the vocab.txt of a BERT checkpoint`,
      );
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].filter(
    (token) => vocab[token] !== undefined,
  );
  return {
    ...BERT,
    tokenizer: build({
      version: '1.0',
      added_tokens: special.map((content) => ({
        id: vocab[content],
        content,
        special: true,
        normalized: false,
        single_word: false,
        lstrip: false,
        rstrip: false,
      })),
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: true,
        lowercase: true,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab,
      },
    }),
  };
}

function fromJson(json: unknown): Vocabulary {
  const type = modelType(json);
  if (type === 'WordPiece') return { ...BERT, tokenizer: build(json) };
  if (type === 'BPE')
    return {
      kind: 'byte-bpe',
      tokenizer: build(json),
      first: ['<s>', '<|startoftext|>'],
      last: ['</s>', '<|endoftext|>'],
      pad: ['<pad>', '<|endoftext|>'],
      unknown: ['<unk>'],
    };
  throw new PipelineError(
    'TOKENIZER_INVALID',
    `expected model.type "WordPiece" or "BPE" in tokenizer.json, found ${JSON.stringify(type)}; only BERT-like and RoBERTa-like tokenizers are read`,
  );
}

function modelType(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('model' in json)) return undefined;
  const { model } = json;
  return typeof model === 'object' && model !== null && 'type' in model ? model.type : undefined;
}

function build(json: unknown): Tokenizer {
  const fault = tokenizerFault(json, null);
  if (fault)
    throw new PipelineError(
      'TOKENIZER_INVALID',
      `expected a readable tokenizer.json (${fault.expected}), found ${fault.found}; use the tokenizer.json that belongs to this model`,
    );
  try {
    return new Tokenizer(json as object, {});
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PipelineError(
      'TOKENIZER_INVALID',
      `expected a readable tokenizer.json, found: ${why}; download the file again`,
      { cause },
    );
  }
}

function idOf(tokenizer: Tokenizer, names: readonly string[], what: string): number {
  for (const name of names) {
    const id = tokenizer.token_to_id(name);
    if (id !== undefined) return id;
  }
  throw new PipelineError(
    'TOKENIZER_INVALID',
    `expected ${names.join(' or ')} in the vocabulary as the ${what}, found neither; state its id in the pack`,
  );
}

/** A class called "[SEP]" must stay words: special tokens inside user text lose their brackets. */
function neutral(text: string, tokenizer: Tokenizer): string {
  let safe = text;
  for (const token of tokenizer.get_added_tokens_decoder().values())
    if (token.special && token.content !== '' && safe.includes(token.content))
      safe = safe.replaceAll(token.content, token.content.replace(/[^\p{L}\p{N}]+/gu, ' '));
  return safe;
}
