// Whether files are being dragged over the window.
import { perApp } from '../state/perApp.svelte.ts';

class Dropping {
  over = $state(false);
}

export const droppingOf = perApp(() => new Dropping());
