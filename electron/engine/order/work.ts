// An order done on one image file. All it needs is the link to an inference process, so that it can be done
// anywhere: for a window, a job, or a worker of another computer.
import type { ClassMask, RunFacts } from '../../link/facts.ts';
import type { InferenceLink, RequestOptions } from '../inferenceLink/link.ts';
import type { Order } from './order.ts';

export interface Worked {
  readonly facts: RunFacts;
  readonly masks: readonly ClassMask[];
}

export interface WorkPlace {
  readonly imagePath: string;
  /** Where the run is put; it is the caller's to keep or delete. */
  readonly runFile: string;
}

/** The model's masks of a file. */
export function workOn(
  link: Pick<InferenceLink, 'request'>,
  { packs, params, classes, mask }: Order,
  place: WorkPlace,
  send: RequestOptions,
): Promise<Worked> {
  const { explain, judge } = packs;
  return link.request(
    'prelabel.run',
    {
      ...place,
      engine: params.engine,
      pack: explain,
      ...(judge ? { judge } : {}),
      classes,
      params: params.explain,
      options: mask,
    },
    send,
  );
}

/** The same masks from the run that is kept at `runFile`, without a model. */
export function workAgain(
  link: Pick<InferenceLink, 'request'>,
  { mask }: Order,
  place: WorkPlace,
  send: RequestOptions,
): Promise<Worked> {
  return link.request('prelabel.reapply', { ...place, options: mask }, send);
}
