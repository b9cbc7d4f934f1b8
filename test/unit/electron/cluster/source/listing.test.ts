import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBucketAddress, bucketRoot } from '../../../../../electron/cluster/source/bucket.ts';
import { folderImages } from '../../../../../electron/cluster/source/folder.ts';
import { imageKey, inByteOrder, pathFault } from '../../../../../electron/cluster/source/listed.ts';
import { listedImages } from '../../../../../electron/cluster/source/listFile.ts';
import { ForeignPathError, placeUnder } from '../../../../../electron/cluster/source/place.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const NAMES = [
  'a.png',
  'a b.png',
  'a/z.png',
  'a-b/c.png',
  'Z.png',
  'é.png',
  '𐐷.png',
  '\ue000.png',
  'b/b/b.png',
];

async function filled(folder: string) {
  for (const name of NAMES) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), name);
    await utimes(join(folder, name), 5, 5);
  }
}

const passing = () => {
  const lines: string[] = [];
  return { lines, note: (path: string, why: string) => void lines.push(`${path}: ${why}`) };
};

async function pathsOf(images: AsyncIterable<{ path: string }>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of images) paths.push(path);
  return paths;
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('a folder is walked in the order of the bytes of its paths, and goes on behind any of them', async () => {
  await using folder = await temporaryFolder();
  await filled(folder.path);
  const passedBy = passing();
  const whole = await pathsOf(folderImages(folder.path, { after: null, passedBy }));
  const sorted = [...NAMES].sort(byBytes);
  expect(whole).toEqual(sorted);
  for (const [index, after] of sorted.entries())
    expect(await pathsOf(folderImages(folder.path, { after, passedBy })), after).toEqual(
      sorted.slice(index + 1),
    );
  expect(NAMES.toSorted(inByteOrder)).toEqual(sorted);
});

test('links that leave the folder are passed by and told, linked folders are not followed', async () => {
  await using folder = await temporaryFolder();
  const images = join(folder.path, 'images');
  await mkdir(join(images, 'in'), { recursive: true });
  await writeFile(join(folder.path, 'secret.png'), 'x');
  await writeFile(join(images, 'in', 'a.png'), 'x');
  await symlink(join(folder.path, 'secret.png'), join(images, 'out.png'));
  await symlink(join(images, 'in', 'a.png'), join(images, 'same.png'));
  await symlink(images, join(images, 'loop'));
  const passedBy = passing();
  expect(await pathsOf(folderImages(images, { after: null, passedBy }))).toEqual([
    'in/a.png',
    'same.png',
  ]);
  expect(passedBy.lines).toEqual(['out.png: a link that leaves the folder']);
});

test('a list names files below its folder; what is none is told with its line', async () => {
  await using folder = await temporaryFolder();
  await filled(folder.path);
  const list = join(folder.path, 'list.txt');
  const lines = [
    '\ufeff# chosen',
    'a/z.png',
    '',
    `${folder.path}/a.png`,
    './é.png',
    '../up.png',
    '/etc/hostname',
    'gone.png',
  ];
  await writeFile(list, lines.join('\r\n'));
  const passedBy = passing();
  const found = listedImages(list, { folder: folder.path, passedBy });
  expect(await pathsOf(found)).toEqual(['a/z.png', 'a.png', 'é.png']);
  expect(passedBy.lines.map((line) => line.split(': ').at(-1))).toEqual([
    'its path leaves the root',
    'its path leaves the root',
    'no file there (ENOENT)',
  ]);
  expect(passedBy.lines[0]).toMatch(/^line 6 \(/);
});

test('a path of a row stays under its root, links included', async () => {
  await using folder = await temporaryFolder();
  const root = join(folder.path, 'root');
  await mkdir(join(root, 'a'), { recursive: true });
  await writeFile(join(root, 'a', 'b.png'), 'x');
  await writeFile(join(folder.path, 'secret.png'), 'x');
  await symlink(folder.path, join(root, 'up'));
  expect(await placeUnder(root, 'a/b.png')).toMatch(/root\/a\/b\.png$/);
  for (const path of [
    '../secret.png',
    'a/../../secret.png',
    '/etc/hostname',
    'up/secret.png',
    'a/./b.png',
    '',
  ])
    await expect(placeUnder(root, path), path).rejects.toThrow(ForeignPathError);
  for (const path of ['a\\b.png', 'c:b.png'])
    await expect(placeUnder(root, path, 'win32'), path).rejects.toThrow(ForeignPathError);
});

test('an image is who it is by root, path, size and time', () => {
  const image = { path: 'a.png', bytes: 1, stamp: '5' };
  const keys = [
    imageKey('r', image),
    imageKey('s', image),
    imageKey('r', { ...image, path: 'b.png' }),
    imageKey('r', { ...image, bytes: 2 }),
    imageKey('r', { ...image, stamp: '6' }),
  ];
  expect(new Set(keys).size).toBe(5);
  expect(imageKey('r', { ...image })).toBe(keys[0]);
  expect(keys[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(pathFault('x'.repeat(1025))).toContain('1024');
});

test('addresses of buckets are taken apart, and what no store would take is refused', () => {
  expect(readBucketAddress('s3://lake/photos/2026/')).toEqual({
    bucket: 'lake',
    prefix: 'photos/2026/',
  });
  expect(bucketRoot(readBucketAddress('s3://lake/photos/'))).toBe('s3://lake/photos');
  expect(bucketRoot(readBucketAddress('s3://lake'))).toBe('s3://lake');
  for (const text of ['s3://', 's3://Lake/x', 's3://a..b/x', 's3://-lake/x', 's3://la ke'])
    expect(() => readBucketAddress(text), text).toThrow('is no name of a bucket');
});
