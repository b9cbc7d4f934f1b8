// A command's use of the embedded server: the first command starts it, each holds a connection that the others
// can count, and the last one stops it.
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

/**
 * Name of the one connection by which commands are counted: the server still lists other connections for a
 * moment after they close.
 */
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
      // Connects before the turn ends, so that a command that leaves meanwhile counts this one.
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
          // The server was restarted since, which ended the counted connection of this command.
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
  // The next query reports the end of the server.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Null when the server is gone and cannot be asked. */
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
