// Damaged PyTorch checkpoints: every outcome is an index of ranges inside the file or a ModelError.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { ModelError } from '../../../../models/errors.ts';
import { OPCODES } from '../../../../models/torch/opcodes.ts';
import { runPickle } from '../../../../models/torch/pickle.ts';
import { readTorchIndex } from '../../../../models/torch/reader.ts';
import { mutated } from '../../../helpers/fixtures/mutatedBytes.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/torch', name));
const checkpoint = fixture('training.pth');
const start = checkpoint.indexOf(Buffer.from([0x80, 0x02]));
const pickle = checkpoint.subarray(start, checkpoint.indexOf('PK\u0007\u0008', start));

function endsInOrder(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
  }
}

describe('pickle programs', () => {
  it('the sound program runs to its end', () => {
    expect(runPickle(pickle, 'x')).toBeInstanceOf(Map);
  });

  it('mutations of a sound program end in a value or a ModelError', () => {
    fc.assert(
      fc.property(mutated(pickle), (bytes) => endsInOrder(() => runPickle(bytes, 'x'))),
      { numRuns: 5000 },
    );
  });

  it('random instructions end in a value or a ModelError', () => {
    const instruction = fc.tuple(
      fc.constantFrom(...Object.values(OPCODES)),
      fc.uint8Array({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 60 }), (program) =>
        endsInOrder(() =>
          runPickle(Buffer.from(program.flatMap(([code, rest]) => [code, ...rest])), 'x'),
        ),
      ),
      { numRuns: 5000 },
    );
  });
});

describe('zip checkpoints', () => {
  it.each([
    ['as PyTorch writes them', () => Promise.resolve(checkpoint)],
    ['with zip64 records, as above 4 GiB', zip64],
  ])('%s: mutations give ranges inside the file or a ModelError', async (_what, sound) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'x.pth');
    const original = await sound();
    await writeFile(path, original);
    expect((await readTorchIndex(path)).size).toBe(2);
    await fc.assert(
      fc.asyncProperty(mutated(original), async (bytes) => {
        await writeFile(path, bytes);
        const result: unknown = await readTorchIndex(path).catch((error: unknown) => error);
        if (result instanceof ModelError) return;
        if (!(result instanceof Map)) throw result as Error;
        for (const { offset, length } of result.values() as Iterable<{
          offset: number;
          length: number;
        }>)
          expect(offset >= 0 && offset + length <= bytes.length).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});

/** The pickle of the fixture and its storages in an archive with zip64 fields everywhere. */
async function zip64(): Promise<Buffer> {
  const zip = new ZipFile();
  const wide = { compress: false, forceZip64Format: true };
  zip.addBuffer(pickle, 'archive/data.pkl', wide);
  for (let key = 0; key < 12; key += 1)
    zip.addBuffer(Buffer.alloc(64), `archive/data/${key}`, wide);
  zip.end({ forceZip64Format: true, comment: '' });
  return buffer(zip.outputStream);
}
