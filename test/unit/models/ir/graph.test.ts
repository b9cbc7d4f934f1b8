// Graphs as data: names, shared constants, the structural check and the text dump.
import { expect, test } from 'vitest';
import { append, floats, input, longs, output, weight } from '../../../../models/ir/builder.ts';
import { checkGraph } from '../../../../models/ir/check.ts';
import { dumpGraph } from '../../../../models/ir/dump.ts';
import { createGraph } from '../../../../models/ir/graph.ts';
import { within } from '../../../../models/ir/names.ts';
import type { Value } from '../../../../models/ir/value.ts';
import { add } from '../../../../models/ops/elementwise.ts';

test('names carry the module path and a number when they repeat', () => {
  const graph = createGraph('names');
  const x = input(graph, 'x', 'F32', [2]);
  const first = within(graph, 'text', () => within(graph, 'layer.3', () => add(graph, x, x)));
  const second = within(graph, 'text', () => within(graph, 'layer.3', () => add(graph, x, x)));
  expect(graph.nodes.map(({ name }) => name)).toEqual(['text/layer.3/Add', 'text/layer.3/Add.2']);
  expect(first.name).not.toBe(second.name);
  expect(graph.scope).toEqual([]);
});

test('an input or output may not take a name twice', () => {
  const graph = createGraph('twice');
  const x = input(graph, 'x', 'F32', [2]);
  expect(() => input(graph, 'x', 'F32', [2])).toThrow('the name x is taken');
  output(graph, 'y', x);
  expect(() => output(graph, 'y', x)).toThrow('the name y is taken');
});

test('equal constants are one, different ones are not', () => {
  const graph = createGraph('constants');
  expect(floats(graph, [1, 2], [2])).toBe(floats(graph, [1, 2], [2]));
  expect(floats(graph, [1, 2], [2])).not.toBe(floats(graph, [1, 2], [1, 2]));
  expect(longs(graph, [1])).not.toBe(floats(graph, [1], [1]));
  expect(graph.constants).toHaveLength(4);
});

test('one tensor of a weight file is one constant however often it is used', () => {
  const graph = createGraph('weights');
  const data = { kind: 'external', file: 'w', offset: 8, length: 8 } as const;
  const type = { dtype: 'F32', shape: [2] } as const;
  expect(weight(graph, 'w', type, data)).toBe(weight(graph, 'w', type, data));
});

test('the check finds a value that is read before it is made', () => {
  const graph = createGraph('early');
  const x = input(graph, 'x', 'F32', [2]);
  output(graph, 'y', add(graph, x, x));
  checkGraph(graph);
  graph.nodes.reverse();
  expect(() => checkGraph(graph)).toThrow(/graph early: .* reads .* before it is made/);
});

test('the check finds a graph without outputs', () => {
  const graph = createGraph('mute');
  input(graph, 'x', 'F32', [2]);
  expect(() => checkGraph(graph)).toThrow('graph mute: it has no output');
});

test('the dump shows types, constants, attributes and where weights lie', () => {
  const graph = createGraph('dump');
  const x = input(graph, 'x', 'F32', ['batch', 4]);
  const w = weight(
    graph,
    'w',
    { dtype: 'F16', shape: [4] },
    { kind: 'external', file: 'model.safetensors', offset: 16, length: 8 },
  );
  const [cast] = append(graph, 'Cast', {
    inputs: [w],
    types: [{ dtype: 'F32', shape: [4] }],
    attributes: { to: { int: 1 } },
  });
  output(graph, 'y', add(graph, add(graph, x, cast as Value), floats(graph, [2])));
  expect(dumpGraph(graph)).toBe(`graph dump
input  x: F32[batch, 4]
const  w: F16[4] = model.safetensors[16, 24)
const  const/F32_2: F32[] = 4 bytes here
Cast:0: F32[4] = Cast(w) {to=1}
Add:0: F32[batch, 4] = Add(x, Cast:0)
Add:0.2: F32[batch, 4] = Add(Add:0, const/F32_2)
y: F32[batch, 4] = Identity(Add:0.2)
output y: F32[batch, 4]
`);
});
