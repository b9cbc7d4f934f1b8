// From a pack folder to a model with its tokenizer. The last pack stays open: loading takes seconds
// and two large models rarely fit into memory.
import { readFile } from 'node:fs/promises';
import { loadPack } from '../../../models/packs/load.ts';
import { usualThreads } from './cores.ts';
import type { PackChoice } from '../../link/protocol.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import { captionTokenizerFromFiles } from '../pipeline/tokenize/fromFiles.ts';
import type { OrtItmModel } from './itmModel.ts';
import { loadItmModel, sourceOfPack } from './itmModel.ts';
import { familyById } from '../../../models/families.ts';

export interface OpenPack extends PackModel {
  readonly model: OrtItmModel;
  /** As asked, for comparison. */
  readonly key: string;
}

/** Loads a pack on exactly these providers; the caller disposes the model. */
export type LoadPack = (
  choice: PackChoice,
  providers: readonly string[],
  settings?: { readonly profilePrefix?: string },
) => Promise<OpenPack>;

/** Execution providers to try for a choice, best first; the processor always remains. */
export function providersFor(provider: string): readonly string[] {
  return provider === 'auto' || provider === 'cpu' ? ['cpu'] : [provider, 'cpu'];
}

/** Loads a pack once and keeps it; another choice replaces it. */
export function createPackShelf(): {
  get(choice: PackChoice): Promise<OpenPack>;
  /** Loads apart from the shelf. */
  readonly load: LoadPack;
  /** Closes the pack that is kept: two large ones rarely fit into memory. */
  clear(): Promise<void>;
} {
  let kept: { key: string; pack: Promise<OpenPack> } | null = null;
  const keyOf = ({ folder, provider, threads, precision, lowMemory }: PackChoice) =>
    JSON.stringify([folder, provider, threads, precision, lowMemory]);

  const load: LoadPack = async (choice, providers, settings = {}) => {
    const pack = await loadPack(choice.folder);
    const bytes = pack.manifest.files.reduce((sum, file) => sum + file.bytes, 0);
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
    const text = await readFile(pack.tokenizerPath, 'utf8');
    const facts = familyById(pack.manifest.family).facts(pack.config, pack.weights);
    const tokenizer = captionTokenizerFromFiles({
      ...(pack.manifest.tokenizer.file.endsWith('.json')
        ? { tokenizerJson: JSON.parse(text) as unknown }
        : { vocabText: text }),
      ...(facts.firstToken === null ? {} : { firstId: facts.firstToken }),
      endsWithSeparator: facts.endsWithSeparator,
    });
    return { model, tokenizer, key: keyOf(choice) };
  };

  const clear = async () => {
    const old = kept;
    kept = null;
    await old?.pack.then(
      (pack) => pack.model.dispose(),
      () => undefined,
    );
  };

  return {
    load,
    clear,
    async get(choice) {
      const key = keyOf(choice);
      if (kept?.key === key) return kept.pack;
      // Gone before the next is loaded: the two together might not fit.
      await clear();
      const mine = { key, pack: load(choice, providersFor(choice.provider)) };
      kept = mine;
      try {
        return await mine.pack;
      } catch (error) {
        if (kept === mine) kept = null;
        throw error;
      }
    },
  };
}
