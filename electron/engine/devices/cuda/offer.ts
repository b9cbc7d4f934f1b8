// Asks a NuGet feed for one package: where it lies, how large it is and its checksum, so that people
// know before anything is fetched.
import * as v from 'valibot';
import type { Fetch } from '../../../../models/packs/download/hub/network.ts';
import { requireSuccess } from '../../../../models/packs/download/hub/answers.ts';
import { withRetries, type Patience } from '../../../../models/packs/download/hub/retry.ts';
import { ModelError } from '../../../../models/errors.ts';
import type { WantedLibraries } from './wanted.ts';

/** A package as its feed describes it. */
export interface LibraryOffer {
  readonly url: string;
  readonly bytes: number;
  readonly sha512: Buffer;
}

const INDEX = v.object({
  resources: v.array(v.object({ '@id': v.string(), '@type': v.string() })),
});
const LEAF = v.object({ catalogEntry: v.string(), packageContent: v.string() });
const CATALOG = v.object({
  packageHash: v.pipe(v.string(), v.base64()),
  packageHashAlgorithm: v.literal('SHA512'),
  packageSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Asks the feed; throws ModelError: DOWNLOAD_BROKEN offline, DOWNLOAD_NOT_FOUND, DOWNLOAD_REFUSED. */
export async function askFeed(
  wanted: WantedLibraries,
  { fetch, patience }: { readonly fetch: Fetch; readonly patience: Patience },
): Promise<LibraryOffer> {
  const ask = <S extends v.GenericSchema>(what: string, url: string, schema: S) =>
    withRetries(what, patience, async () => {
      const response = await fetch(url, patience.signal ? { signal: patience.signal } : {});
      if (!response.ok) await response.body?.cancel();
      requireSuccess(response, what);
      return parsed(await shortText(response, what), schema, what);
    });

  const { resources } = await ask('the index of the library feed', wanted.feed, INDEX);
  const base = resources.find((one) => one['@type'] === 'RegistrationsBaseUrl/3.6.0')?.['@id'];
  if (base === undefined) throw strange('the index of the library feed');
  const id = wanted.name.toLowerCase();
  const what = `${wanted.name} ${wanted.version}`;
  const leaf = await ask(what, `${base.replace(/\/$/, '')}/${id}/${wanted.version}.json`, LEAF);
  const facts = await ask(what, leaf.catalogEntry, CATALOG);
  return {
    url: leaf.packageContent,
    bytes: facts.packageSize,
    sha512: Buffer.from(facts.packageHash, 'base64'),
  };
}

async function shortText(response: Response, what: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER_BYTES) throw strange(what);
  }
  return text;
}

function parsed<S extends v.GenericSchema>(text: string, schema: S, what: string) {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw strange(what, cause);
  }
  const result = v.safeParse(schema, json);
  if (!result.success) throw strange(what, result.issues[0]?.message);
  return result.output;
}

function strange(what: string, cause?: unknown): ModelError {
  return new ModelError('DOWNLOAD_REFUSED', {
    expected: `a NuGet feed's answer about ${what}`,
    found: 'something else',
    fix: 'Check proxy and network: something else answers in its place',
    cause,
  });
}
