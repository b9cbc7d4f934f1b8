// Tokens of bare class names for CLIP, from its tokenizer.json. No template: the published reward
// compares names alone (method.md 7.2).
import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { tokenizerFault } from '../../../../models/packs/building/tokenizerCheck.ts';
import { PipelineError } from '../../../link/pipelineError.ts';
import type { EmbeddingModel, TokenBatch } from '../../model.ts';

export interface ClipTexts {
  /** L2-normalised vector of a name; the same name is embedded once. */
  vector(name: string): Promise<Float32Array>;
  /** L2-normalised vectors of texts, all in one run. */
  vectors(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Throws PipelineError TOKENIZER_INVALID when the file is no tokenizer of a CLIP. */
export async function clipTexts(tokenizerPath: string, model: EmbeddingModel): Promise<ClipTexts> {
  const tokenizer = readTokenizer(await readFile(tokenizerPath, 'utf8'));
  const { maxTokens, vocabSize, endToken } = model.info;
  const known = new Map<string, Promise<Float32Array>>();

  const idsOf = (name: string): number[] => {
    const { ids } = tokenizer.encode(name, { add_special_tokens: true });
    const foreign = ids.find((id) => id >= vocabSize);
    const end = endToken ?? ids.at(-1);
    if (foreign !== undefined || ids.length < 2 || !ids.includes(end as number))
      throw new PipelineError(
        'TOKENIZER_INVALID',
        `expected tokens below ${vocabSize} that end with ${end} for ${JSON.stringify(name.slice(0, 80))}, found [${ids.slice(0, 12).join(', ')}]; use the tokenizer.json that belongs to this CLIP`,
      );
    // A long name loses its end, never the token that its vector is read at.
    return ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), end as number] : ids;
  };
  const embed = (name: string) => model.embedTexts(batchOf([idsOf(name)]));
  return {
    async vectors(asked) {
      const made = await model.embedTexts(batchOf(asked.map(idsOf)));
      const width = made.length / asked.length;
      return asked.map((_, at) => made.slice(at * width, (at + 1) * width));
    },
    vector(name) {
      const found = known.get(name) ?? embed(name);
      known.set(name, found);
      found.catch(() => known.delete(name));
      return found;
    },
  };
}

function readTokenizer(text: string): Tokenizer {
  try {
    const json: unknown = JSON.parse(text);
    const fault = tokenizerFault(json, null);
    if (fault) throw new Error(`${fault.found} where ${fault.expected} was expected`);
    return new Tokenizer(json as object, {});
  } catch (cause) {
    throw new PipelineError(
      'TOKENIZER_INVALID',
      `expected a tokenizer.json that can be read, found ${cause instanceof Error ? cause.message.slice(0, 200) : 'something else'}; copy it from the checkpoint again`,
    );
  }
}

// Padded with each text's last id, which ends it: what stands behind the end changes nothing.
function batchOf(texts: readonly (readonly number[])[]): TokenBatch {
  const length = Math.max(...texts.map((ids) => ids.length));
  const inputIds = texts.flatMap((ids) =>
    Array.from({ length }, (_, at) => BigInt(ids[at] ?? (ids.at(-1) as number))),
  );
  return {
    batch: texts.length,
    length,
    inputIds: BigInt64Array.from(inputIds),
    attentionMask: new BigInt64Array(inputIds.length).fill(1n),
  };
}
