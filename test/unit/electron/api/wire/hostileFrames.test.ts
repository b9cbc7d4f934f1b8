// What the wire makes of frames and events that nobody should send: one clear refusal, nothing of the
// sender's words in it, and never more than that one connection.
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../../../electron/api/wire/frame.ts';
import { PROTOCOL } from '../../../../../electron/api/wire/limits.ts';
import { serve } from '../../../../../electron/api/wire/peer.ts';
import { createClient } from '../../../../../electron/api/wire/client.ts';
import { memoryPair, socketTransport } from '../../../../../electron/api/wire/transport.ts';

/** The most bytes that a WebSocket's close frame holds of a reason (RFC 6455, 5.5). */
const MOST_REASON_BYTES = 123;

function frameOf(header: unknown, room = 0): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(Math.ceil((4 + json.length) / 8) * 8 + room);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  return bytes;
}

const request = (p: unknown) => ({ v: PROTOCOL, t: 'request', id: 1, m: 'x', p, seg: [['u8', 8]] });

describe('a frame', () => {
  test.each(['length', '__proto__', 'constructor', '0', -1, 0.5, 1, null, [[0]]])(
    'that refers to the segment %j is refused',
    (segment) => {
      expect(() => decodeFrame(frameOf(request({ $seg: segment }), 8))).toThrow(
        expect.objectContaining({ code: 'BAD_FRAME' }),
      );
    },
  );

  test('that refers to a segment by its number gets it', () => {
    expect(decodeFrame(frameOf(request({ $seg: 0 }), 8)).payload).toEqual(new Uint8Array(8));
  });

  test.each([{ toString: 1 }, '\u001b]0;title\u0007', '漢'.repeat(64), [[]], true])(
    'of the protocol %j is refused without a word of it',
    (v) => {
      let message = '';
      try {
        decodeFrame(frameOf({ ...request(null), v, seg: [] }));
      } catch (error) {
        expect(error).toMatchObject({ code: 'PROTOCOL_MISMATCH' });
        message = (error as Error).message;
      }
      expect(message).toMatch(/^The other side speaks another protocol, this one \d+\./);
    },
  );

  test('of a newer protocol is refused by its number', () => {
    expect(() => decodeFrame(frameOf({ ...request(null), v: 7, seg: [] }))).toThrow(/protocol 7,/);
  });
});

describe('closing', () => {
  const closedWith = (reason: string): string => {
    let said = '';
    socketTransport({
      bufferedAmount: 0,
      send: () => {},
      close: (_, text = '') => {
        if (new TextEncoder().encode(text).length > MOST_REASON_BYTES)
          throw new RangeError('the reason is too long');
        said = text;
      },
    }).close(reason);
    return said;
  };

  test.each(['漢'.repeat(64), '🐈'.repeat(40), `a${'é'.repeat(80)}`])(
    'gives a reason of at most 123 bytes, cut between letters: %s',
    (reason) => {
      const said = closedWith(reason);
      expect(said.length).toBeGreaterThan(20);
      expect(reason.startsWith(said)).toBe(true);
      expect(said.isWellFormed()).toBe(true);
    },
  );

  test('because of a frame that no client sends tells nothing of its name', async () => {
    const [near, far] = memoryPair();
    let reason = '';
    serve(far, new Map(), () => {}).onClose((why) => (reason = why));
    near.send(encodeFrame({ kind: 'result', id: 1, name: '\u009b31m evil', payload: null }));
    await expect.poll(() => reason).toMatch(/^a client must not send/);
    expect(reason).not.toMatch(/evil|\u009b/);
  });
});

describe('an event that cannot be sent', () => {
  test.each(['project.revision', 'job.status'] as const)(
    'ends the connection of %s and reaches the log; the publisher goes on',
    async (event) => {
      const [near, far] = memoryPair();
      const logged: unknown[] = [];
      const peer = serve(far, new Map(), (error) => logged.push(error));
      const client = createClient(near);
      let closed = '';
      client.onClose((reason) => (closed = reason));
      client.subscribe(event, () => {});
      await new Promise(setImmediate);
      let deep: unknown = null;
      for (let depth = 0; depth < 100; depth += 1) deep = [deep];
      expect(() => peer.publish(event, deep as never)).not.toThrow();
      await expect.poll(() => closed).not.toBe('');
      expect(logged).toHaveLength(1);
    },
  );
});

test('a frame is read wherever a socket put it, also inside a buffer of Node', () => {
  const sent = encodeFrame({
    kind: 'request',
    id: 1,
    name: 'x',
    payload: { counts: Uint32Array.of(7, 8, 9) },
  });
  for (let shift = 0; shift < 8; shift++) {
    const pool = Buffer.alloc(sent.length + 8);
    pool.set(sent, shift);
    // A slice of a Buffer is no copy, unlike that of any other array of bytes.
    const { payload } = decodeFrame(pool.subarray(shift, shift + sent.length));
    expect(payload).toEqual({ counts: Uint32Array.of(7, 8, 9) });
  }
});
