// From a pack folder to a model with its tokenizer.
import { readFile } from 'node:fs/promises';
import { loadPack, tokenizerPathOf, type LoadedPack } from '../../../models/packs/load.ts';
import { usualThreads } from './cores.ts';
import type { PackChoice } from '../../link/facts.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import { captionTokenizerFromFiles } from '../pipeline/tokenize/fromFiles.ts';
import type { OrtItmModel } from './itmModel.ts';
import { loadItmModel, sourceOfPack } from './itmModel.ts';
import { familyById } from '../../../models/families.ts';

export interface OpenPack extends PackModel {
  readonly model: OrtItmModel;
  /** As asked, for comparison. */
  readonly key: string;
  /** Of its files. */
  readonly bytes: number;
}

/** Opens a pack on exactly these providers; the caller disposes of the model. */
export type OpenPackOn = (
  choice: PackChoice,
  providers: readonly string[],
  settings?: { readonly profilePrefix?: string },
) => Promise<OpenPack>;

/** Execution providers to try for a choice, best first; the processor always remains. */
export function providersFor(provider: string): readonly string[] {
  return provider === 'auto' || provider === 'cpu' ? ['cpu'] : [provider, 'cpu'];
}

/** Equal for choices that open the same model in the same way. */
export function packKey({ folder, provider, threads, precision, lowMemory }: PackChoice): string {
  return JSON.stringify([folder, provider, threads, precision, lowMemory]);
}

/** Opens a pack on exactly these providers; the caller disposes of the model. */
export const openPack: OpenPackOn = async (choice, providers, settings = {}) => {
  const pack = await loadPack(choice.folder);
  const tokenizerPath = tokenizerPathOf(pack);
  const bytes = bytesOfPack(pack);
  const threads = choice.threads > 0 ? choice.threads : usualThreads(bytes);
  const model = await loadItmModel(sourceOfPack(pack), {
    ...settings,
    providers,
    precision: choice.precision,
    ...(choice.formFolder === undefined ? {} : { formFolder: choice.formFolder }),
    ...(threads === null ? {} : { threads }),
    // Weights stay pages of the file, and freed memory goes back at once.
    ...(choice.lowMemory ? { prepack: false, memoryArena: false } : {}),
  });
  const text = await readFile(tokenizerPath, 'utf8');
  const facts = familyById(pack.manifest.family).facts(pack.config, pack.weights);
  const tokenizer = captionTokenizerFromFiles({
    ...(tokenizerPath.endsWith('.json')
      ? { tokenizerJson: JSON.parse(text) as unknown }
      : { vocabText: text }),
    ...(facts.firstToken === null ? {} : { firstId: facts.firstToken }),
    endsWithSeparator: pack.manifest.tokenizer?.separator ?? facts.endsWithSeparator,
  });
  return { model, tokenizer, key: packKey(choice), bytes };
};

/** What a pack's files hold together: about what its model takes in memory. */
export const bytesOfPack = ({ manifest }: Pick<LoadedPack, 'manifest'>): number =>
  manifest.files.reduce((sum, file) => sum + file.bytes, 0);
