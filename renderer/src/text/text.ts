// The catalogue in use. One language so far; another is a second object of this type.
import { en } from './en.ts';

export type Catalogue = typeof en;

/** Every sentence of the interface. */
export const text: Catalogue = en;
