// What to download when somebody names a pack: an entry of the catalogue, a paused download or a repository.
import { idFromName } from './building/assemble.ts';
import { ModelError } from '../errors.ts';
import { CATALOGUE, catalogueEntry } from './catalogue/catalogue.ts';
import type { ByHand, CatalogueEntry } from './catalogue/entry.ts';
import type { DownloadRequest } from './download/order.ts';
import { pendingDownloads } from './download/partial.ts';
import type { PackPlaces } from './places.ts';

/** The download that a name stands for. */
export async function requestFor(what: string, places: PackPlaces): Promise<DownloadRequest> {
  const paused = (await pendingDownloads(places.installed)).find(({ plan }) => plan.id === what);
  const listed = CATALOGUE.find(({ id, repo }) => id === what || repo === what);
  if (listed?.byHand) throw notFetched(listed, listed.byHand);
  if (listed !== undefined) {
    const { id, repo, revision, name, purpose, licence, notes } = listed;
    return { id, repo, revision, words: { name, purpose, licence, notes } };
  }
  if (paused !== undefined) {
    const { id, repo, commit, name } = paused.plan;
    return { id, repo, revision: commit, words: { name } };
  }
  if (!what.includes('/')) catalogueEntry(what);
  return { id: idFromName(what.replace('/', '-')), repo: what, words: { name: what } };
}

function notFetched({ id, name }: CatalogueEntry, { address, file }: ByHand): ModelError {
  return new ModelError('DOWNLOAD_REFUSED', {
    expected: `a published checksum of ${name}`,
    found: 'none, so it is not downloaded by itself',
    fix: `Fetch ${file} from ${address}, then "salience pack add ${id} FILE"`,
  });
}
