// Facts that the small engine starts with: settings, packs, classes, empty images, recent projects.
import { DEFAULT_SETTINGS } from '../../../../electron/api/settings.ts';
import type {
  Category,
  CategoryId,
  Handle,
  ImageId,
  ImageRecord,
  ProjectId,
} from '../../../../electron/api/types.ts';
import type { Settings } from '../../../../electron/api/settings.ts';
import type { PackSummary } from '../../../../electron/api/model.ts';

export const PROJECT_ID = 'small' as ProjectId;

const COLORS = [
  '#7ba3f6',
  '#f0ec52',
  '#e86494',
  '#1d7a65',
  '#7745fa',
  '#8ce9f3',
  '#d42515',
  '#d9a673',
];

export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  theme: 'dark',
  packId: 'demo',
  threads: 2,
};

export const PACKS: PackSummary[] = [
  {
    id: 'demo',
    name: 'Built-in model',
    family: 'blip-itm',
    purpose: 'Knows drawn objects, not photographs.',
    licence: 'Apache-2.0',
    bytes: 9_000_000,
    builtIn: true,
    state: 'ready',
    problem: null,
    memoryBytes: 200_000_000,
    kind: 'itm',
    receivedBytes: 9_000_000,
    speedMs: 110,
    clickMs: null,
  },
  {
    id: 'blip-large',
    name: 'BLIP large',
    family: 'blip-itm',
    purpose: 'Photographs, everyday things.',
    licence: 'BSD-3-Clause',
    bytes: 1_780_000_000,
    builtIn: false,
    state: 'notInstalled',
    problem: null,
    memoryBytes: 3_100_000_000,
    kind: 'itm',
    receivedBytes: 0,
    speedMs: null,
    clickMs: null,
  },
];

export function category(id: number, name: string): Category {
  return {
    id: id as CategoryId,
    name,
    color: COLORS[(id - 1) % COLORS.length]!,
    prompt: '',
    synonyms: [],
    kind: 'thing',
    supercategory: '',
    threshold: null,
    hotkey: id <= 9 ? id : null,
    order: id,
    extra: null,
  };
}

/** Starts the host with sample data. Close it when done. */

export function emptyImage(id: number, [width, height]: readonly [number, number]): ImageRecord {
  return {
    id: id as ImageId,
    name: `IMG_${2040 + id}.jpg`,
    width,
    height,
    orientation: 1,
    status: 'untouched',
    accepted: 0,
    proposals: 0,
    doubtful: 0,
    unfinished: 0,
    foundNothing: false,
    problem: null,
  };
}

export function recent(
  name: string,
  place: string,
  images: number,
  reviewed: number,
  daysAgo: number,
  id: number,
) {
  return {
    handle: `recent${id}` as Handle,
    name,
    place,
    pinned: false,
    images,
    reviewed,
    openedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    missing: false,
    coverUrls: [`/media/thumb/${PROJECT_ID}/${id}`],
  };
}
