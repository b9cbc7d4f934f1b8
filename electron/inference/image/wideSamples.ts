// Reads samples of more than 8 bits as they are stored, whatever file holds them: signed ones below 0,
// 16-bit PNG like 16-bit TIFF.
import type { Metadata } from 'sharp';
import { loadSharp } from '../sharp.ts';
import type { ImageFormat } from './format.ts';
import type { Samples } from './spread.ts';
import { asUnsigned, tiffFacts } from './tiffTags.ts';

/** Sample formats that hold more than colours. */
const WIDE = ['char', 'short', 'ushort', 'int', 'uint', 'float', 'double'];
const HIGHEST_16 = 65_535;

export interface WideSamples {
  readonly width: number;
  readonly height: number;
  readonly samples: Samples;
}

export const holdsWideSamples = ({ depth }: Metadata, format: ImageFormat): boolean =>
  WIDE.includes(depth) && (format === 'tiff' || format === 'png');

/** Whether a colour profile says how the samples look: true of photographs that use the whole scale. */
export function isManaged({ depth, hasProfile, format }: Metadata, { values }: Samples): boolean {
  if (depth !== 'ushort' || !hasProfile || format !== 'png') return false;
  return values.some((value) => value > HIGHEST_16 / 2);
}

/** Samples in the orientation in which the image is shown. */
export async function readWideSamples(
  bytes: Uint8Array,
  { depth, space, format, hasAlpha: storesAlpha }: Metadata,
  options: { readonly failOn: 'error' | 'warning'; readonly limitInputPixels: number },
): Promise<WideSamples> {
  const facts = format === 'tiff' ? tiffFacts(bytes) : null;
  const isSigned = depth === 'short' && facts !== null && facts.signedAt.length > 0;
  const sharp = await loadSharp();
  const image = sharp(isSigned ? asUnsigned(bytes, facts) : bytes, {
    ...options,
    autoOrient: true,
  });
  const sixteen = depth === 'ushort' || isSigned;
  const read = sixteen
    ? image.pipelineColourspace('rgb16').toColourspace('rgb16')
    : image.pipelineColourspace(space).toColourspace(space);
  // Further channels of a TIFF are rarely opacity: it is not said which they are.
  const hasAlpha = storesAlpha && format === 'png';
  const { data, info } = await (hasAlpha ? read : read.removeAlpha())
    .raw({ depth: sixteen ? 'ushort' : 'float' })
    .toBuffer({ resolveWithObject: true });
  // The bits of signed samples came through as they are: they only need their sign back.
  const Values = isSigned ? Int16Array : sixteen ? Uint16Array : Float32Array;
  const values = new Values(data.buffer, data.byteOffset, info.size / Values.BYTES_PER_ELEMENT);
  const { width, height, channels } = info;
  const noData = facts?.noData ?? null;
  return {
    width,
    height,
    samples: { values, channels, hasAlpha, opaque: HIGHEST_16, noData },
  };
}
