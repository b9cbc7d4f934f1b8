// pydensecrf in a process of its own, for the bench that runs in turns with it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CrfParameters, RgbImage } from '../../../electron/inference/crf/parameters.ts';

export interface PeerCase {
  readonly image: RgbImage;
  readonly unary: Float32Array;
  readonly classes: number;
  readonly parameters: CrfParameters;
  readonly iterations: number;
}

export interface DensecrfPeer {
  /** Processor seconds of lattices, iterations and read-out, and Q [classes, height * width]. */
  solve(given: PeerCase): Promise<{ readonly seconds: number; readonly q: Float32Array }>;
  close(): void;
}

/** The peer on the Python at `python`, or why there is none. */
export async function startDensecrfPeer(python: string): Promise<DensecrfPeer | string> {
  const script = fileURLToPath(new URL('./densecrfPeer.py', import.meta.url));
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'], env });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(said.trim().split('\n').at(-1) ?? 'it ended'));
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([answers.next(), failed]);
  if (typeof first === 'string' || first.done) return `${python}: ${await failed}`;
  const folder = mkdtempSync(join(tmpdir(), 'salience-peer-'));
  const files = {
    image: join(folder, 'image'),
    unary: join(folder, 'unary'),
    q: join(folder, 'q'),
  };
  return {
    async solve({ image, unary, classes, parameters, iterations }) {
      writeFileSync(files.image, image.data);
      writeFileSync(files.unary, new Uint8Array(unary.buffer, unary.byteOffset, unary.byteLength));
      const { width, height } = image;
      const line = {
        ...files,
        width,
        height,
        classes,
        iterations,
        gaussianPx: parameters.gaussianDeviationPx,
        gaussianWeight: parameters.gaussianWeight,
        bilateralPx: parameters.bilateralDeviationPx,
        bilateralRgb: parameters.bilateralDeviationRgb,
        bilateralWeight: parameters.bilateralWeight,
      };
      child.stdin.write(`${JSON.stringify(line)}\n`);
      const answer = await Promise.race([answers.next(), failed]);
      if (typeof answer === 'string' || answer.done) throw new Error(`the peer ended: ${said}`);
      const { seconds } = JSON.parse(answer.value) as { readonly seconds: number };
      const bytes = readFileSync(files.q);
      return { seconds, q: new Float32Array(new Uint8Array(bytes).buffer) };
    },
    close() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
