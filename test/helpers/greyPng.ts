// Reads a 16-bit grey PNG with exact values.
import sharp from 'sharp';

export async function decodePng(
  path: string,
): Promise<{ width: number; height: number; values: Uint16Array }> {
  const { data, info } = await sharp(path)
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    values: new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)),
  };
}
