// The pickle machine: what it builds, what it refuses by name, and that no program can make it
// hang, grow or touch anything.
import { describe, expect, it } from 'vitest';
import { runPickle } from '../../../../models/torch/pickle.ts';

const proto = '\x80\x02';
const run = (program: string) => runPickle(Buffer.from(program, 'latin1'), 'x.pth');
const code = (value: string) => expect.objectContaining({ code: value }) as Error;

describe('data', () => {
  it('whole numbers of every size, floats, text, bytes, lists, tuples and dicts', () => {
    const program =
      `${proto}(K\x05M\x00\x01J\xff\xff\xff\xff\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x80\x00` +
      `G\x3f\xf8\x00\x00\x00\x00\x00\x00X\x02\x00\x00\x00\xc3\xa9C\x01a\x88\x89N]K\x01a}K\x02K\x03s)t.`;
    expect(run(program)).toEqual({
      kind: 'tuple',
      items: [
        5,
        256,
        -1,
        2n ** 63n,
        1.5,
        'é',
        Buffer.from('a'),
        true,
        false,
        null,
        [1],
        new Map([[2, 3]]),
        { kind: 'tuple', items: [] },
      ],
    });
  });

  it('memo slots give the same object again, also a list inside itself', () => {
    const list = run(`${proto}]q\x00h\x00a.`);
    expect(Array.isArray(list) && list[0] === list).toBe(true);
  });

  it('the state of an ordered dict is left aside', () => {
    expect(run(`${proto}ccollections\nOrderedDict\n)R}X\x01\x00\x00\x00mK\x01sb.`)).toEqual(
      new Map(),
    );
  });
});

describe('refused by name', () => {
  it.each([
    ['cos\nsystem\n.', /"os\.system"/],
    ['cbuiltins\neval\n.', /"builtins\.eval"/],
    ['ctorch._utils\n_rebuild_sparse_tensor\n.', /_rebuild_sparse_tensor/],
    ['ctorch\nQInt8Storage\n.', /torch\.QInt8Storage/],
    ['c__builtin__\n__proto__\n.', /__proto__/],
    ['\x8c\x02os\x8c\x06system\x93.', /"os\.system"/],
    ['(ios\nsystem\n.', /INST/],
    ['(o.', /\bOBJ\b/],
    [')\x81.', /NEWOBJ/],
    ['\x82\x01.', /EXT1/],
    ['Pid\n.', /PERSID/],
    ['I1\n.', /\bINT\b/],
    ['\xee.', /number 238/],
    ['ctorch\nFloatStorage\n)R.', /a call of "torch\.FloatStorage"/],
    [']Nb.', /state of an object/],
  ])('%j', (program, message) => {
    expect(() => run(proto + program)).toThrow(code('MODEL_FILE_REFUSED'));
    expect(() => run(proto + program)).toThrow(message);
  });
});

describe('broken programs end in one clear error', () => {
  it.each([
    '',
    '\x80',
    `${proto}.`,
    `${proto}NN.`,
    `${proto}(.`,
    `${proto}0.`,
    `${proto}(0.`,
    `${proto}t.`,
    `${proto}Na.`,
    `${proto}NNs.`,
    `${proto}}]Ns.`,
    `${proto}}(Nu.`,
    `${proto}h\x09.`,
    `${proto}j\xff\xff\xff\xff.`,
    `${proto}Nr\xff\xff\xff\xff.`,
    `${proto}X\xff\xff\xff\x7fabc.`,
    `${proto}\x8d\xff\xff\xff\xff\xff\xff\xff\xff.`,
    `${proto}\x8b\xff\xff\xff\x7f.`,
    `${proto}\x8a\xff${'a'.repeat(255)}.`,
    `${proto}ccollections`,
    `${proto}NNR.`,
    `${proto})Q.`,
    '\x80\x09N.',
  ])('%j', (program) => expect(() => run(program)).toThrow(code('MODEL_FILE_DAMAGED')));

  it('tensors and storages whose arguments have wrong types', () => {
    const storage = `(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x06tQ`;
    const rebuild = 'ctorch._utils\n_rebuild_tensor_v2\n';
    expect(run(`${proto}${rebuild}(${storage}K\x00K\x06\x85K\x01\x85\x89NtR.`)).toMatchObject({
      kind: 'tensor',
      shape: [6],
    });
    for (const args of [
      'NK\x00K\x06\x85K\x01\x85\x89N',
      `${storage}NK\x06\x85K\x01\x85\x89N`,
      `${storage}K\x00K\x06\x85K\x01K\x01\x86\x89N`,
      `${storage}K\x00J\xff\xff\xff\xff\x85K\x01\x85\x89N`,
      `${storage}K\x00`,
    ])
      expect(() => run(`${proto}${rebuild}(${args}tR.`)).toThrow(code('MODEL_FILE_DAMAGED'));
    expect(() =>
      run(`${proto}${storage.replace('X\x01\x00\x00\x000', 'X\x05\x00\x00\x00../..')}.`),
    ).toThrow(code('MODEL_FILE_DAMAGED'));
  });

  it.each([
    ['three million dicts', '}'.repeat(3_000_000), /containers/],
    ['three million memo entries', `N${'\x94'.repeat(3_000_000)}`, /instructions/],
    [
      'marks over a tall stack',
      `${'N'.repeat(900_000)}${'(1'.repeat(550_000)}`,
      /instructions|one value/,
    ],
    [
      'ever longer numbers as keys',
      `}${Array.from({ length: 30_000 }, (_, i) => `M${String.fromCharCode(i & 255, i >> 8)}Ns`).join('')}.`,
      /keys that are numbers/,
    ],
  ])('%s stop at a limit', (_what, program, message) => {
    expect(() => run(proto + program)).toThrow(code('MODEL_FILE_DAMAGED'));
    expect(() => run(proto + program)).toThrow(message);
  });
});

describe('limits', () => {
  const unicode = 'X\x01\x00\x00\x00k';
  it('are the last that pass: instructions, containers, numbers as keys, memo slots', () => {
    const steps = (n: number) =>
      `${proto}${'N0'.repeat((n - 3 - (n % 2 ? 0 : 1)) / 2)}${n % 2 ? 'N.' : '\x80\x02N.'}`;
    expect(run(steps(2_000_000))).toBe(null);
    expect(() => run(steps(2_000_001))).toThrow(/at most 2000000 instructions/);
    const lists = (n: number) => `${proto}(${']'.repeat(n - 1)}l.`;
    expect(run(lists(500_000))).toHaveLength(499_999);
    expect(() => run(lists(500_001))).toThrow(/at most 500000 containers/);
    const keys = (n: number) => `${proto}}${'K\x01Ns'.repeat(n)}${`${unicode}Ns`}.`;
    expect(run(keys(20_000))).toEqual(
      new Map<unknown, unknown>([
        [1, null],
        ['k', null],
      ]),
    );
    expect(() => run(keys(20_001))).toThrow(/at most 20000 keys/);
    const slot = (n: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(n);
      const at = bytes.toString('latin1');
      return `${proto}K\x07r${at}0j${at}.`;
    };
    expect(run(slot(1_999_999))).toBe(7);
    expect(() => run(slot(2_000_000))).toThrow(/memo slot below 2000000/);
  });

  it('of whole numbers and protocols', () => {
    const long = (bytes: number) =>
      `${proto}\x8a${String.fromCharCode(bytes)}${'\x01'.repeat(bytes)}.`;
    expect(typeof run(long(16))).toBe('bigint');
    expect(() => run(long(17))).toThrow(/at most 16 bytes/);
    for (const protocol of [2, 3, 4, 5])
      expect(run(`\x80${String.fromCharCode(protocol)}N.`)).toBe(null);
    for (const protocol of [1, 6])
      expect(() => run(`\x80${String.fromCharCode(protocol)}N.`)).toThrow(/protocol 2 to 5/);
  });

  it('a mark that is left open, or a value too many, is no end', () => {
    for (const program of ['N(.', '(N.', 'NN.']) expect(() => run(proto + program)).toThrow();
  });
});
