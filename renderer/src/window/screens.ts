// The table of screens: their place in the top bar, whether they need a project, and their component, which is
// fetched when it is first shown.
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Flame from '@lucide/svelte/icons/flame';
import Layers from '@lucide/svelte/icons/layers';
import ListChecks from '@lucide/svelte/icons/list-checks';
import PenTool from '@lucide/svelte/icons/pen-tool';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import type { Component } from 'svelte';
import type { CommandId } from '../keys/commands.ts';
import type { ScreenId } from '../state/session/screenId.ts';

export interface Screen {
  readonly id: ScreenId;
  /** Stands in the top bar, with this icon. */
  readonly tab: Component | null;
  readonly command: CommandId | null;
  readonly needsProject: boolean;
  readonly load: () => Promise<{ default: Component }>;
}

export const SCREENS: readonly Screen[] = [
  {
    id: 'home',
    tab: null,
    command: 'app.home',
    needsProject: false,
    load: () => import('../screens/home/Home.svelte'),
  },
  {
    id: 'label',
    tab: PenTool,
    command: 'screen.label',
    needsProject: true,
    load: () => import('../screens/label/Label.svelte'),
  },
  {
    id: 'evidence',
    tab: Flame,
    command: 'screen.evidence',
    needsProject: true,
    load: () => import('../screens/evidence/Evidence.svelte'),
  },
  {
    id: 'review',
    tab: ListChecks,
    command: 'screen.review',
    needsProject: true,
    load: () => import('../screens/review/Review.svelte'),
  },
  {
    id: 'jobs',
    tab: Layers,
    command: 'screen.jobs',
    needsProject: true,
    load: () => import('../screens/jobs/Jobs.svelte'),
  },
  {
    id: 'tune',
    tab: SlidersHorizontal,
    command: 'screen.tune',
    needsProject: true,
    load: () => import('../screens/tune/Tune.svelte'),
  },
  {
    id: 'statistics',
    tab: ChartColumn,
    command: 'screen.statistics',
    needsProject: true,
    load: () => import('../screens/statistics/Statistics.svelte'),
  },
  {
    id: 'models',
    tab: null,
    command: 'screen.models',
    needsProject: false,
    load: () => import('../screens/models/Models.svelte'),
  },
  {
    id: 'settings',
    tab: null,
    command: 'screen.settings',
    needsProject: false,
    load: () => import('../screens/settings/Settings.svelte'),
  },
  {
    id: 'help',
    tab: null,
    command: 'app.help',
    needsProject: false,
    load: () => import('../screens/help/Help.svelte'),
  },
];
