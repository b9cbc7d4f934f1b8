// COCO Object: val2017, the masks of all instances painted in file order, the first one wins on overlaps.
// Labels are COCO's own ids, so that the histogram has 91 rows of which 81 are used.
import { join } from 'node:path';
import { openLabels } from '../../evaluate/labelSource.ts';
import { findBase, layoutFault, partIn } from '../layout.ts';
import { carRow, naclipRow, paperRow } from '../published.ts';
import { namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';
import { COCO_OBJECTS } from './cocoNames.ts';

const FILE = 'annotations/instances_val2017.json';
const IMAGES = ['val2017', 'images/val2017'];

const FACTS: SetFacts<SetId> = {
  id: 'coco-object',
  title: SET_WORDS['coco-object'].title,
  names: namesByLabel(COCO_OBJECTS, 91),
  classes: COCO_OBJECTS,
  background: 'always',
  confidence: 0.3,
  countsBackground: { standard: true, reference: true },
  subsets: [],
  officialImages: 5000,
  published: [paperRow(36.2), naclipRow(36.19), carRow(36.6)],
};

export const COCO_OBJECT: BenchmarkSet = {
  id: FACTS.id,
  async open({ root }, control) {
    const base = await findBase(root, ['coco', 'COCO'], [IMAGES, FILE]);
    const path = join(base, FILE);
    const labels = await openLabels(path, false, control);
    const [problem] = labels.problems;
    const known = new Set(FACTS.classes.map(({ label }) => label));
    const foreign = labels.categories?.find(({ id }) => !known.has(id));
    if (problem || foreign) {
      await labels[Symbol.asyncDispose]();
      if (problem) throw layoutFault(`${path}: ${problem.path} ${problem.message}`);
      throw layoutFault(
        `${path} has the class ${foreign!.id} "${foreign!.name}"; expected the 80 objects of COCO, ids 1 to 90.`,
      );
    }
    return {
      facts: FACTS,
      images: join(base, (await partIn(base, IMAGES))!),
      items: labels.names.map((name) => ({ name, truth: path })),
      read: ({ name }) => labels.read(name, (id) => id),
      [Symbol.asyncDispose]: () => labels[Symbol.asyncDispose](),
    };
  },
};
