// Whether files are held over the window just now.
import { perApp } from '../state/perApp.svelte.ts';

class Dropping {
  over = $state(false);
}

export const droppingOf = perApp(() => new Dropping());
