// Why a device runs, or does not.
import { isSaid, type Said } from './said.ts';

export const deviceWords = {
  set: (device: string) => `${device} is set by hand.`,
  setFailed: (device: string) => `${device} is set by hand. It failed its self-test.`,
  setNotHere: (device: string) => `${device} is set but not on this system, so the CPU runs.`,
  untested: () => 'No device has been tested yet.',
  noneFaster: () => 'CPU was chosen: nothing that passed is clearly faster.',
  nonePassed: () => 'CPU was chosen: no other device passed its self-test.',
  fastest: (device: string, passed: number) =>
    `${device} was chosen: fastest of ${passed} that passed.`,
  needsNvidia: () => 'Needs Linux on x64 and an NVIDIA card.',
  needsWindows: () => 'Needs Windows.',
  needsApple: () => 'Needs a Mac with Apple silicon.',
  notOnArm: () => 'This build has none for Linux on ARM.',
  differs: (percent: number) => `Its maps differ from the CPU's by ${percent} %.`,
  noNumbers: () => 'Its maps hold values that are no numbers.',
  crashed: (device: string) =>
    `${device} made the model process crash. Update the graphics driver.`,
  onlyCpu: (device: string) => `For the CPU: ${device} cannot use it.`,
  onlyCards: () => 'For graphics cards: the CPU is no faster with it.',
  noCard: (device: string) =>
    `${device} finds no graphics card that it can use. Check the graphics driver.`,
  outOfMemory: (device: string) =>
    `${device} ran out of memory. Close other programs or choose a smaller model.`,
  library: (kind: string, library: string) =>
    `CUDA needs the ${kind} library ${library}, which is not on this computer. "salience devices cuda" says all that it needs from NVIDIA.`,
  notInstalled: () =>
    'The CUDA libraries of the runtime are not installed. "salience devices cuda" says what it would fetch.',
  otherLibrary: () =>
    'A CUDA or cuDNN library is missing or of another version. "salience devices cuda" says which ones are needed.',
  noNvidia: () => 'CUDA finds no NVIDIA card, or its driver is too old.',
  lost: (device: string) => `${device} lost the connection to the graphics card.`,
  notInBuild: (device: string) => `${device} is not part of this build on this system.`,
  noHalf: (device: string) => `${device} on this graphics card cannot calculate in half precision.`,
  cannotRun: (device: string) => `${device} cannot run a step of this model.`,
  failed: (device: string) => `${device} could not run the model. The log has the details.`,
};

export type DeviceReason = Said<typeof deviceWords>;

/** Where values are not all words. */
const KINDS = { fastest: ['string', 'number'], differs: ['number'] } as const;

export const isDeviceReason = (why: unknown): why is DeviceReason =>
  isSaid(deviceWords, why, KINDS);
