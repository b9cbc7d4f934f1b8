// A browser host in a process of its own, with one picture and no engine behind it: what ends this
// process or leaves files open in it would do so to a person's. Prints its start link.
import { startBrowserHost } from '../../../electron/hosts/browser/server.ts';
import { createServedEngine } from '../drivers/servedEngine.ts';

const [page = '', picture = ''] = process.argv.slice(2);
const host = await startBrowserHost({
  engine: createServedEngine(picture),
  page,
  port: 0,
  log: (line) => console.error(line),
});
console.log(host.url);
process.on('SIGTERM', () => void host.close().then(() => process.exit(0)));
