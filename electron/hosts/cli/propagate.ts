// `salience propagate`: the accepted masks of an image proposed on other images, where salience matches.
import type { Input, Output } from '../../api/methods.ts';
import type { AnnotationId, ImageId } from '../../api/types.ts';
import { annotationsOf } from '../../engine/project/annotations.ts';
import { listCategories } from '../../engine/project/classes/categories.ts';
import type { Store } from '../../engine/project/database/store.ts';
import { everyImage } from '../../engine/project/images/imageNames.ts';
import { callEngine } from '../startEngine.ts';
import { checkFilter, imagesThatFit } from './arguments/filterArgument.ts';
import { UsageError } from './arguments/usageError.ts';
import { inProject } from './inProject.ts';
import { counted } from '../../link/words/counted.ts';
import { EXIT, STOP } from './terminal/exit.ts';
import { say, sayJson } from './terminal/lines.ts';

export interface PropagateWords {
  readonly from: string;
  readonly class?: readonly string[];
  readonly next?: string;
  readonly alike?: string;
  readonly filter?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Where = Pick<Input<'doc.propagate'>, 'to' | 'count' | 'images'>;
type Answer = Output<'doc.propagate'>;

const MOST_IMAGES = 1000;

export function propagateCommand(project: string, options: PropagateWords): Promise<number> {
  const where = whereOf(options);
  return inProject(
    {
      file: project,
      folder: null,
      onlyReads: options.dryRun === true,
      json: options.json === true,
      stop: STOP.look,
    },
    async (engine, { signal }, printer) => {
      const { store } = engine.context.open.get();
      const ids = masksOf(store, options);
      const images =
        options.filter === undefined ? {} : { images: imagesThatFit(store, options.filter) };
      const found = await callEngine(
        engine,
        'doc.propagate',
        { ids, ...where, ...images, dryRun: options.dryRun === true },
        { signal, onProgress: (progress) => printer.update(progress) },
      );
      printer.end();
      if (options.json) sayJson(found, 2);
      else for (const line of toldOf(found, ids.length, options)) say(line);
      return found.leftOut.unread > 0 ? EXIT.someFailed : EXIT.ok;
    },
  );
}

/** Throws UsageError unless exactly one of the three ways is asked for. */
export function whereOf({ next, alike, filter }: PropagateWords): Where {
  const asked = [next, alike, filter].filter((one) => one !== undefined);
  if (asked.length !== 1)
    throw new UsageError('Say on which images: one of --next, --alike and --filter.');
  if (filter !== undefined) {
    checkFilter(filter);
    return { to: 'picked', count: MOST_IMAGES };
  }
  const count = Number(next ?? alike);
  if (!Number.isInteger(count) || count < 1 || count > MOST_IMAGES)
    throw new UsageError(
      `${next === undefined ? '--alike' : '--next'} takes a number from 1 to ${MOST_IMAGES}, not ${next ?? alike}.`,
    );
  return { to: next === undefined ? 'alike' : 'next', count };
}

/** Accepted masks of the image, of all classes or those that are named. */
function masksOf(store: Store, { from, class: names }: PropagateWords): AnnotationId[] {
  const image = everyImage(store).find(({ name }) => name === from);
  if (!image) throw new UsageError(`The project has no image ${from}.`);
  const classes = listCategories(store);
  const wanted = names?.map((name) => {
    const found = classes.find((one) => one.name === name);
    if (found) return found.id;
    const there = classes.map((one) => one.name).join(', ');
    throw new UsageError(`--class: no class is called ${name}. There are ${there || 'none'}.`);
  });
  const ids = annotationsOf(store, image.id as ImageId)
    .filter(
      ({ status, categoryId }) =>
        status === 'accepted' && (wanted === undefined || wanted.includes(categoryId)),
    )
    .map(({ id }) => id);
  if (ids.length > 0) return ids;
  const ofWhat = names ? ` of ${names.join(', ')}` : '';
  throw new UsageError(`${from} has no accepted mask${ofWhat}: there is nothing to propose.`);
}

/** What was done, or would be, in lines. */
export function toldOf(
  { images, known, bySalience, asDrawn, leftOut }: Answer,
  objects: number,
  { dryRun = false }: Pick<PropagateWords, 'dryRun'>,
): string[] {
  if (!known)
    return [
      'How the masks look is not known yet: run the model on that image first, or use --next.',
    ];
  if (images === 0) return ['No image is left that is not reviewed. Nothing was proposed.'];
  if (dryRun)
    return [
      `Would look at ${counted(images, 'image')} for ${counted(objects, 'mask')}. Nothing was written.`,
    ];
  return [
    `${counted(bySalience + asDrawn, 'mask')} proposed on ${counted(images, 'image')}: ${bySalience} where salience matches, ${asDrawn} at the same place (doubtful: no salience to match).`,
    ...(leftOut.there > 0 ? [`  ${leftOut.there} left out: there already`] : []),
    ...(leftOut.absent > 0 ? [`  ${leftOut.absent} left out: the model saw none`] : []),
    ...(leftOut.unread > 0 ? [`  ${counted(leftOut.unread, 'image')} could not be read`] : []),
  ];
}
