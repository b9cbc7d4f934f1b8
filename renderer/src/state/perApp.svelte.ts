// State that belongs to one screen: made on first use, kept with the window or the opened project, so that it
// loads with its screen and App does not know it.
import type { App } from './app.svelte.ts';
import type { ProjectScope } from './session/projectScope.svelte.ts';

/** A getter of one value per App; `make` runs once for each. */
export function perApp<T>(make: (app: App) => T): (app: App) => T {
  return keptWith(
    (app) => app,
    (app) => make(app),
  );
}

/**
 * A getter of one value per opened project: another project, another value. Before one is open there is
 * a value as well, for parts of the window that are always there. `signal` ends with the project.
 */
export function perProject<T>(make: (app: App, signal: AbortSignal) => T): (app: App) => T {
  return keptWith<T>(
    (app) => app.session.scope ?? app,
    (app, owner) => make(app, 'signal' in owner ? owner.signal : NEVER),
  );
}

const NEVER = new AbortController().signal;

function keptWith<T>(
  ownerOf: (app: App) => App | ProjectScope,
  make: (app: App, owner: App | ProjectScope) => T,
): (app: App) => T {
  const known = new WeakMap<object, { readonly value: T }>();
  return (app) => {
    const owner = ownerOf(app);
    const there = known.get(owner) ?? { value: outsideReactions(() => make(app, owner)) };
    known.set(owner, there);
    return there.value;
  };
}

/**
 * Svelte counts state that a $derived creates as that $derived's own and does not follow it there, so its first
 * reader would miss every change. A root of its own belongs to no $derived.
 */
function outsideReactions<T>(make: () => T): T {
  const made: T[] = [];
  $effect.root(() => {
    made.push(make());
  });
  // Compiled without a page there are no reactions, and a root does nothing.
  return made.length > 0 ? (made[0] as T) : make();
}
