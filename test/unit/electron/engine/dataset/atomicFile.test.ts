// Files that appear whole or not at all, and never over one that is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeAtomically } from '../../../../../electron/engine/dataset/atomicFile.ts';
import { temporaryFolder } from '../../../../helpers/fixtures/dataset.ts';

const write = (path: string, text: string, overwrite: boolean) =>
  writeAtomically(path, { overwrite }, (handle) => handle.writeFile(text));

describe('writing a file in one step', () => {
  it('lets one of two writers win when both want a new file, and the winner is whole', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'sub', 'x.txt');
    const texts = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    const ends = await Promise.allSettled(texts.map((text) => write(path, text, false)));
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')!.reason).toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(join(folder, 'sub'))).toEqual(['x.txt']);
  });

  it('keeps the old file when the new one fails its check', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'x.txt');
    await writeFile(path, 'old');
    const failing = writeAtomically(
      path,
      {
        overwrite: true,
        async check(temporary) {
          expect(await readFile(temporary, 'utf8')).toBe('new');
          throw new Error('not as meant');
        },
      },
      (handle) => handle.writeFile('new'),
    );
    await expect(failing).rejects.toThrow('not as meant');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['x.txt']);
  });

  it('sweeps up what a killed writer left, and leaves a living one alone', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'x.txt');
    const module = JSON.stringify(
      new URL('../../../../../electron/engine/dataset/atomicFile.ts', import.meta.url).href,
    );
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const { writeAtomically } = await import(${module});
       await writeAtomically(${JSON.stringify(path)}, { overwrite: false }, async (file) => {
         await file.writeFile('half');
         console.log('ready');
         await new Promise((resolve) => setTimeout(resolve, 60_000));
       });`,
    ]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(await readdir(folder)).toHaveLength(1);
    await write(path, 'first', false);
    expect(await readdir(folder)).toHaveLength(2);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await write(path, 'second', true);
    expect(await readdir(folder)).toEqual(['x.txt']);
    expect(await readFile(path, 'utf8')).toBe('second');
  });

  it('says that the disk is full', async () => {
    const path = join(await temporaryFolder(), 'x.txt');
    const full = writeAtomically(path, { overwrite: false }, () =>
      Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    );
    await expect(full).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});
