// A command's stay at the embedded server: it starts one where none runs, is seen by the others while it is there,
// and turns the light off when it leaves last.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { loadPg } from '../database/libraries.ts';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import {
  ensureServer,
  inServerTurn,
  otherVersions,
  runningServer,
  serverFolder,
  stopServer,
  type EmbeddedServer,
} from './server.ts';

export interface EmbeddedStay {
  readonly url: string;
  /** What a person may want to know: who runs it, what older ones lie there. */
  readonly notes: readonly string[];
  /** Starts the server again after it ended; the address stays. */
  revive(): Promise<void>;
  /** Leaves; the last one stops the server. */
  leave(): Promise<void>;
}

/** Every command has one such connection; its others are still seen for a moment after they were closed. */
const PRESENCE = 'salience presence';

/** Enters; `home` is the user's data folder. */
export async function enterEmbedded(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<EmbeddedStay> {
  const binaries = await findBinaries(env);
  const account = await serverAccount();
  const folder = await serverFolder(home, { binaries, account });
  const server: EmbeddedServer = { folder, binaries, account };
  const isFirst = !existsSync(join(folder, 'data', 'PG_VERSION'));
  let presence: Client | null = null;
  const enter = () =>
    inServerTurn(server, async () => {
      const address = await ensureServer(server);
      // Connected before the turn ends: whoever leaves meanwhile sees it.
      presence = await connect(address);
      return address;
    });
  const url = await enter();
  return {
    url,
    notes: [
      ...(account && isFirst
        ? [`PostgreSQL does not run as root; it runs as the account ${account.name}.`]
        : []),
      ...(await otherVersions(server)),
    ],
    async revive() {
      await enter();
    },
    leave: () =>
      inServerTurn(server, async () => {
        const address = await runningServer(server);
        if (address === null) return;
        let others = presence ? await othersAre(presence) : null;
        if (others === null) {
          // It was started again since: this one's connection died with the one before.
          presence = await connect(address);
          others = await othersAre(presence);
        }
        if (others === false) await stopServer(server);
        await presence?.end().catch(() => undefined);
      }),
  };
}

async function connect(url: string): Promise<Client> {
  const { Client: PgClient } = await loadPg();
  const client = new PgClient({
    connectionString: url,
    application_name: PRESENCE,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  // The death of the server is noticed by whoever asks it something.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Null when nobody can tell: the server is gone already. */
async function othersAre(client: Client): Promise<boolean | null> {
  const answer = await client
    .query<{ n: string }>(
      `SELECT count(*) AS n FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
         AND (application_name = '${PRESENCE}' OR application_name NOT LIKE 'salience %')`,
    )
    .catch(() => null);
  return answer === null ? null : Number(answer.rows[0]?.n) > 0;
}
