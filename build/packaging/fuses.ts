// Whether a packed program has the fuses that it should have: read back from the file, since what was asked
// for and what a program ships with are two things.
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import type { Configuration } from 'electron-builder';

/** How electron-builder's words and the wire's places belong together. */
const PLACES = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
} as const;

/** On and off as the wire says them: the characters 1 and 0. */
const ON = 0x31;
const OFF = 0x30;

/** Fuses of `program` that are not as `wanted`, as sentences; a program without fuses fails. */
export async function fuseFaults(
  program: string,
  wanted: NonNullable<Configuration['electronFuses']>,
): Promise<string[]> {
  const wire = await getCurrentFuseWire(program);
  if (wire.version !== FuseVersion.V1) return [`${program}: unknown version of fuses`];
  const states = wire as unknown as Readonly<Record<number, number>>;
  return Object.entries(PLACES).flatMap(([name, place]) => {
    const expected = wanted[name as keyof typeof PLACES] ? ON : OFF;
    return states[place] === expected
      ? []
      : [`${program}: the fuse ${name} is not ${expected === ON ? 'on' : 'off'}`];
  });
}
