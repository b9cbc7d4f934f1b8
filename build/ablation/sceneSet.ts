// Scenes with truth.json as a data set of the benchmark, in groups of one style and seed.
import { join } from 'node:path';
import type { OpenedSet } from '../../electron/engine/benchmark/set.ts';
import { namesByLabel } from '../../electron/engine/benchmark/set.ts';
import { readCoco } from '../../electron/engine/dataset/coco/reading/read.ts';
import { VOID } from '../../electron/engine/evaluate/imageScore.ts';
import { paintInPlace } from '../../electron/masks/runs/bitmap.ts';

/** 'objects': everything else is background. 'all': things and stuff, pixels without a class left out. */
export const KINDS = ['objects', 'all'] as const;
export type SceneKind = (typeof KINDS)[number];

export interface SceneSet extends OpenedSet {
  /** By a key for both kinds, in the order of the truth file. */
  readonly groups: ReadonlyMap<
    string,
    {
      readonly of: { readonly style: string; readonly seed: number };
      readonly names: ReadonlySet<string>;
    }
  >;
}

export async function openScenes({
  scenes,
  style,
  kind,
}: {
  readonly scenes: string;
  readonly style: string | undefined;
  readonly kind: SceneKind;
}): Promise<SceneSet> {
  const truth = await readCoco(join(scenes, 'truth.json'));
  const labelOf = new Map(truth.categories.map(({ id }, at) => [id, at + 1]));
  const classes = truth.categories
    .filter(({ isThing }) => isThing || kind === 'all')
    .map(({ id, name }) => ({ label: labelOf.get(id)!, name, prompt: name, synonyms: [] }));
  const asked = new Set(classes.map(({ label }) => label));
  const place = new Map<string, number>();
  const groups = new Map<string, { of: { style: string; seed: number }; names: Set<string> }>();
  let index = 0;
  for await (const image of truth.images()) {
    const of = image.extra as { style: string; seed: number };
    const at = index++;
    if (style !== undefined && style !== of.style) continue;
    place.set(image.fileName, at);
    const key = `${of.style}/${of.seed}`;
    const group = groups.get(key) ?? {
      of: { style: of.style, seed: of.seed },
      names: new Set<string>(),
    };
    groups.set(key, group);
    group.names.add(image.fileName);
  }
  const background = kind === 'objects';
  const rest = background ? 0 : VOID;
  return {
    facts: {
      id: 'scenes',
      title: 'Drawn scenes',
      names: namesByLabel(classes, truth.categories.length + 1),
      classes,
      background: background ? 'always' : 'never',
      confidence: 0.6,
      countsBackground: { standard: background, reference: background },
      subsets: [],
      published: [],
      officialImages: null,
    },
    images: scenes,
    items: [...place.keys()].map((name) => ({ name, truth: 'truth.json' })),
    groups,
    async read({ name }) {
      const { width, height, annotations } = await truth.image(place.get(name)!);
      const labels = new Uint16Array(width * height).fill(rest);
      for (const { categoryId, mask } of annotations) {
        const label = labelOf.get(categoryId)!;
        paintInPlace(labels, mask, asked.has(label) ? label : rest);
      }
      return { labels, width, height };
    },
    [Symbol.asyncDispose]: () => truth.close(),
  };
}
