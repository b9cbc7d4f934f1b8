// Checks a foreign tokenizer. Its file names steps and patterns that run over every class name: a pattern can
// take exponential time, a replacement can double a text until memory ends. Only the steps and patterns of the
// known families' tokenizers are allowed, which bounds the time: 0.3 s for the longest text and the worst
// steps.

/** A fault in the words of a ModelError. */
export interface TokenizerFault {
  readonly expected: string;
  readonly found: string;
}

/** Steps that have no pattern and do not lengthen a text beyond a small factor. */
const NORMALIZERS = new Set([
  'BertNormalizer',
  'Lowercase',
  'NFC',
  'NFD',
  'NFKC',
  'NFKD',
  'Strip',
  'StripAccents',
]);
const PRE_TOKENIZERS = new Set([
  'BertPreTokenizer',
  'ByteLevel',
  'Digits',
  'Punctuation',
  'Whitespace',
  'WhitespaceSplit',
]);
const POST_PROCESSORS = new Set([
  'BertProcessing',
  'ByteLevel',
  'RobertaProcessing',
  'TemplateProcessing',
]);
/** CLIP's words, with and without its special tokens in front, and its runs of blanks. */
const CLIP_WORDS = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
const PATTERNS = new Set([
  String.raw`\s+`,
  CLIP_WORDS,
  String.raw`<\|startoftext\|>|<\|endoftext\|>|${CLIP_WORDS}`,
]);
/** Spells each byte beyond ASCII as two characters: a second such step would double the text again. */
const LENGTHENS = 'ByteLevel';
const MAX_STEPS = 16;
const MAX_AFFIX = 16;
/** Special tokens around a text. */
const MAX_TEMPLATE = 16;
/** The time for a word grows with the third power of its letters; BERT reads words of 100. */
const MAX_WORD = 200;

/** Why the tokenizer.json must not be used, or null. `vocabSize`: rows of the model's word table, where known. */
export function tokenizerFault(json: unknown, vocabSize: number | null): TokenizerFault | null {
  const root = record(json);
  const model = record(root?.['model']);
  if (!root || !model) return { expected: 'a tokenizer with a model', found: kindOf(json) };
  return (
    stepsFault('normalizer', root['normalizer'], NORMALIZERS) ??
    stepsFault('pre_tokenizer', root['pre_tokenizer'], PRE_TOKENIZERS) ??
    stepsFault('post_processor', root['post_processor'], POST_PROCESSORS) ??
    affixFault(model) ??
    wordFault(model) ??
    idsFault(root, model, vocabSize)
  );
}

/** Why a vocab.txt does not belong to a model with so many words, or null. */
export function vocabularyFault(text: string, vocabSize: number): TokenizerFault | null {
  const words = text.replace(/\r?\n$/, '').split('\n').length;
  return words <= vocabSize
    ? null
    : { expected: `at most the model's ${vocabSize} words`, found: `${words} lines` };
}

function stepsFault(
  what: string,
  value: unknown,
  allowed: ReadonlySet<string>,
): TokenizerFault | null {
  const steps = [value];
  let lengthened = false;
  for (let done = 0; steps.length > 0; done += 1) {
    if (done >= MAX_STEPS)
      return { expected: `a ${what} of at most ${MAX_STEPS} steps`, found: 'more' };
    const step = steps.shift();
    if (step === null || step === undefined) continue;
    const { type, ...rest } = record(step) ?? {};
    if (type === 'Sequence') {
      const inner = rest['normalizers'] ?? rest['pretokenizers'] ?? rest['processors'];
      if (!Array.isArray(inner)) return { expected: `steps in a ${what}`, found: kindOf(inner) };
      steps.push(...(inner as unknown[]).slice(0, MAX_STEPS + 1));
    } else if (type === 'Replace' || type === 'Split') {
      const fault = patternFault(what, rest);
      if (fault) return fault;
    } else if (type === LENGTHENS && lengthened)
      return { expected: `one ${LENGTHENS} in a ${what}`, found: 'more' };
    else if (!allowed.has(String(type)))
      return {
        expected: `a ${what} that the known models have (${[...allowed].join(', ')})`,
        found: shortened(type),
      };
    const fault = type === 'TemplateProcessing' ? templateFault(rest['single']) : null;
    if (fault) return fault;
    lengthened ||= type === LENGTHENS;
  }
  return null;
}

/** What stands around a text: the text once, among a few special tokens. */
function templateFault(single: unknown): TokenizerFault | null {
  const expected = `a template of the text once and at most ${MAX_TEMPLATE} special tokens`;
  if (!Array.isArray(single)) return { expected, found: kindOf(single) };
  const texts = (single as unknown[]).filter((item) => record(item)?.['Sequence'] !== undefined);
  if (texts.length <= 1 && single.length <= MAX_TEMPLATE + 1) return null;
  return { expected, found: `the text ${texts.length} times in ${single.length} parts` };
}

/** A pattern as text, or one of the known expressions; what takes its place is no longer than it. */
function patternFault(what: string, step: Record<string, unknown>): TokenizerFault | null {
  const pattern = record(step['pattern']);
  const text = pattern?.['String'];
  const expression = pattern?.['Regex'];
  const isKnown =
    typeof text === 'string'
      ? text !== ''
      : typeof expression === 'string' && PATTERNS.has(expression);
  if (!isKnown)
    return {
      expected: `a ${what} with a plain text or a pattern of the known models`,
      found: shortened(text ?? expression ?? step['pattern']),
    };
  const most = typeof text === 'string' ? text.length : 1;
  const content = step['content'] ?? '';
  if (typeof content === 'string' && content.length <= most) return null;
  return { expected: `a ${what} that does not lengthen a text`, found: shortened(content) };
}

const AFFIXES = [
  'continuing_subword_prefix',
  'continuing_subword_suffix',
  'end_of_word_suffix',
  'unk_token',
];

function wordFault({ max_input_chars_per_word: most }: Record<string, unknown>) {
  if (most === undefined || most === null) return null;
  if (Number.isSafeInteger(most) && (most as number) > 0 && (most as number) <= MAX_WORD)
    return null;
  return { expected: `words of at most ${MAX_WORD} letters`, found: shortened(most) };
}

function affixFault(model: Record<string, unknown>): TokenizerFault | null {
  for (const name of AFFIXES) {
    const affix = model[name];
    if (typeof affix === 'string' && affix.length > MAX_AFFIX)
      return { expected: `a ${name} of at most ${MAX_AFFIX} letters`, found: shortened(affix) };
  }
  return null;
}

function idsFault(
  root: Record<string, unknown>,
  model: Record<string, unknown>,
  vocabSize: number | null,
): TokenizerFault | null {
  const vocab = record(model['vocab']);
  if (!vocab) return { expected: 'a vocabulary', found: kindOf(model['vocab']) };
  const seen = new Set<number>();
  for (const [word, id] of Object.entries(vocab)) {
    if (!isId(id, vocabSize) || seen.has(id))
      return {
        expected: `each word with a number of its own${vocabSize === null ? '' : ` below the model's ${vocabSize}`}`,
        found: `${shortened(word)}: ${shortened(id)}`,
      };
    seen.add(id);
  }
  const added = Array.isArray(root['added_tokens']) ? (root['added_tokens'] as unknown[]) : [];
  for (const token of added) {
    const { id, content, special } = record(token) ?? {};
    // Special tokens beyond the word table never stand in a caption; the model's own are checked by name.
    if (
      typeof content !== 'string' ||
      content === '' ||
      !isId(id, special === true ? null : vocabSize)
    )
      return {
        expected: `added words with a text and a number${vocabSize === null ? '' : ` below the model's ${vocabSize}`}`,
        found: `${shortened(content)}: ${shortened(id)}`,
      };
  }
  return null;
}

const isId = (id: unknown, below: number | null): id is number =>
  Number.isSafeInteger(id) && (id as number) >= 0 && (below === null || (id as number) < below);

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;

const shortened = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 80);
