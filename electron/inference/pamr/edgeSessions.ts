// Quick edges on a device: the graph of each setting opened once, maps sent through it a few at a time.
import { writeOnnx } from '../../../models/onnx/write.ts';
import { throwIfCancelled, type Stoppable } from '../cancel.ts';
import { openGraphs, type OpenGraphs } from '../session/graphs.ts';
import type { ProviderFailure } from '../session/providers.ts';
import { pamrGraph } from './pamrGraph.ts';
import { planesOf } from './photoPlanes.ts';

/** Maps per run of the graph: at 640 x 480 each step holds about 20 MB. */
const TOGETHER = 16;
/** Settings that are tried in turn, of one image or two. */
const GRAPHS_KEPT = 2;

export interface EdgeJob {
  readonly provider: string;
  readonly width: number;
  readonly height: number;
  /** [height, width, 3]. */
  readonly rgb: Uint8Array;
  /** [count, height, width]; refined in place. */
  readonly maps: Float32Array;
  readonly reach: readonly number[];
  readonly steps: number;
}

export interface EdgeSessions {
  /** False where the device failed: `maps` are unchanged then. */
  refine(job: EdgeJob, stop: Stoppable): Promise<boolean>;
  /** Why the device failed. */
  readonly failures: readonly ProviderFailure[];
  close(): Promise<void>;
}

export function createEdgeSessions(): EdgeSessions {
  const failures: ProviderFailure[] = [];
  let open: { readonly provider: string; readonly graphs: OpenGraphs } | null = null;

  async function graphsOn(provider: string): Promise<OpenGraphs> {
    if (open?.provider !== provider) {
      await open?.graphs.dispose();
      const graphs = openGraphs({ folder: '.', providers: [provider], kept: GRAPHS_KEPT });
      open = { provider, graphs };
    }
    return open.graphs;
  }
  return {
    failures,
    async refine(job, stop) {
      const { provider } = job;
      if (failures.some((one) => one.provider === provider)) return false;
      try {
        await refineOn(await graphsOn(provider), job, stop);
        return true;
      } catch (error) {
        throwIfCancelled(stop);
        failures.push({ provider, reason: error instanceof Error ? error.message : String(error) });
        return false;
      }
    },
    async close() {
      await open?.graphs.dispose();
      open = null;
    },
  };
}

async function refineOn(graphs: OpenGraphs, job: EdgeJob, stop: Stoppable): Promise<void> {
  const { width, height, maps, reach, steps } = job;
  const pixels = width * height;
  const image = { data: planesOf(job.rgb), shape: [3, height, width] };
  const refined = new Float32Array(maps.length);
  const build = () => ({
    onnx: writeOnnx(pamrGraph(reach, steps)),
    inputs: ['image', 'maps'],
    outputs: ['refined'],
  });
  for (let from = 0; from < maps.length; from += TOGETHER * pixels) {
    throwIfCancelled(stop);
    const data = maps.slice(from, from + TOGETHER * pixels);
    const feeds = { image, maps: { data, shape: [data.length / pixels, height, width] } };
    const found = await graphs.run(`${reach.join()} ${steps}`, build, feeds, ['refined']);
    refined.set(found['refined']!.data as Float32Array, from);
  }
  // All or nothing: a device may fail on the last of them.
  maps.set(refined);
}
