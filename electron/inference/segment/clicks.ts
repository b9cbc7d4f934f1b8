// The click model in the thread of the sessions: images it has read, and prompts on them.
import type { SegmentPrompt } from '../../../models/sam/prompts.ts';
import type { PackChoice } from '../../link/facts.ts';
import type { ProviderFailure } from '../session/providers.ts';
import type { SessionShelves } from '../shelves.ts';
import { borrowing } from '../shelf/shelf.ts';
import type { Decoded, OrtSegmentModel } from './segmentModel.ts';
import { clickPixels, type ClickImage, type Square } from './clickImage.ts';
import { createReadImages } from './readImages.ts';

/** An image, or a part of it, as one model reads it. */
export interface ReadKey {
  readonly pack: PackChoice;
  /** SHA-256 of the file. */
  readonly imageHash: string;
  /** '' = the whole image; else the crop. */
  readonly crop: string;
}

/** How a model wants its images, and whether it has read one. */
export interface ClickLook extends Square {
  /** Cells per side of a mask. */
  readonly low: number;
  readonly there: boolean;
}

export interface Clicks {
  look(
    key: ReadKey,
  ): Promise<ClickLook & { provider: string; failures: readonly ProviderFailure[] }>;
  /** Reads an image. An image that was read ahead may be dropped, the current one is not. */
  read(key: ReadKey, image: ClickImage, ahead: boolean): Promise<void>;
  /** Null where the image has not been read. */
  decode(
    key: ReadKey,
    prompts: readonly SegmentPrompt[],
    masks: Float32Array | null,
  ): Promise<Decoded | null>;
  /** Releases the current image and crop. */
  letGo(): Promise<void>;
}

/** Key of the embedding that a model made of an image. */
export const nameOf = ({ imageHash, crop }: ReadKey, { info }: OrtSegmentModel) =>
  JSON.stringify([info.packHash, imageHash, crop]);

export function createClicks(shelves: Pick<SessionShelves, 'clicks' | 'embedding'>): Clicks {
  const images = createReadImages(shelves);
  const kindOf = ({ crop }: ReadKey) => (crop === '' ? 'image' : 'crop');

  return {
    look: (key) =>
      borrowing(async (keep) => {
        const model = keep(await shelves.clicks(key.pack));
        const lease = await images.known(nameOf(key, model));
        await lease?.release();
        const { side, low, preprocessing, provider } = model.info;
        return { side, low, preprocessing, provider, failures: model.failures, there: !!lease };
      }),
    read: (key, image, ahead) =>
      borrowing(async (keep) => {
        const model = keep(await shelves.clicks(key.pack));
        const lease = await shelves.embedding(nameOf(key, model), () =>
          model.encode(clickPixels(image, model.info.preprocessing)),
        );
        if (ahead) await lease.release();
        else await images.hold(kindOf(key), lease);
      }),
    decode: (key, prompts, masks) =>
      borrowing(async (keep) => {
        const model = keep(await shelves.clicks(key.pack));
        const lease = await images.known(nameOf(key, model));
        if (lease === null) return null;
        await images.hold(kindOf(key), lease);
        return model.decode(lease.value, prompts, masks);
      }),
    letGo: () => images.letGo(),
  };
}
