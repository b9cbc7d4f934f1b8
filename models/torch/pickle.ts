// Runs a checkpoint's pickle program without running Python: a stack machine that builds plain
// data and tensor views, and refuses by name every other thing a pickle could ask for.
import { shown } from '../errors.ts';
import { OPCODE_NAMES, OPCODES as OP } from './opcodes.ts';
import { PickleBytes } from './pickleBytes.ts';
import { callGlobal, refused, storageOf } from './pickleCalls.ts';
import { isKnownGlobal, ofKind, type PickleKey, type PickleValue } from './pickleValues.ts';

/** Longest program read. Bytes; memory stays within a small multiple of it. */
export const MAX_PICKLE_BYTES = 16 * 1024 * 1024;
const MAX_LONG_BYTES = 16;
// A tensor takes about 40 instructions and 6 containers; published checkpoints have thousands.
const MAX_INSTRUCTIONS = 2_000_000;
const MAX_CONTAINERS = 500_000;
// Numbers as keys can be chosen to collide, so there may be only as many as an optimiser needs.
const MAX_NUMBER_KEYS = 20_000;

/** The value that the program leaves; throws ModelError _DAMAGED or _REFUSED. */
export function runPickle(program: Uint8Array, file: string): PickleValue {
  const input = new PickleBytes(program, file);
  const memo: PickleValue[] = [];
  const marks: number[] = [];
  const stack: PickleValue[] = [];
  let instructions = 0;
  let containers = 0;
  let numberKeys = 0;

  function floor(): number {
    return marks.at(-1) ?? 0;
  }
  function pop(): PickleValue {
    if (stack.length <= floor()) throw input.damaged('a value on the stack');
    return stack.pop() as PickleValue;
  }
  function top(): PickleValue {
    if (stack.length <= floor()) throw input.damaged('a value on the stack');
    return stack.at(-1) as PickleValue;
  }
  function popMark(): PickleValue[] {
    const mark = marks.pop();
    if (mark === undefined) throw input.damaged('a mark on the stack');
    return stack.splice(mark);
  }
  function pushContainer(value: PickleValue): void {
    containers += 1;
    if (containers > MAX_CONTAINERS) throw input.damaged(`at most ${MAX_CONTAINERS} containers`);
    stack.push(value);
  }
  function tuple(items: readonly PickleValue[]): void {
    pushContainer({ kind: 'tuple', items });
  }
  function global(name: string): void {
    if (!isKnownGlobal(name)) throw refused(file, `the name ${shown(name)}`);
    stack.push({ kind: 'global', name });
  }
  function append(items: readonly PickleValue[]): void {
    const list = top();
    if (!Array.isArray(list)) throw input.damaged('a list to append to');
    for (const item of items) list.push(item);
  }
  function setItems(pairs: readonly PickleValue[]): void {
    const dict = top();
    if (!(dict instanceof Map) || pairs.length % 2 !== 0)
      throw input.damaged('a dict and pairs to put into it');
    for (let i = 0; i < pairs.length; i += 2)
      dict.set(dictKey(pairs[i] as PickleValue), pairs[i + 1] as PickleValue);
  }
  function dictKey(key: PickleValue): PickleKey {
    if (typeof key === 'object' && key !== null)
      throw input.damaged('dict keys that are names or numbers');
    if (typeof key !== 'string') numberKeys += 1;
    if (numberKeys > MAX_NUMBER_KEYS)
      throw input.damaged(`at most ${MAX_NUMBER_KEYS} keys that are numbers`);
    return key;
  }
  function remember(slot: number): void {
    if (slot >= MAX_INSTRUCTIONS) throw input.damaged(`a memo slot below ${MAX_INSTRUCTIONS}`);
    // Filled up, so that far slots cannot turn the array into a slow dictionary.
    while (memo.length < slot) memo.push(null);
    memo[slot] = top();
  }
  function recall(slot: number): void {
    const value = memo[slot];
    if (value === undefined) throw input.damaged(`a value in memo slot ${slot}`);
    stack.push(value);
  }

  for (;;) {
    instructions += 1;
    if (instructions > MAX_INSTRUCTIONS)
      throw input.damaged(`at most ${MAX_INSTRUCTIONS} instructions`);
    const code = input.byte();
    switch (code) {
      case OP.PROTO: {
        const protocol = input.byte();
        if (protocol < 2 || protocol > 5) throw input.damaged('pickle protocol 2 to 5');
        break;
      }
      case OP.FRAME:
        input.skipFrameLength();
        break;
      case OP.STOP:
        if (stack.length !== 1 || marks.length !== 0) throw input.damaged('one value at the end');
        return pop();
      case OP.MARK:
        marks.push(stack.length);
        break;
      case OP.POP:
        pop();
        break;
      case OP.POP_MARK:
        popMark();
        break;
      case OP.NONE:
        stack.push(null);
        break;
      case OP.NEWTRUE:
        stack.push(true);
        break;
      case OP.NEWFALSE:
        stack.push(false);
        break;
      case OP.BININT:
        stack.push(input.int32());
        break;
      case OP.BININT1:
        stack.push(input.byte());
        break;
      case OP.BININT2:
        stack.push(input.uint16());
        break;
      case OP.LONG1:
        stack.push(input.long(input.byte(), MAX_LONG_BYTES));
        break;
      case OP.LONG4:
        stack.push(input.long(input.uint32(), MAX_LONG_BYTES));
        break;
      case OP.BINFLOAT:
        stack.push(input.float64BigEndian());
        break;
      case OP.SHORT_BINUNICODE:
        stack.push(input.text(input.byte()));
        break;
      case OP.BINUNICODE:
        stack.push(input.text(input.uint32()));
        break;
      case OP.BINUNICODE8:
        stack.push(input.text(input.uint64()));
        break;
      // Python 2 wrote its text as byte strings.
      case OP.SHORT_BINSTRING:
        stack.push(input.text(input.byte()));
        break;
      case OP.BINSTRING:
        stack.push(input.text(input.uint32()));
        break;
      case OP.SHORT_BINBYTES:
        stack.push(input.bytes(input.byte()));
        break;
      case OP.BINBYTES:
        stack.push(input.bytes(input.uint32()));
        break;
      case OP.BINBYTES8:
        stack.push(input.bytes(input.uint64()));
        break;
      case OP.EMPTY_LIST:
        pushContainer([]);
        break;
      case OP.LIST:
        pushContainer(popMark());
        break;
      case OP.APPEND:
        append([pop()]);
        break;
      case OP.APPENDS:
        append(popMark());
        break;
      case OP.EMPTY_TUPLE:
        tuple([]);
        break;
      case OP.TUPLE1:
        tuple([pop()]);
        break;
      case OP.TUPLE2:
        tuple([pop(), pop()].reverse());
        break;
      case OP.TUPLE3:
        tuple([pop(), pop(), pop()].reverse());
        break;
      case OP.TUPLE:
        tuple(popMark());
        break;
      case OP.EMPTY_DICT:
        pushContainer(new Map());
        break;
      case OP.DICT: {
        const pairs = popMark();
        pushContainer(new Map());
        setItems(pairs);
        break;
      }
      case OP.SETITEM: {
        const value = pop();
        setItems([pop(), value]);
        break;
      }
      case OP.SETITEMS:
        setItems(popMark());
        break;
      case OP.BINPUT:
        remember(input.byte());
        break;
      case OP.LONG_BINPUT:
        remember(input.uint32());
        break;
      case OP.MEMOIZE:
        remember(memo.length);
        break;
      case OP.BINGET:
        recall(input.byte());
        break;
      case OP.LONG_BINGET:
        recall(input.uint32());
        break;
      case OP.GLOBAL:
        global(`${input.line()}.${input.line()}`);
        break;
      case OP.STACK_GLOBAL: {
        const name = pop();
        global(`${shownName(pop())}.${shownName(name)}`);
        break;
      }
      case OP.BINPERSID:
        pushContainer(storageOf(pop(), file));
        break;
      case OP.REDUCE: {
        const args = ofKind(pop(), 'tuple');
        const callable = ofKind(pop(), 'global');
        if (args === null || callable === null)
          throw input.damaged('a known name and its arguments');
        pushContainer(callGlobal(callable.name, args.items, file));
        break;
      }
      case OP.BUILD: {
        // An OrderedDict of weights carries `_metadata` about module versions: not needed.
        pop();
        if (!(top() instanceof Map)) throw refused(file, 'setting the state of an object');
        break;
      }
      default:
        throw refused(file, `the instruction ${OPCODE_NAMES.get(code) ?? `number ${code}`}`);
    }
  }
}

function shownName(part: PickleValue): string {
  return typeof part === 'string' ? part : '?';
}
