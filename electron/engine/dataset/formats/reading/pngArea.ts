// The mask in a PNG that stands inside a label file: grey, palette, colours, with or without opacity.
import type { RleMask } from '../../../../api/types.ts';
import { maskFromBitmap } from '../../../../masks/runs/bitmap.ts';
import { decodePng } from '../../png/decode.ts';
import type { DecodedPng } from '../../png/decode.ts';

const DATA_ADDRESS = /^data:image\/png;base64,/i;

/** The bytes of base64 text, with or without the beginning of a `data:` address. */
export function bytesOfBase64(text: string): Buffer {
  return Buffer.from(text.replace(DATA_ADDRESS, ''), 'base64');
}

/** Pixels that are opaque, or that are not black where all are; throws a RangeError naming the fault. */
export async function maskOfPng(bytes: Uint8Array): Promise<RleMask> {
  const png = await decodePng(bytes);
  const pixels = opaquePixels(png) ?? litPixels(png);
  return maskFromBitmap(pixels, png.width, png.height);
}

/** Null when no pixel is transparent: then opacity says nothing. */
function opaquePixels({ width, height, channels, data, opacity }: DecodedPng): Uint8Array | null {
  const ofPixel = channels === 2 || channels === 4;
  if (!ofPixel && !opacity) return null;
  const pixels = new Uint8Array(width * height);
  let transparent = 0;
  for (let i = 0, at = channels - 1; i < pixels.length; i++, at += channels) {
    const value = ofPixel ? data[at]! : (opacity![data[at]!] ?? 255);
    if (value > 0) pixels[i] = 1;
    else transparent++;
  }
  return transparent > 0 ? pixels : null;
}

function litPixels({ width, height, channels, data }: DecodedPng): Uint8Array {
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  const pixels = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < pixels.length; i++, at += channels)
    for (let c = 0; c < colours; c++) if (data[at + c]! > 0) pixels[i] = 1;
  return pixels;
}
