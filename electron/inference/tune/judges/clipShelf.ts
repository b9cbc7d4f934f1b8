// The CLIP that judges, loaded once and kept while tuning goes on.
import { embeddingFamilyById } from '../../../../models/families.ts';
import { loadPack } from '../../../../models/packs/load.ts';
import { providersFor } from '../../session/packShelf.ts';
import type { PackChoice } from '../../../link/facts.ts';
import { loadEmbeddingModel, type OrtEmbeddingModel } from '../../session/embeddingModel.ts';
import type { ClipJudge } from './clipJudge.ts';
import { clipTexts } from './clipTexts.ts';

export interface ClipShelf {
  /** Throws ModelError for its files. */
  get(choice: PackChoice): Promise<ClipJudge>;
  close(): Promise<void>;
}

interface OpenClip extends ClipJudge {
  readonly model: OrtEmbeddingModel;
}

export function createClipShelf(): ClipShelf {
  let kept: { readonly key: string; readonly clip: Promise<OpenClip> } | null = null;

  const close = async (): Promise<void> => {
    const old = kept;
    kept = null;
    await old?.clip.then(
      ({ model }) => model.dispose(),
      () => undefined,
    );
  };
  return {
    close,
    async get(choice) {
      const key = JSON.stringify([choice.folder, choice.provider, choice.threads]);
      if (kept?.key === key) return kept.clip;
      await close();
      const mine = { key, clip: openClip(choice) };
      kept = mine;
      try {
        return await mine.clip;
      } catch (error) {
        if (kept === mine) kept = null;
        throw error;
      }
    },
  };
}

async function openClip(choice: PackChoice): Promise<OpenClip> {
  const pack = await loadPack(choice.folder);
  const { mean, std } = pack.manifest.preprocessing;
  const model = await loadEmbeddingModel(
    {
      folder: pack.folder,
      weights: pack.weights,
      config: pack.config,
      family: embeddingFamilyById(pack.manifest.family),
      packHash: pack.packHash,
      mean,
      std,
    },
    {
      providers: providersFor(choice.provider),
      ...(choice.threads > 0 ? { threads: choice.threads } : {}),
    },
  );
  try {
    return { model, texts: await clipTexts(pack.tokenizerPath, model) };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
