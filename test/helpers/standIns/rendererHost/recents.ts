// Recent projects of the small engine: they can be pinned and taken off the list.
import type { RecentProject } from '../../../../electron/api/methods/project.ts';
import { recent } from './fixtures.ts';
import type { HostState, Typed } from './state.ts';

export function recentHandlers(
  state: HostState,
): Pick<Typed, 'project.recent' | 'project.pin' | 'project.forget'> {
  let projects: readonly RecentProject[] = [
    recent('Sample mix', '~/Pictures/sample-mix', 1284, 654, 0, 1),
    recent('Tissue slides, round 2', '/mnt/lab/ihc/round-2', 96, 96, 1, 2),
    recent('Launch site cameras', '~/work/pad-39', 18_402, 2310, 4, 3),
    { ...recent('Harbour survey', '/media/usb/harbour', 300, 0, 9, 4), missing: true },
  ];
  return {
    'project.recent': () => ({
      projects: state.open ? [] : projects.toSorted((a, b) => Number(b.pinned) - Number(a.pinned)),
    }),
    'project.pin': ({ handle, pinned }) => {
      projects = projects.map((one) => (one.handle === handle ? { ...one, pinned } : one));
      return {};
    },
    'project.forget': ({ handle }) => {
      projects = projects.filter((one) => one.handle !== handle);
      return {};
    },
  };
}
