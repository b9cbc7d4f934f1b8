// Reads a checkpoint's pickle program without Python: a stack machine that builds plain data and tensor views,
// and refuses by name everything else that a pickle could ask for.
import { shown } from '../errors.ts';
import { OPCODE_NAMES, OPCODES } from './opcodes.ts';
import { PickleBytes } from './pickleBytes.ts';
import { callGlobal, refused, storageOf } from './pickleCalls.ts';
import { MAX_INSTRUCTIONS, PickleMachine } from './pickleMachine.ts';
import { isKnownGlobal, ofKind, type PickleValue } from './pickleValues.ts';

/** Longest program read. Bytes; memory stays within a small multiple of it. */
export const MAX_PICKLE_BYTES = 16 * 1024 * 1024;
const MAX_LONG_BYTES = 16;

/** A running program. */
interface Run {
  readonly file: string;
  readonly input: PickleBytes;
  readonly machine: PickleMachine;
}

type Instruction = (run: Run) => void;

/** The value that the program leaves; throws ModelError _DAMAGED or _REFUSED. */
export function runPickle(program: Uint8Array, file: string): PickleValue {
  const input = new PickleBytes(program, file);
  const machine = new PickleMachine(input);
  const run: Run = { file, input, machine };
  for (let count = 0; count < MAX_INSTRUCTIONS; count += 1) {
    const code = input.byte();
    if (code === OPCODES.STOP) return machine.result();
    const instruction = BY_CODE[code];
    if (!instruction)
      throw refused(file, `the instruction ${OPCODE_NAMES.get(code) ?? `number ${code}`}`);
    instruction(run);
  }
  throw input.damaged(`at most ${MAX_INSTRUCTIONS} instructions`);
}

const INSTRUCTIONS: Readonly<Record<Exclude<keyof typeof OPCODES, 'STOP'>, Instruction>> = {
  PROTO: checkProtocol,
  FRAME: ({ input }) => input.skipFrameLength(),
  MARK: ({ machine }) => machine.mark(),
  POP: ({ machine }) => void machine.pop(),
  POP_MARK: ({ machine }) => void machine.popMark(),
  NONE: literal(() => null),
  NEWTRUE: literal(() => true),
  NEWFALSE: literal(() => false),
  BININT: literal((input) => input.int32()),
  BININT1: literal((input) => input.byte()),
  BININT2: literal((input) => input.uint16()),
  LONG1: literal((input) => input.long(input.byte(), MAX_LONG_BYTES)),
  LONG4: literal((input) => input.long(input.uint32(), MAX_LONG_BYTES)),
  BINFLOAT: literal((input) => input.float64BigEndian()),
  SHORT_BINUNICODE: literal((input) => input.text(input.byte())),
  BINUNICODE: literal((input) => input.text(input.uint32())),
  BINUNICODE8: literal((input) => input.text(input.uint64())),
  // Python 2 wrote its text as byte strings.
  SHORT_BINSTRING: literal((input) => input.text(input.byte())),
  BINSTRING: literal((input) => input.text(input.uint32())),
  SHORT_BINBYTES: literal((input) => input.bytes(input.byte())),
  BINBYTES: literal((input) => input.bytes(input.uint32())),
  BINBYTES8: literal((input) => input.bytes(input.uint64())),
  EMPTY_LIST: container(() => []),
  LIST: container((machine) => machine.popMark()),
  APPEND: ({ machine }) => machine.append([machine.pop()]),
  APPENDS: ({ machine }) => machine.append(machine.popMark()),
  EMPTY_TUPLE: tuple(() => []),
  TUPLE1: tuple((machine) => [machine.pop()]),
  TUPLE2: tuple((machine) => [machine.pop(), machine.pop()].reverse()),
  TUPLE3: tuple((machine) => [machine.pop(), machine.pop(), machine.pop()].reverse()),
  TUPLE: tuple((machine) => machine.popMark()),
  EMPTY_DICT: container(() => new Map()),
  DICT: ({ machine }) => {
    const pairs = machine.popMark();
    machine.pushContainer(new Map());
    machine.setItems(pairs);
  },
  SETITEM: ({ machine }) => machine.setItems([machine.pop(), machine.pop()].reverse()),
  SETITEMS: ({ machine }) => machine.setItems(machine.popMark()),
  BINPUT: ({ machine, input }) => machine.remember(input.byte()),
  LONG_BINPUT: ({ machine, input }) => machine.remember(input.uint32()),
  MEMOIZE: ({ machine }) => machine.remember(),
  BINGET: ({ machine, input }) => machine.recall(input.byte()),
  LONG_BINGET: ({ machine, input }) => machine.recall(input.uint32()),
  GLOBAL: (run) => pushGlobal(run, run.input.line(), run.input.line()),
  STACK_GLOBAL: (run) => {
    const name = run.machine.pop();
    pushGlobal(run, shownName(run.machine.pop()), shownName(name));
  },
  BINPERSID: ({ machine, file }) => machine.pushContainer(storageOf(machine.pop(), file)),
  REDUCE: reduce,
  BUILD: ({ machine, file }) => {
    // An OrderedDict of weights carries `_metadata` about module versions: not needed.
    machine.pop();
    if (!machine.topIsDict()) throw refused(file, 'setting the state of an object');
  },
};

const BY_CODE: readonly (Instruction | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  const name = OPCODE_NAMES.get(code) as keyof typeof INSTRUCTIONS;
  return INSTRUCTIONS[name];
});

function literal(read: (input: PickleBytes) => PickleValue): Instruction {
  return ({ input, machine }) => machine.push(read(input));
}

function container(make: (machine: PickleMachine) => PickleValue): Instruction {
  return ({ machine }) => machine.pushContainer(make(machine));
}

function tuple(take: (machine: PickleMachine) => readonly PickleValue[]): Instruction {
  return container((machine) => ({ kind: 'tuple', items: take(machine) }));
}

function checkProtocol({ input }: Run): void {
  const protocol = input.byte();
  if (protocol < 2 || protocol > 5) throw input.damaged('pickle protocol 2 to 5');
}

function pushGlobal({ machine, file }: Run, module: string, member: string): void {
  const name = `${module}.${member}`;
  if (!isKnownGlobal(name)) throw refused(file, `the name ${shown(name)}`);
  machine.push({ kind: 'global', name });
}

function reduce({ machine, input, file }: Run): void {
  const args = ofKind(machine.pop(), 'tuple');
  const callable = ofKind(machine.pop(), 'global');
  if (args === null || callable === null) throw input.damaged('a known name and its arguments');
  machine.pushContainer(callGlobal(callable.name, args.items, file));
}

function shownName(part: PickleValue): string {
  return typeof part === 'string' ? part : '?';
}
