// From a pack folder to a model with its tokenizer. The last pack stays open: loading takes seconds
// and two large models rarely fit into memory.
import { readFile } from 'node:fs/promises';
import { loadPack } from '../../models/packs/load.ts';
import type { PackChoice } from './protocol.ts';
import type { PackModel } from './pipeline/runOptions.ts';
import { captionTokenizerFromFiles } from './pipeline/tokenize/fromFiles.ts';
import type { OrtItmModel } from './session/itmModel.ts';
import { loadItmModel, sourceOfPack } from './session/itmModel.ts';
import { familyById } from '../../models/families.ts';

export interface OpenPack extends PackModel {
  readonly model: OrtItmModel;
  /** As asked, for comparison. */
  readonly key: string;
}

/** Execution providers to try for a setting, best first; the processor always remains. */
export function providersFor(setting: string): readonly string[] {
  return setting === 'auto' || setting === 'cpu' ? ['cpu'] : [setting, 'cpu'];
}

/** Loads a pack once and keeps it; another choice replaces it. */
export function createPackShelf(): {
  get(choice: PackChoice): Promise<OpenPack>;
  /** Loads apart from the shelf, on exactly these providers; the caller disposes the model. */
  load(choice: PackChoice, providers: readonly string[]): Promise<OpenPack>;
} {
  let kept: { key: string; pack: Promise<OpenPack> } | null = null;
  const keyOf = ({ folder, provider, threads, precision }: PackChoice) =>
    JSON.stringify([folder, provider, threads, precision]);

  async function load(choice: PackChoice, providers: readonly string[]): Promise<OpenPack> {
    const pack = await loadPack(choice.folder);
    const model = await loadItmModel(sourceOfPack(pack), {
      providers,
      ...(choice.threads > 0 ? { threads: choice.threads } : {}),
    });
    const text = await readFile(pack.tokenizerPath, 'utf8');
    const facts = familyById(pack.manifest.family).facts(pack.config, pack.weights);
    const tokenizer = captionTokenizerFromFiles({
      ...(pack.manifest.tokenizer.file.endsWith('.json')
        ? { tokenizerJson: JSON.parse(text) as unknown }
        : { vocabText: text }),
      ...(facts.firstToken === null ? {} : { firstId: facts.firstToken }),
    });
    return { model, tokenizer, key: keyOf(choice) };
  }

  return {
    load,
    async get(choice) {
      const key = keyOf(choice);
      if (kept?.key === key) return kept.pack;
      const old = kept;
      kept = null;
      // Gone before the next is loaded: the two together might not fit.
      await old?.pack.then(
        (pack) => pack.model.dispose(),
        () => undefined,
      );
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
