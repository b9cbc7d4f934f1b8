// From the pack of a CLIP to the judge of tuning.
import { embeddingFamilyById } from '../../../../models/families.ts';
import { loadPack, tokenizerPathOf } from '../../../../models/packs/load.ts';
import { bytesOfPack, providersFor } from '../../session/openPack.ts';
import type { PackChoice } from '../../../link/facts.ts';
import { loadEmbeddingModel, type OrtEmbeddingModel } from '../../session/embeddingModel.ts';
import type { ClipJudge } from './clipJudge.ts';
import { clipTexts } from './clipTexts.ts';

export interface OpenClip extends ClipJudge {
  readonly model: OrtEmbeddingModel;
  /** Of its files. */
  readonly bytes: number;
}

/** Throws ModelError for its files; the caller disposes of the model. */
export async function openClip(choice: PackChoice): Promise<OpenClip> {
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
    return {
      model,
      texts: await clipTexts(tokenizerPathOf(pack), model),
      bytes: bytesOfPack(pack),
    };
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
