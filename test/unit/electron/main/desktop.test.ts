// Dialogs, menu, second starts: the small desktop decisions.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import {
  droppedPath,
  isPickKind,
  pick,
  safeName,
} from '../../../../electron/main/window/dialogs.ts';
import { menuTemplate } from '../../../../electron/main/window/menu.ts';
import { folderMemory } from '../../../../electron/main/window/folderMemory.ts';
import { relaunchOptions, restartArguments } from '../../../../electron/main/system/restart.ts';
import { askedProjects, projectArgument } from '../../../../electron/main/system/singleInstance.ts';
import { proxyAddress, proxyResolver } from '../../../../electron/main/system/systemProxy.ts';
import { COMMANDS } from '../../../../renderer/src/keys/commands.ts';
import { dialogAnswers } from '../../../helpers/standIns/electronMock.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

describe('native dialogs', () => {
  test('start where the last of their kind ended', async () => {
    const folders = new Map<string, string>();
    const memory = {
      get: (kind: string) => folders.get(kind) ?? null,
      set: (kind: string, folder: string) => void folders.set(kind, folder),
    };
    const window = {} as BrowserWindow;
    dialogAnswers.open = '/photos/cats';
    expect(await pick(window, 'folder', '', memory)).toBe('/photos/cats');
    dialogAnswers.save = '/out/coco.json';
    expect(await pick(window, 'save', 'coco.json', memory)).toBe('/out/coco.json');
    dialogAnswers.save = null;
    expect(await pick(window, 'save', 'coco.json', memory)).toBeNull();
    expect(dialogAnswers.asked.at(-1)).toMatchObject({
      defaultPath: join('/out', 'coco.json'),
      filters: [
        { name: 'JSON file', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    expect([...folders]).toEqual([
      ['folder', '/photos/cats'],
      ['save', '/out'],
    ]);
  });

  test('a name that the page suggests cannot choose a folder', () => {
    expect(safeName('../../.bashrc')).toBe('__.._.bashrc');
    expect(safeName('.hidden')).toBe('_hidden');
    expect(safeName('a\u0007b\u202Egpj.exe')).toBe('a_b_gpj.exe');
    expect(safeName({})).toBe('');
    expect(isPickKind('constructor')).toBe(false);
  });
});

test('dialogs start in the person’s own folders first, and a disk that takes nothing keeps none from working', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'folders.json');
  const first = folderMemory(file, (name) => `/home/a/${name}`);
  expect([first.get('folder'), first.get('save')]).toEqual([
    '/home/a/pictures',
    '/home/a/documents',
  ]);
  first.set('folder', '/photos');
  expect(folderMemory(file, () => '/elsewhere').get('folder')).toBe('/photos');
  const unknown = folderMemory(join(folder.path, 'none.json'), () => {
    throw new Error("Failed to get 'pictures' path");
  });
  expect(unknown.get('folder')).toBeNull();
  await writeFile(join(folder.path, 'blocked'), '');
  const blocked = folderMemory(join(folder.path, 'blocked/folders.json'), () => '/home/a');
  blocked.set('folder', '/photos');
  expect(blocked.get('folder')).toBe('/photos');
});

test('an AppImage starts again by its file, not by its mount', () => {
  expect(relaunchOptions(['--restarted'], {})).toEqual({ args: ['--restarted'] });
  expect(relaunchOptions([], { APPIMAGE: '/home/a/Salience.AppImage' })).toEqual({
    args: [],
    execPath: '/home/a/Salience.AppImage',
  });
});

describe('a start', () => {
  const asks = (argv: readonly string[], workingFolder = '/data') =>
    projectArgument({ argv, workingFolder, appFolder: '/opt/salience' });

  test.each([
    ['/data/a.salience', ['/usr/bin/salience', '--flag', '/data/a.salience']],
    ['/data/a.salience', ['salience', 'a.salience']],
    ['/data/A.SALIENCE', ['salience', './A.SALIENCE']],
    [null, ['salience', '--x=/data/a.salience']],
    [null, ['salience', 'picture.png']],
    [null, ['/data/a.salience']],
  ])('hands over %s of %j', (path, argv) => expect(asks(argv)).toBe(path));

  test('hands over a folder of images, and never the folder of the program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'salience-start-'));
    try {
      const program = join(folder, 'program');
      const photos = join(folder, 'photos');
      await Promise.all([program, photos].map((path) => mkdir(path)));
      const start = { workingFolder: folder, appFolder: program };
      expect(projectArgument({ ...start, argv: ['electron', program, 'photos'] })).toBe(photos);
      expect(projectArgument({ ...start, argv: ['electron', program] })).toBeNull();
      expect(projectArgument({ ...start, argv: ['electron', program, 'none'] })).toBeNull();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test.each([
  ['DIRECT', null],
  ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
  ['HTTPS proxy.example:443; DIRECT', 'https://proxy.example:443'],
  ['SOCKS5 a.example:1080; PROXY b.example:3128', 'http://b.example:3128'],
  ['SOCKS a.example:1080', null],
  ['DIRECT; PROXY a.example:1', null],
  ['PROXY [::1]:3128', 'http://[::1]:3128'],
  ['', null],
  ['PROXY', null],
])('the system says %j: the proxy is %s', (list, address) => {
  expect(proxyAddress(list)).toBe(address);
});

test('a resolver that fails means no proxy', async () => {
  const lines: string[] = [];
  const failing = { resolveProxy: () => Promise.reject(new Error('no script')) };
  const resolve = proxyResolver(failing, (line) => lines.push(line));
  expect(await resolve('https://hub.example')).toBeNull();
  expect(lines).toEqual(['proxy: no script']);
});

test('a project asked for before there is a window opens once there is one, later ones at once', () => {
  const asked = askedProjects();
  const opened: string[] = [];
  const start = { workingFolder: '/data', appFolder: '/opt/salience' };
  asked.ask({ ...start, argv: ['salience', '/data/a.salience'] });
  asked.askFor('/data/b.salience');
  asked.ask({ ...start, argv: ['salience', '/data/picture.png'] });
  asked.handOver((path) => opened.push(path));
  asked.ask({ ...start, argv: ['salience', 'c.salience'] });
  expect(opened).toEqual(['/data/b.salience', '/data/c.salience']);
});

test('menu commands reach the page by their id', () => {
  const sent: string[] = [];
  const edit = menuTemplate(
    'linux',
    (command) => sent.push(command),
    () => undefined,
  ).find(({ label }) => label === '&Edit');
  const items = edit?.submenu as { label?: string; click?: () => void }[];
  items.find(({ label }) => label === 'Undo')?.click?.();
  expect(sent).toEqual(['app.undo']);
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'every menu command on %s is one of the page',
  (platform) => {
    const sent: string[] = [];
    const press = (items: readonly MenuItemConstructorOptions[]): void => {
      for (const { click, submenu } of items) {
        (click as (() => void) | undefined)?.();
        if (Array.isArray(submenu)) press(submenu);
      }
    };
    const about = vi.fn();
    press(menuTemplate(platform, (command) => sent.push(command), about));
    expect(about).toHaveBeenCalledOnce();
    expect(sent.length).toBeGreaterThan(8);
    const known = new Set<string>(COMMANDS.map(({ id }) => id));
    expect(sent.filter((id) => !known.has(id))).toEqual([]);
  },
);

test('a dropped folder or project is taken as it is, of other files their folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salience-drop-'));
  const [image, project] = [join(folder, 'a.jpg'), join(folder, 'p.salience')];
  await Promise.all([image, project].map((path) => writeFile(path, '')));
  expect(droppedPath(folder)).toBe(folder);
  expect(droppedPath(project)).toBe(project);
  expect(droppedPath(image)).toBe(folder);
  expect([droppedPath('a.jpg'), droppedPath(join(folder, 'gone')), droppedPath(7)]).toEqual([
    null,
    null,
    null,
  ]);
  await rm(folder, { recursive: true });
});

test('what a page says was dropped is refused where no person drops it: devices, pipes, odd names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salience-drop-'));
  const odd = [
    `${folder}\0.jpg`,
    `${folder}/x\0.salience`,
    '\\\\.\\PhysicalDrive0',
    '\\\\?\\C:\\a',
  ];
  if (process.platform !== 'win32') {
    const pipe = join(folder, 'p.salience');
    execFileSync('mkfifo', [pipe]);
    const loop = join(folder, 'loop.salience');
    await symlink(loop, loop);
    odd.push(pipe, loop, '/dev/null', '/dev/zero');
  }
  expect(odd.map((path) => droppedPath(path))).toEqual(odd.map(() => null));
  await rm(folder, { recursive: true });
});

test('a lost engine starts the program again with what it was asked for, but not twice in a row', () => {
  const argv = ['/opt/salience', '/data/a.salience'];
  const again = restartArguments(argv, 3)!;
  expect(again).toEqual(['/data/a.salience', '--restarted']);
  expect(restartArguments(['/opt/salience', ...again], 3)).toBeNull();
  expect(restartArguments(['/opt/salience', ...again], 3600)).toEqual(again);
});
