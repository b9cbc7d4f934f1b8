// Pack commands that only tell: what is installed and what can be downloaded.
import { CATALOGUE } from '../../../../models/packs/catalogue/catalogue.ts';
import { pendingDownloads } from '../../../../models/packs/download/partial.ts';
import { listPacks, sweepLeftovers } from '../../../../models/packs/store.ts';
import { bytesInWords, percentInWords } from '../../../../models/packs/words.ts';
import type { CommandContext, ExitStatus } from './packContext.ts';

/** Prints every pack with state, size, memory and licence, then paused downloads; or all of it as JSON. */
export async function listCommand({
  places,
  print,
  json = false,
}: CommandContext): Promise<ExitStatus> {
  await sweepLeftovers(places);
  const packs = await listPacks(places);
  const paused = await pendingDownloads(places.installed);
  const status = packs.some(({ problem }) => problem !== null) ? 1 : 0;
  if (json) {
    print(
      JSON.stringify({
        folder: places.installed,
        packs: packs.map(({ id, manifest, problem, bytes, memoryBytes, builtIn }) => ({
          id,
          name: manifest?.name ?? null,
          licence: manifest?.licence ?? null,
          problem,
          bytes,
          memoryBytes,
          builtIn,
        })),
        paused: paused.map(({ plan, receivedBytes, totalBytes }) => ({
          id: plan.id,
          name: plan.name,
          receivedBytes,
          totalBytes,
        })),
      }),
    );
    return status;
  }
  for (const { id, manifest, problem, bytes, memoryBytes, builtIn } of packs) {
    const state = problem !== null ? `broken: ${problem}` : builtIn ? 'built in' : 'ready';
    const facts = [
      bytesInWords(bytes),
      `needs ${bytesInWords(memoryBytes)}`,
      manifest?.licence ?? '',
    ];
    print(`${id.padEnd(28)} ${manifest?.name ?? ''}`.trimEnd());
    print(`    ${[state, ...(manifest ? facts : [])].filter(Boolean).join(', ')}`);
    if (manifest?.purpose) print(`    ${manifest.purpose}`);
  }
  if (packs.length === 0) print('No packs. See "salience pack catalogue".');
  for (const { plan, receivedBytes, totalBytes } of paused)
    print(
      `${plan.id.padEnd(28)} ${plan.name}\n    paused at ${percentInWords(receivedBytes, totalBytes)} of ${bytesInWords(totalBytes)}; go on with "salience pack add ${plan.id}"`,
    );
  print(`Packs are kept in ${places.installed}`);
  return status;
}

/** Prints what can be downloaded. */
export async function catalogueCommand({
  places,
  print,
  json = false,
}: CommandContext): Promise<ExitStatus> {
  const installed = new Set((await listPacks(places)).map(({ id }) => id));
  if (json) {
    const packs = CATALOGUE.map(
      ({ id, name, repo, purpose, licence, notes, downloadBytes, memoryBytes, byHand }) => ({
        id,
        name,
        repo,
        purpose,
        licence,
        notes,
        downloadBytes,
        memoryBytes,
        byHand,
        installed: installed.has(id),
      }),
    );
    print(JSON.stringify({ packs }));
    return 0;
  }
  for (const one of CATALOGUE) {
    print(`${one.id.padEnd(28)} ${one.name}${installed.has(one.id) ? ' (installed)' : ''}`);
    const { byHand } = one;
    const size = `${byHand?.atLeast ? 'at least ' : ''}${bytesInWords(one.downloadBytes)}`;
    print(
      `    ${size}, needs about ${bytesInWords(one.memoryBytes)}, ${one.licence}, from ${one.repo}`,
    );
    print(`    ${one.purpose}${one.notes ? ` ${one.notes}` : ''}`);
    if (byHand) print(`    Fetch it yourself: "salience pack add ${one.id}" says where.`);
  }
  print('Get one with "salience pack add <name>". Weights keep their own licences.');
  return 0;
}
