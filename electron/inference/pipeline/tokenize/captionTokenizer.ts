// What captions need of a tokenizer, whatever its kind (WordPiece or byte-level BPE): the pieces
// of a word sequence, and the special tokens around a caption.

/** One piece of a word, as the model's vocabulary has it. */
export interface TokenPiece {
  readonly id: number;
  /** Vocabulary entry, e.g. '##plant' or 'Ġdog'. */
  readonly text: string;
  /** True for the vocabulary's unknown entry: the model cannot read this word. */
  readonly unknown: boolean;
}

export interface CaptionTokenizer {
  readonly kind: 'wordpiece' | 'byte-bpe';
  /** First token of a caption: [ENC] for BLIP, <s> for RoBERTa-like vocabularies. */
  readonly firstId: number;
  /** Last token: [SEP] or </s>; null: a caption ends with its last piece. */
  readonly lastId: number | null;
  readonly padId: number;
  /**
   * Pieces of `text` without special tokens. `opensCaption` is true for the words right after the
   * first token; all others stand after a space (byte BPE spells those differently).
   */
  pieces(text: string, opensCaption: boolean): TokenPiece[];
}
