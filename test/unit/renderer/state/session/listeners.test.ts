// Listeners of the engine's events, over connections that come and go.
import { expect, it } from 'vitest';
import type { Client } from '../../../../../electron/api/wire/client.ts';
import { letGoWhenAsked } from '../../../../../renderer/src/state/session/letGo.ts';
import { Listeners } from '../../../../../renderer/src/state/session/listeners.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';

/** A connection that knows who listens now. */
function connection() {
  const on: string[] = [];
  const client = {
    subscribe(event: string, listener: () => void) {
      const entry = `${event} ${listener.name}`;
      on.push(entry);
      return () => void on.splice(on.indexOf(entry), 1);
    },
  };
  return { client: client as unknown as Client, on };
}

const first = function first() {};
const second = function second() {};

it('who listens is there on every new connection, until the signal aborts', () => {
  const listeners = new Listeners();
  const stop = new AbortController();
  listeners.add('image.changed' as never, first, stop.signal);
  const one = connection();
  listeners.connect(one.client);
  listeners.add('image.changed' as never, second);
  expect(one.on).toEqual(['image.changed first', 'image.changed second']);
  const two = connection();
  listeners.connect(two.client);
  expect(two.on).toEqual(['image.changed first', 'image.changed second']);
  stop.abort();
  expect(two.on).toEqual(['image.changed second']);
  const three = connection();
  listeners.connect(three.client);
  expect(three.on).toEqual(['image.changed second']);
});

function asked(displaced: boolean, settle: () => Promise<void>, fault = false) {
  const done: string[] = [];
  let ask = () => Promise.resolve();
  const session = {
    displaced,
    on: (_event: string, listener: () => Promise<void>) => void (ask = listener),
    call: async (method: string) => {
      done.push(method);
      if (fault) throw new Error('gone');
    },
  };
  letGoWhenAsked(session as unknown as Session, async () => {
    done.push('settle');
    await settle();
  });
  return ask().then(() => done);
}

it('a project that another program wants is settled first, then let go, whatever fails', async () => {
  const fine = () => Promise.resolve();
  expect(await asked(false, fine)).toEqual(['settle', 'project.settled']);
  expect(await asked(false, () => Promise.reject(new Error('full')))).toEqual([
    'settle',
    'project.settled',
  ]);
  expect(await asked(false, fine, true)).toEqual(['settle', 'project.settled']);
});

it('a window that lost the project has nothing to bring into it', async () => {
  expect(await asked(true, () => Promise.resolve())).toEqual(['project.settled']);
});
