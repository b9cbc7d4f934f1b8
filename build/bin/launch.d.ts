// Types of launch.js, which stays JavaScript so that a Node of any age can read it.
export const OLDEST: readonly [number, number];
export const NODE_PACKAGES: Readonly<Record<string, { name: string; program: string }>>;
export function isNewEnough(version: string): boolean;

export interface NodeAsked {
  /** The Node that asks, as `process.versions.node` has it, and its program. */
  readonly version: string;
  readonly path: string;
  /** Platform and processor, as in `linux-x64`. */
  readonly system: string;
  /** The checkout. */
  readonly root: string;
}
export function chooseNode(asked: NodeAsked): { path?: string; advice?: string };
export function launch(script: string, args: readonly string[]): void;
