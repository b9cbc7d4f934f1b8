// Pictures made once for all who ask, given up when nobody waits, large ones one after the other.
import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../../../electron/engine/context.ts';
import { inTurn, made, ofList, webp } from '../../../../../electron/engine/media/madePicture.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function bench() {
  const kept = new Set<string>();
  const cache = {
    pathOf: (key: string, extension: string) => `/c/${key.padEnd(40, '0')}${extension}`,
    find: (key: string, extension: string) =>
      Promise.resolve(kept.has(cache.pathOf(key, extension)) ? {} : null),
    added: (path: string) => Promise.resolve(void kept.add(path)),
  };
  const context = { cache } as unknown as EngineContext;
  const begun: { target: string; signal: AbortSignal; end: PromiseWithResolvers<void> }[] = [];
  const make = (target: string, signal: AbortSignal) => {
    const end = Promise.withResolvers<void>();
    begun.push({ target, signal, end });
    signal.addEventListener('abort', () => end.reject(signal.reason as Error));
    return end.promise;
  };
  const ask = (key = 'a', controller = new AbortController()) => ({
    controller,
    item: made(context, webp(key), controller.signal, make),
  });
  return { context, begun, ask, make };
}

describe('a picture', () => {
  it('that several ask for is made once, and not again once it is there', async () => {
    const { begun, ask } = bench();
    const [one, two, other] = [ask(), ask(), ask('b')];
    await settled();
    expect(begun.map(({ target }) => target.slice(3, 4))).toEqual(['a', 'b']);
    begun.forEach(({ end }) => end.resolve());
    const item = await one.item;
    expect(item).toMatchObject({
      kind: 'file',
      mime: 'image/webp',
      etag: `"${'a'.padEnd(40, '0')}"`,
    });
    expect(await two.item).toEqual(item);
    expect((await other.item).path).not.toBe(item.path);
    await ask().item;
    expect(begun).toHaveLength(2);
  });

  it('is made while one waits, and given up with the last', async () => {
    const { begun, ask } = bench();
    const [one, two] = [ask(), ask()];
    await settled();
    one.controller.abort(new Error('away'));
    await expect(one.item).rejects.toThrow('away');
    expect(begun[0]!.signal.aborted).toBe(false);
    two.controller.abort(new Error('gone'));
    await expect(two.item).rejects.toThrow('gone');
    expect(begun[0]!.signal.aborted).toBe(true);
    // Whoever asks now gets a new one.
    const three = ask();
    await settled();
    expect(begun).toHaveLength(2);
    begun[1]!.end.resolve();
    await three.item;
  });

  it('that failed is told to all, and tried again by the next', async () => {
    const { begun, ask } = bench();
    const [one, two] = [ask(), ask()];
    await settled();
    begun[0]!.end.reject(new Error('broken'));
    await expect(one.item).rejects.toThrow('broken');
    await expect(two.item).rejects.toThrow('broken');
    const three = ask();
    await settled();
    begun[1]!.end.resolve();
    await three.item;
  });

  it('that nobody wants any more is not begun', async () => {
    const { begun, ask } = bench();
    const controller = new AbortController();
    controller.abort(new Error('away'));
    await expect(ask('a', controller).item).rejects.toThrow('away');
    expect(begun).toEqual([]);
  });

  it('of a list waits its turn: four are made at once', async () => {
    const { context, begun, make } = bench();
    const items = ['a', 'b', 'c', 'd', 'e'].map((key) =>
      ofList(
        context,
        { key, extension: '.png' },
        new AbortController().signal,
        (target, { signal, priority }) => {
          expect(priority).toBe('batch');
          return make(target, signal);
        },
      ),
    );
    await settled();
    expect(begun).toHaveLength(4);
    begun[0]!.end.resolve();
    await items[0];
    await settled();
    expect(begun).toHaveLength(5);
    begun.forEach(({ end }) => end.resolve());
    expect((await Promise.all(items)).every(({ mime }) => mime === 'image/png')).toBe(true);
  });
});

it('work in turn begins when the one before has ended, well or not', async () => {
  const { context } = bench();
  const first = Promise.withResolvers<number>();
  const events: string[] = [];
  const one = inTurn(context, () => first.promise);
  const two = inTurn(context, () => Promise.resolve(events.push('two')));
  await settled();
  expect(events).toEqual([]);
  first.reject(new Error('broken'));
  await expect(one).rejects.toThrow('broken');
  await two;
  expect(events).toEqual(['two']);
});
