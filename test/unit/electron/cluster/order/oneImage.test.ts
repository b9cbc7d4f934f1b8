// What a worker sends to its model process for one image of a run set.
import { expect, it } from 'vitest';
import { maskImage, requestOrder } from '../../../../../electron/cluster/order/oneImage.ts';
import { modelsHash } from '../../../../../electron/engine/order/order.ts';
import { checkedParams } from '../../../../../electron/engine/prelabel/params.ts';
import { testRequest } from '../../../../helpers/drivers/clusterBench.ts';

const clip = (id: string) => ({
  id,
  folder: `/packs/${id}`,
  provider: 'cpu',
  precision: 'f32' as const,
  threads: 0,
});

it('an engine that needs a judge gets the one of the order', async () => {
  const sent: [string, unknown][] = [];
  const link = {
    request: (operation: string, input: unknown) => {
      sent.push([operation, input]);
      return Promise.resolve({ width: 3, height: 2, hash: 'aa', facts: {}, masks: [] });
    },
  };
  const order = requestOrder(testRequest().classes, {
    params: checkedParams({ preset: 'default', engine: 'car', overrides: {} }),
    packs: {
      explain: clip('small'),
      judge: clip('large'),
      hash: modelsHash('sha256:s', 'sha256:l'),
    },
  });
  const place = { imagePath: '/photos/1.png', runFile: '/tmp/1.run' };
  const found = await maskImage(link as never, order, place);
  expect(sent[1]).toEqual([
    'prelabel.run',
    expect.objectContaining({ ...place, engine: 'car', pack: clip('small'), judge: clip('large') }),
  ]);
  expect(found).toMatchObject({ width: 3, height: 2, hash: 'aa', masks: [] });
});
