// Tuning inside the session thread: keeps images and the judge open. Settings arrive in blocks, image by image;
// an image that comes again finds its maps, and its vectors while memory lasts.
import { LRUCache } from 'lru-cache';
import type { PromptClass } from '../../api/run.ts';
import type { TuneSetting } from '../../api/tuning.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import type { PipelineParams } from '../../link/params.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { askedPrompts } from '../pipeline/prompts.ts';
import type { PackChoice } from '../../link/facts.ts';
import { packKey, type OpenPack } from '../session/openPack.ts';
import { holdOne } from '../shelf/held.ts';
import type { Lease } from '../shelf/shelf.ts';
import type { TaskCall } from '../threads/threadTask.ts';
import { embeddingInTurn, itmInTurn } from '../threads/turns.ts';
import { judgeByClip, type ClipJudge } from './judges/clipJudge.ts';
import type { JudgedImage } from './judges/judge.ts';
import { judgeByPack } from './judges/packJudge.ts';
import { contrastTable, scoreSettings } from './scoreSettings.ts';
import { openTuneImage, type TuneImage } from './tuneImage.ts';
import type { TuneScoreOutput } from '../../link/tuneScores.ts';

export interface TuneScoreInput {
  readonly pack: PackChoice;
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

/** Image vectors and maps kept for images that come again. */
const KEPT_BYTES = 768 * 1024 ** 2;

/** Where the tuner borrows its models; it holds them until it is closed, since its images work with them. */
export interface TunerModels {
  pack(choice: PackChoice): Promise<Lease<OpenPack>>;
  judge(choice: PackChoice): Promise<Lease<ClipJudge>>;
}

export interface Tuner {
  score(
    input: TuneScoreInput,
    call: Pick<TaskCall, 'cancelled' | 'turn'>,
  ): Promise<TuneScoreOutput>;
  /** Frees every image, the pack and the judge. */
  close(): Promise<void>;
}

export function createTuner(models: TunerModels): Tuner {
  const open = new LRUCache<string, Open>({
    maxSize: KEPT_BYTES,
    dispose: ({ image }, _key, reason) => {
      if (reason !== 'set') image.letGo();
    },
  });
  const packs = holdOne<OpenPack>();
  const clips = holdOne<ClipJudge>();
  // An image outlives the call that opened it, so cancelling and waiting follow the current call.
  let present: Pick<TaskCall, 'cancelled' | 'turn'> | null = null;
  const live: Stoppable = { cancelled: () => present?.cancelled() ?? false };
  const turn = async (): Promise<void> => present?.turn();

  const clipOf = async (choice: PackChoice): Promise<ClipJudge> => {
    const { model, texts } = await clips.get(packKey(choice), () => models.judge(choice));
    return { model: embeddingInTurn(model, turn), texts };
  };

  const openImage = async (input: TuneScoreInput, opened: OpenPack): Promise<Open> => {
    const { clip, image, classes, others, params } = input;
    const pack = { model: itmInTurn(opened.model, turn), tokenizer: opened.tokenizer };
    const prompts = askedPrompts(classes);
    const tuned = await openTuneImage(pack, { image, prompts, params }, live);
    const { rows, columns } = tuned.frame;
    const names = tuned.frame.classes.map(({ name }) => name);
    const judged = clip
      ? await judgeByClip(await clipOf(clip), image, { names, others }, () =>
          throwIfCancelled(live),
        )
      : judgeByPack(pack, tuned.features, tuned.captions, { rows, columns });
    return { image: tuned, judged };
  };
  return {
    async score(input, call) {
      present = call;
      const pack = await packs.get(packKey(input.pack), () => models.pack(input.pack));
      const key = keyOf(input);
      const known = open.get(key);
      const one = known ?? (await openImage(input, pack));
      // At once: a call that is stopped leaves the image open for the next.
      if (!known) open.set(key, one, { size: 1 });
      const before = known ? one.image.encodes() : 0;
      const { image: size, params, settings, gridSide } = input;
      const scores = await scoreSettings({ ...one, size, masks: params.masks }, settings, {
        cancelled: call.cancelled,
        keepGrids: gridSide !== null,
        side: gridSide ?? undefined,
      });
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
      await clips.release();
      await packs.release();
    },
  };
}

function keyOf({ pack, clip, image, classes, others, params }: TuneScoreInput): string {
  const words = askedPrompts(classes);
  return JSON.stringify([packKey(pack), clip, image.sha256, words, others, params]);
}
