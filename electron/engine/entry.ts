// Where the engine begins on the desktop: a utility process of Electron. Wiring only.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { useProxyOf } from '../../models/packs/download/hub/network.ts';
import { installedPacksFolder } from '../../models/packs/places.ts';
import type { ParentPort } from './desktop.ts';
import { desktopWiring } from './desktop.ts';
import { createEngine } from './engine.ts';
import { createInferenceHost } from './inferenceLink/host.ts';
import { portSpawner } from './inferenceLink/port.ts';

const parent = (process as { parentPort?: ParentPort }).parentPort;
if (!parent) {
  console.error(
    'This file is a part of Salience and does nothing by itself; start Salience instead.',
  );
  process.exit(2);
}

const desktop = desktopWiring(parent, {
  start: ({ start }) => void begin(start.userDataFolder, start.appFolder),
  stopped: () => process.exit(0),
});

async function begin(userDataFolder: string, appFolder: string): Promise<void> {
  const log = (line: string) => parent?.postMessage({ kind: 'log', line });
  useProxyOf(process.env);
  // Native code opens model files, and it cannot look into the application's archive.
  const files = appFolder.replace('app.asar', 'app.asar.unpacked');
  const samples = join(files, 'models/demo/samples');
  const engine = await createEngine({
    userDataFolder,
    inference: createInferenceHost({ spawn: portSpawner(desktop.broker), log }),
    secrets: desktop.secrets,
    host: {
      kind: 'desktop',
      nativeDialogs: true,
      showFile: desktop.showFile,
      openPage: desktop.openPage,
      proxyFor: desktop.proxyFor,
      mediaBase: 'media://project/',
      roots: [],
      sampleFolder: existsSync(samples) ? samples : null,
      packs: {
        builtIn: [join(files, 'models/demo/pack')],
        installed: installedPacksFolder({
          env: process.env,
          platform: process.platform,
          home: homedir(),
        }),
      },
    },
    log,
  });
  desktop.attach(engine);
}
