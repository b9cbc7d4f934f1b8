// The open graphs of one model: opened when first needed, on the first execution provider that
// works, the least recently used closed again, all of them moved on when a provider fails.
import { LRUCache } from 'lru-cache';
import type { GraphBytes } from '../../../models/family.ts';
import {
  openGraph,
  type Array32,
  type Arrays,
  type GraphSession,
  type SessionSettings,
} from './ort.ts';
import { providerOrder, type ProviderOrder } from './providers.ts';

/** A graph ready to be opened; `folder` where its weights lie elsewhere than the pack's. */
export interface BuiltGraph extends GraphBytes {
  readonly folder?: string;
}

/** Builds a graph in the form that suits a provider. */
export type BuildGraph = (provider: string) => BuiltGraph | Promise<BuiltGraph>;

export interface OpenGraphsOptions extends SessionSettings {
  /** Folder of the weights. */
  readonly folder: string;
  /** Execution providers, best first. */
  readonly providers: readonly string[];
  /** Graphs kept open; each holds its weights in memory. */
  readonly kept: number;
}

export interface OpenGraphs extends Pick<ProviderOrder, 'provider' | 'failures'> {
  /** Opens the graph `key` unless it is open. */
  open(key: string, build: BuildGraph): Promise<void>;
  /** Opens it if need be and runs it. */
  run(
    key: string,
    build: BuildGraph,
    feeds: Arrays,
    outputs: readonly string[],
  ): Promise<Record<string, Array32>>;
  /** Ends the profiles of every open graph. */
  endProfiles(): void;
  /** Closes all graphs; every later call throws. */
  dispose(): Promise<void>;
}

export function openGraphs({
  folder,
  providers,
  kept,
  ...settings
}: OpenGraphsOptions): OpenGraphs {
  // A graph takes every image size, so it is optimised once per open model. Optimised graphs are not
  // stored: without packing the weights a large pack loads in 0.13 of its time (bench loadPack), so
  // less than that could be saved, and stored packed weights would double the pack on the disk.
  const closing: Promise<void>[] = [];
  const sessions = new LRUCache<string, GraphSession>({
    max: kept,
    dispose: (session) => closing.push(session.dispose()),
  });
  let disposed = false;
  const order = providerOrder(providers, closeAll);

  async function closeAll(): Promise<void> {
    sessions.clear();
    await Promise.all(closing.splice(0));
  }

  async function sessionOf(key: string, build: BuildGraph, provider: string) {
    const known = sessions.get(key);
    if (known) return known;
    const built = await build(provider);
    const session = await openGraph(built, built.folder ?? folder, provider, settings);
    sessions.set(key, session);
    await Promise.all(closing.splice(0));
    return session;
  }

  // One call after the other: a graph must not close while another call runs it.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: (provider: string) => Promise<T>): Promise<T> {
    const next = last.then(() => {
      if (disposed) throw new Error('the model has been disposed of');
      return order.attempt(work);
    });
    last = next.catch(() => undefined);
    return next;
  }

  return {
    get provider() {
      return order.provider;
    },
    failures: order.failures,
    open: (key, build) => inTurn(async (provider) => void (await sessionOf(key, build, provider))),
    run: (key, build, feeds, outputs) =>
      inTurn(async (provider) => (await sessionOf(key, build, provider)).run(feeds, outputs)),
    endProfiles() {
      for (const session of sessions.values()) session.endProfile();
    },
    async dispose() {
      await last;
      disposed = true;
      await closeAll();
    },
  };
}
