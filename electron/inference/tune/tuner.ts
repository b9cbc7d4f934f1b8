// Tuning inside the session thread: which images and which judge are open. Settings arrive in blocks,
// image by image; an image that comes again finds its maps, and its vectors while memory lasts.
import { LRUCache } from 'lru-cache';
import type { PromptClass } from '../../api/run.ts';
import type { TuneSetting } from '../../api/tuning.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import type { PipelineParams } from '../../link/params.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import type { PackModel } from '../pipeline/runOptions.ts';
import type { PackChoice } from '../../link/facts.ts';
import { judgeByClip } from './judges/clipJudge.ts';
import { createClipShelf } from './judges/clipShelf.ts';
import type { JudgedImage } from './judges/judge.ts';
import { judgeByPack } from './judges/packJudge.ts';
import { contrastTable, scoreSettings } from './scoreSettings.ts';
import { openTuneImage, type TuneImage } from './tuneImage.ts';
import type { TuneScoreOutput } from '../../link/tuneScores.ts';

export interface TuneScoreInput {
  /** Loaded already; its key tells packs apart. */
  readonly pack: PackModel & { readonly key: string };
  /** null: the pack judges itself. */
  readonly clip: PackChoice | null;
  readonly image: RgbImage & { readonly sha256: string };
  readonly classes: readonly PromptClass[];
  /** Names of classes that are not in the image, for CLIP's comparison. */
  readonly others: readonly string[];
  readonly params: PipelineParams;
  readonly settings: readonly TuneSetting[];
  /** Hand the masks back, as label grids of this long side; null = scores only. */
  readonly gridSide: number | null;
}

interface Open {
  readonly image: TuneImage;
  readonly judged: JudgedImage;
}

/** Image vectors and maps that are kept for images that come again. */
const KEPT_BYTES = 768 * 1024 ** 2;

export interface Tuner {
  score(input: TuneScoreInput, options: Stoppable): Promise<TuneScoreOutput>;
  /** Frees every image and the judge. */
  close(): Promise<void>;
}

export function createTuner(): Tuner {
  const open = new LRUCache<string, Open>({
    maxSize: KEPT_BYTES,
    dispose: ({ image }, _key, reason) => {
      if (reason !== 'set') image.letGo();
    },
  });
  const clips = createClipShelf();
  // An image outlives the call that opened it; whether to stop is asked of the present call.
  let present: Stoppable = {};
  const live: Stoppable = { cancelled: () => present.cancelled?.() ?? false };

  const openImage = async (input: TuneScoreInput): Promise<Open> => {
    const { pack, clip, image, classes, others, params } = input;
    const prompts = classes.map(({ categoryId, name, prompt, synonyms }) => ({
      id: categoryId as number,
      name: prompt || name,
      synonyms,
    }));
    const opened = await openTuneImage(pack, image, prompts, params, live);
    const { rows, columns } = opened.frame;
    const judged = clip
      ? await judgeByClip(
          await clips.get(clip),
          image,
          opened.frame.classes.map(({ name }) => name),
          others,
          () => throwIfCancelled(live),
        )
      : judgeByPack(pack, opened.features, opened.captions, { rows, columns });
    return { image: opened, judged };
  };
  return {
    async score(input, options) {
      present = options;
      const key = keyOf(input);
      const known = open.get(key);
      const one = known ?? (await openImage(input));
      // At once: a call that is stopped leaves the image open for the next.
      if (!known) open.set(key, one, { size: 1 });
      const before = known ? one.image.encodes() : 0;
      const scores = await scoreSettings(
        one.image,
        input.image,
        one.judged,
        input.params.masks,
        input.settings,
        {
          ...options,
          keepGrids: input.gridSide !== null,
          ...(input.gridSide === null ? {} : { side: input.gridSide }),
        },
      );
      const bytes = one.image.bank.values.byteLength + ((await one.image.features()).bytes ?? 0);
      // Of the same object no new size is taken; the image in work stays however large it is.
      open.set(key, { ...one }, { size: Math.min(bytes, KEPT_BYTES) });
      return {
        scores,
        categoryIds: one.image.frame.classes.map(({ id }) => id),
        contrast: contrastTable(one.image),
        encodes: one.image.encodes() - before,
      };
    },
    async close() {
      open.clear();
      await clips.close();
    },
  };
}

function keyOf({ pack, clip, image, classes, others, params }: TuneScoreInput): string {
  const words = classes.map(({ categoryId, name, prompt, synonyms }) => [
    categoryId,
    prompt || name,
    synonyms,
  ]);
  return JSON.stringify([pack.key, clip, image.sha256, words, others, params]);
}
