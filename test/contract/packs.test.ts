// `salience pack` as a process of its own against a hub on loopback: access tokens, and power cuts.
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPacks } from '../../models/packs/store.ts';
import { verifyPack } from '../../models/packs/verify.ts';
import { writeBlipFolder } from '../helpers/fixtures/blipCheckpoint.ts';
import { startHub } from '../helpers/standIns/hubServer.ts';
import { runCli } from '../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

const SECRET = 'hf_Secret0123';
const CUTS = 4;

async function scene() {
  const folder = await temporaryFolder();
  await writeBlipFolder(join(folder.path, 'source'));
  const files: Record<string, Buffer> = {};
  for (const name of await readdir(join(folder.path, 'source')))
    files[name] = await readFile(join(folder.path, 'source', name));
  const hub = await startHub(files);
  return {
    folder,
    hub,
    home: join(folder.path, 'home'),
    places: { builtIn: [], installed: join(folder.path, 'home', 'packs') },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A folder for PATH with a secret-tool that keeps secrets in a file beside it. */
async function keyringIn(folder: string): Promise<string> {
  await mkdir(folder);
  const file = join(folder, 'secret-tool');
  const kept = join(folder, 'kept');
  await writeFile(
    file,
    `#!/bin/sh
case "$1" in
  store) cat > '${kept}' ;;
  lookup) [ "$5" != none ] && [ -f '${kept}' ] && cat '${kept}' || exit 1 ;;
  clear) rm -f '${kept}' ;;
esac
`,
  );
  await chmod(file, 0o755);
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

describe('salience pack', () => {
  it('tells a program with --json what it does and what came of it', async () => {
    await using s = await scene();
    const env = { HF_ENDPOINT: s.hub.endpoint };
    const call = (args: string[]) => runCli([...args, '--json'], { home: s.home, env });
    const catalogue = JSON.parse((await call(['pack', 'catalogue'])).stdout) as { packs: object[] };
    expect(catalogue.packs[0]).toMatchObject({ installed: false });
    const added = await call(['pack', 'add', 'test/model']);
    expect(JSON.parse(added.stdout)).toMatchObject({ id: 'test-model', family: 'blip-itm' });
    const told = added.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; stage: string });
    expect(told.every(({ event }) => event === 'progress')).toBe(true);
    expect(told[0]).toMatchObject({ stage: 'listing', done: 0 });
    const verified = await call(['pack', 'verify', 'test-model']);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      packs: [{ id: 'test-model', problems: [] }],
    });
    const { folder } = JSON.parse(added.stdout) as { folder: string };
    await writeFile(join(folder, 'config.json'), '{}');
    const broken = await call(['pack', 'verify', folder]);
    expect(broken.code).toBe(1);
    expect(
      (JSON.parse(broken.stdout) as { packs: { problems: object[] }[] }).packs[0]!.problems,
    ).not.toEqual([]);
  });

  it('says at Ctrl-C what stays of a download, and the same command goes on', async () => {
    await using s = await scene();
    // Ctrl-C may come before the weights are asked for: the second call must not meet the fault then.
    let hangs = true;
    s.hub.fault = ({ where, path }) =>
      hangs && where === 'content' && path === 'model.safetensors'
        ? { kind: 'hang', afterBytes: 1000 }
        : undefined;
    const env = { HF_ENDPOINT: s.hub.endpoint };
    const add = ['pack', 'add', 'test/model', '--json'];
    const stopped = await runCli(add, {
      home: s.home,
      env,
      // How far it is may be told only when the hub has been silent for 30 s.
      interruptWhen: (stderr) => stderr.includes('"stage":"fetching"'),
    });
    hangs = false;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopping; what has arrived is kept.');
    expect(stopped.stderr).toContain('the same command goes on from there');
    expect(stopped.stderr).not.toMatch(/image/);
    expect((await runCli(add, { home: s.home, env })).code).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'a gated model: refused without a token, got with the one that the keyring keeps',
    async () => {
      await using s = await scene();
      s.hub.fault = ({ where, authorization }) =>
        where !== 'content' && authorization !== `Bearer ${SECRET}`
          ? { kind: 'status', status: 401, headers: { 'X-Error-Code': 'GatedRepo' } }
          : undefined;
      const env = {
        PATH: await keyringIn(join(s.folder.path, 'tools')),
        HF_ENDPOINT: s.hub.endpoint,
      };
      const call = (args: string[], stdin = '') => runCli(args, { home: s.home, env, stdin });
      const refused = await call(['pack', 'add', 'test/model']);
      expect(refused).toMatchObject({ code: 3 });
      expect(refused.stderr).toContain('salience pack token');
      const kept = await call(['pack', 'token'], `${SECRET}\n`);
      expect(kept).toMatchObject({ code: 0 });
      const added = await call(['pack', 'add', 'test/model']);
      expect(added, added.stderr).toMatchObject({ code: 0 });
      expect(await call(['pack', 'token', '--forget'])).toMatchObject({ code: 0 });
      await call(['pack', 'remove', 'test-model']);
      expect(await call(['pack', 'add', 'test/model'])).toMatchObject({ code: 3 });
      expect(JSON.stringify([refused, kept, added])).not.toContain(SECRET);
      expect(
        s.hub.requests.filter(({ where, authorization }) => where === 'content' && authorization),
      ).toEqual([]);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'without a keyring it says so and keeps nothing',
    async () => {
      await using s = await scene();
      const tools = join(s.folder.path, 'tools');
      await mkdir(tools);
      const { code, stdout, stderr } = await runCli(['pack', 'token'], {
        home: s.home,
        env: { PATH: tools },
        stdin: SECRET,
      });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain('Set HF_TOKEN');
    },
  );

  it(`the whole program, killed at ${CUTS} random points of a download, never leaves half a pack`, async () => {
    await using s = await scene();
    const weights = s.hub.files.get('model.safetensors')!.length;
    for (let cut = 0; cut < CUTS; cut += 1) {
      const kill = new AbortController();
      // Of what is still missing: all cuts together leave something for the last call.
      const at = Math.floor((Math.random() * weights) / (CUTS + 1));
      // The hub pulls the plug when it has sent so much; what the program has of it by then, it has.
      s.hub.fault = ({ where }) =>
        where === 'content' ? { kind: 'hang', afterBytes: at } : undefined;
      const asked = s.hub.requests.length;
      const run = runCli(['pack', 'add', 'test/model', '--endpoint', s.hub.endpoint], {
        home: s.home,
        kill: kill.signal,
      });
      await expect
        .poll(() => s.hub.requests.slice(asked).some(({ where }) => where === 'content'), {
          timeout: 60_000,
        })
        .toBe(true);
      kill.abort();
      expect((await run).code, `cut at byte ${at}`).toBeNull();
      expect(await listPacks(s.places)).toEqual([]);
    }
    s.hub.fault = () => undefined;
    const { code, stderr } = await runCli(
      ['pack', 'add', 'test/model', '--endpoint', s.hub.endpoint],
      { home: s.home },
    );
    expect(code, stderr).toBe(0);
    expect((await verifyPack(join(s.places.installed, 'test-model'))).problems).toEqual([]);
  });
});
