// State that belongs to one window but to one screen: made at the first question, kept with the window,
// so that it loads with its screen and App does not know it.
import type { App } from './app.svelte.ts';

/** A getter of one value per App; `make` runs once for each. */
export function perApp<T>(make: (app: App) => T): (app: App) => T {
  const known = new WeakMap<App, { readonly value: T }>();
  return (app) => {
    const there = known.get(app) ?? { value: make(app) };
    known.set(app, there);
    return there.value;
  };
}
