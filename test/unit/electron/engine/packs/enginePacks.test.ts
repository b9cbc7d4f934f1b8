// Which of the installed models an engine's run uses: the chosen one, the smallest that makes maps, the largest that judges.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineInfo } from '../../../../../electron/api/model.ts';
import { packsFor } from '../../../../../electron/engine/packs/enginePacks.ts';
import { packIn } from '../../../../../electron/engine/packs/packs.ts';
import { fakePack } from '../../../../helpers/drivers/engineBench.ts';

let root: string;
const folderOf = (id: string) => join(root, id);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-packs-'));
  const pack = (kind: 'itm' | 'clip', id: string, bytes: number) =>
    fakePack(root, {
      id,
      kind,
      files: ['model.safetensors', 'vocab.txt'].map((path) => ({
        path,
        sha256: 'a'.repeat(64),
        bytes: path === 'vocab.txt' ? 1 : bytes,
      })),
    });
  await pack('itm', 'itm-small', 10);
  await pack('itm', 'itm-large', 30);
  await pack('clip', 'clip-middle', 20);
  await pack('clip', 'clip-large', 40);
  await pack('clip', 'clip-small', 10);
  await pack('clip', 'clip-twin', 40);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const NEEDS: Record<string, EngineInfo['needs']> = {
  itm: [{ role: 'explain', kind: 'itm', optional: false }],
  clip: [{ role: 'explain', kind: 'clip', optional: false }],
  judged: [
    { role: 'explain', kind: 'clip', optional: false },
    { role: 'judge', kind: 'clip', optional: true },
  ],
};

/** Ids of what explains and judges, of those that are there. */
async function chosen(needs: keyof typeof NEEDS, choice: string, there: readonly string[]) {
  const host = { packs: { builtIn: there.map(folderOf), installed: join(root, 'none') } };
  const engine = { name: 'Some method', needs: NEEDS[needs]! };
  const pack = await packIn(folderOf(choice), true);
  const { explain, judge } = await packsFor({ host }, engine, pack);
  return [explain.id, judge?.id ?? null];
}

describe('a run uses', () => {
  const clips = ['clip-middle', 'clip-large', 'clip-small'];
  it.each([
    ['the chosen model where it is of its kind', 'itm', 'itm-large', ['itm-small'], 'itm-large'],
    ['the smallest of its kind otherwise', 'clip', 'itm-small', clips, 'clip-small'],
    ['models of its kind alone', 'clip', 'itm-small', ['itm-large', ...clips], 'clip-small'],
  ])('%s', async (_what, needs, choice, there, explain) => {
    expect(await chosen(needs, choice, there)).toEqual([explain, null]);
  });

  it.each([
    ['the largest other one', 'clip-small', ['clip-small', ...clips], 'clip-large'],
    ['none that is smaller', 'clip-large', clips, null],
    ['none that is as large', 'clip-large', ['clip-large', 'clip-twin'], null],
    ['none where there is no other', 'clip-small', ['clip-small'], null],
    ['none of another kind', 'clip-small', ['clip-small', 'itm-large'], null],
  ])('to judge %s', async (_what, choice, there, judge) => {
    expect(await chosen('judged', choice, there)).toEqual([choice, judge]);
  });

  it.each([
    ['clip', 'itm-small', 'Some method needs a CLIP model'],
    ['itm', 'clip-small', 'Some method needs a model that matches images with texts'],
  ])('nothing where no %s model is there, and says which', async (needs, choice, message) => {
    await expect(chosen(needs, choice, [choice])).rejects.toMatchObject({
      code: 'PACK_UNKNOWN',
      message: expect.stringContaining(message),
    });
  });
});
