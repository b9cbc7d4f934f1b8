// What the session thread keeps from task to task: models and vectors of images, by role. Another kind of model
// is a line in `Models`, and one in `Vectors` if its images have vectors of their own.
import { totalmem } from 'node:os';
import type { PackChoice } from '../link/facts.ts';
import type { ExplainParams } from '../link/params.ts';
import type { SharedImage } from './image/rgbImage.ts';
import type { ImageFeatures } from './model.ts';
import { preprocess } from './pipeline/explain/preprocess.ts';
import { openPack, packKey, providersFor, type OpenPack } from './session/openPack.ts';
import { openClicks } from './segment/openClicks.ts';
import type { OrtSegmentModel } from './segment/segmentModel.ts';
import { createShelf, type Lease } from './shelf/shelf.ts';
import { openClip, type OpenClip } from './tune/judges/openClip.ts';

interface Models {
  explain: OpenPack;
  judge: OpenClip;
  segment: OrtSegmentModel;
}

interface Vectors {
  explain: ImageFeatures;
  /** An image as a click model has read it. */
  segment: Float32Array;
}

export interface SessionShelves {
  /** The model that explains. */
  pack(choice: PackChoice): Promise<Lease<OpenPack>>;
  /** The model that judges masks. */
  judge(choice: PackChoice): Promise<Lease<OpenClip>>;
  /** The model that answers clicks. */
  clicks(choice: PackChoice): Promise<Lease<OrtSegmentModel>>;
  /** What a click model made of an image; `make` is called where it is not there. */
  embedding(key: string, make: () => Promise<Float32Array>): Promise<Lease<Float32Array>>;
  /** Vectors of an untouched image: another list of classes on it costs only text. */
  vectors(
    pack: OpenPack,
    image: SharedImage,
    params: Pick<ExplainParams, 'inputSide' | 'aspect'>,
  ): Promise<Lease<ImageFeatures>>;
  /** Disposes of everything that no task has borrowed. */
  clear(): Promise<void>;
}

const MIB = 1024 ** 2;

/** The bound where the settings name none: room for two large models on a computer of 8 GiB. */
const MODELS_SHARE = 0.45;
const VECTORS_SHARE = 0.06;
/** About ten images at 336 pixels of the largest model that there is, or three at 768. */
const MOST_VECTORS = 512 * MIB;

/** Empty shelves; their bounds come with every choice of a pack, so a setting holds from the next task on. */
export function createShelves(): SessionShelves {
  const models = createShelf<Models>();
  const vectors = createShelf<Vectors>();

  const setBounds = ({ lowMemory, keep }: PackChoice): void => {
    const memory = ownMemory();
    const chosen = (mib: number | undefined, automatic: number) =>
      lowMemory ? 0 : mib ? mib * MIB : automatic;
    models.resize(chosen(keep?.modelsMib, MODELS_SHARE * memory));
    vectors.resize(chosen(keep?.vectorsMib, Math.min(VECTORS_SHARE * memory, MOST_VECTORS)));
  };

  return {
    pack(choice) {
      setBounds(choice);
      const place = { role: 'explain', key: packKey(choice), bytes: choice.bytes ?? 0 } as const;
      return models.borrow(place, async () => {
        const value = await openPack(choice, providersFor(choice.provider));
        return { value, bytes: value.bytes, dispose: () => value.model.dispose() };
      });
    },
    judge(choice) {
      setBounds(choice);
      const place = { role: 'judge', key: packKey(choice), bytes: choice.bytes ?? 0 } as const;
      return models.borrow(place, async () => {
        const value = await openClip(choice);
        return { value, bytes: value.bytes, dispose: () => value.model.dispose() };
      });
    },
    clicks(choice) {
      setBounds(choice);
      const place = { role: 'segment', key: packKey(choice), bytes: choice.bytes ?? 0 } as const;
      return models.borrow(place, async () => {
        const { model, bytes } = await openClicks(choice, providersFor(choice.provider));
        return { value: model, bytes, dispose: () => model.dispose() };
      });
    },
    embedding: (key, make) =>
      vectors.borrow({ role: 'segment', key, bytes: 0 }, async () => {
        const value = await make();
        return { value, bytes: value.byteLength, dispose: () => undefined };
      }),
    vectors({ model, key }, image, { inputSide, aspect }) {
      const name = JSON.stringify([key, image.sha256, inputSide, aspect]);
      return vectors.borrow({ role: 'explain', key: name, bytes: 0 }, async () => {
        const input = preprocess(image, { inputSide, aspect }, model.info);
        const value = await model.encodeImage(input.pixels, input.height, input.width);
        return { value, bytes: value.bytes ?? 0, dispose: () => value.dispose() };
      });
    },
    async clear() {
      await vectors.clear();
      await models.clear();
    },
  };
}

/** Bytes of memory of this computer, or of the container. */
function ownMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
