// What an exported COCO file says of itself.
import { expect, it } from 'vitest';
import { cocoInfo } from '../../../../../../electron/engine/dataset/coco/info.ts';

const origin = { appVersion: '1.2.3', model: null, preset: null, prompts: {}, createdAt: null };

it('names the program, and nothing that is not known', () => {
  expect(cocoInfo(origin)).toEqual({
    description: '',
    version: '1.0',
    contributor: '',
    url: '',
    salience: { version: '1.2.3' },
  });
});

it('names model, preset, words and time where they are known', () => {
  const model = { id: 'blip', name: 'BLIP', hash: 'aa' };
  expect(
    cocoInfo({
      appVersion: '1.2.3',
      model,
      preset: 'paper',
      prompts: { cup: 'mug' },
      createdAt: '2026-03-04T05:06:07Z',
      description: 'Cups',
      contributor: 'Ann',
    }),
  ).toEqual({
    description: 'Cups',
    version: '1.0',
    year: 2026,
    date_created: '2026-03-04T05:06:07Z',
    contributor: 'Ann',
    url: '',
    salience: { version: '1.2.3', model, preset: 'paper', prompts: { cup: 'mug' } },
  });
});
