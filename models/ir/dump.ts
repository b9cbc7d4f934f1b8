// A graph as text for review: one line per input, constant, node and output.
import type { Graph } from './graph.ts';
import type { Attribute } from './node.ts';
import { typeText } from './value.ts';

/** The whole graph. The same graph gives the same text, so versions can be compared line by line. */
export function dumpGraph(graph: Graph): string {
  const lines = [`graph ${graph.name}`];
  for (const value of graph.inputs) lines.push(`input  ${value.name}: ${typeText(value)}`);
  for (const { value, data } of graph.constants) {
    const where =
      data.kind === 'external'
        ? `${data.file}[${data.offset}, ${data.offset + data.length})`
        : `${data.bytes.length} bytes here`;
    lines.push(`const  ${value.name}: ${typeText(value)} = ${where}`);
  }
  for (const node of graph.nodes) {
    const outputs = node.outputs.map((value) => `${value.name}: ${typeText(value)}`).join(', ');
    const inputs = node.inputs.map((value) => value?.name ?? '-').join(', ');
    const attributes = Object.entries(node.attributes).map(
      ([key, a]) => `${key}=${attributeText(a)}`,
    );
    const settings = attributes.length > 0 ? ` {${attributes.join(' ')}}` : '';
    lines.push(`${outputs} = ${node.op}(${inputs})${settings}`);
  }
  for (const value of graph.outputs) lines.push(`output ${value.name}: ${typeText(value)}`);
  return `${lines.join('\n')}\n`;
}

function attributeText(attribute: Attribute): string {
  if ('int' in attribute) return String(attribute.int);
  if ('float' in attribute) return String(attribute.float);
  if ('ints' in attribute) return `[${attribute.ints.join()}]`;
  return JSON.stringify(attribute.text);
}
