// Files that people give in place of what was asked for, told by their first bytes.
import { ZipFile } from 'yazl';
import { describe, expect, it } from 'vitest';
import { describeFile, whatItIs } from '../../../../models/files/whatItIs.ts';

const text = (value: string) => new TextEncoder().encode(value);
const latin = (value: string) => new Uint8Array(Buffer.from(value, 'latin1'));

async function zip(...names: readonly string[]): Promise<Uint8Array> {
  const file = new ZipFile();
  for (const name of names) file.addBuffer(Buffer.from('{}'), name);
  file.end();
  const parts: Uint8Array[] = [];
  for await (const part of file.outputStream) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

describe('what a file is', () => {
  it.each([
    ['nothing', '', /empty file/],
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', /Git LFS pointer/],
    ['a page', '\ufeff <!-- x --> <!DOCTYPE HTML><p>', /web page/],
    [
      'an answer of a server',
      '<?xml version="1.0"?><Error>\n<Code>AccessDenied</Code>',
      /server's/,
    ],
    ['COCO', '{"info": {}, "images": [{"id": 1}]', /^a COCO file/],
    ['COCO results', '[{"image_id": 4, "bbox": [1]}]', /list of COCO results/],
    ['labelme', '{"version": "5", "shapes": [', /labelme file of one image/],
    ['X-AnyLabeling', '{"shapes": [{"kie_linking": [], "label": "a"}]', /X-AnyLabeling/],
    ['VIA', '{"a.png1": {"filename": "a.png", "regions": [], "file_attributes": {}}', /\(VIA\)/],
    [
      'Label Studio',
      '[{"id": 1, "data": {"image": "a"}, "annotations": []}]',
      /Label Studio export/,
    ],
    ['Supervisely', '{"size": {}, "objects": [{"classTitle": "a"}]}', /Supervisely file of one/],
    ['NDJSON', '{"a": [1]}\r\n{"a": [2]}', /NDJSON/],
    ['GeoJSON', '{"type": "FeatureCollection", "features": []}', /GeoJSON/],
    ['CVAT', '<?xml version="1.0"?>\n<annotations><version>1.1</version><image', /CVAT for images/],
    ['a table', 'name;x;y\na;1;2\n', /table \(CSV\)/],
  ])('in text: %s', (_, content, what) => {
    expect(describeFile(text(content)).what).toMatch(what);
  });

  it.each([
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1', /HEIC/],
    ['a video', '\0\0\0\x18ftypisom\0\0', /video/],
    ['Parquet', 'PAR1\x15\x04', /Parquet/],
    ['TFRecord', '\x55\x01\0\0\0\0\0\0\x12\x34\x56\x78\n\x0d\n\x0bimage/height', /TFRecord/],
    ['gzip', '\x1f\x8b\x08', /gzip/],
    ['safetensors', '\x40\0\0\0\0\0\0\0{"__metadata__"', /safetensors/],
    ['a pickle', '\x80\x02}q', /pickle/],
    ['zeros', '\0'.repeat(100), /zeros/],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n', /JPEG 2000/],
    ['PPM', 'P6\n4 4\n255\n', /PPM/],
  ])('in bytes: %s', (_, content, what) => {
    expect(describeFile(latin(content)).what).toMatch(what);
  });

  it('in a zip: by the names of its entries', async () => {
    expect(whatItIs(await zip('project.json', 'task_0/task.json'))?.what).toMatch(/project backup/);
    expect(whatItIs(await zip('task.json', 'data/x.png'))?.what).toMatch(/task backup/);
    expect(whatItIs(await zip('archive/data.pkl'))?.what).toMatch(/PyTorch/);
    expect(whatItIs(await zip('annotations.xml'))?.fix).toMatch(/^unpack it/);
  });

  it('is known in a moment, whatever stands in the file', () => {
    const hostile = ['\n', ' ', '{}\n', '<', '"a":', '0 ', 'a,b,', '<!--', '[', '\u0000a'];
    for (const piece of hostile) {
      const content = text('{"a": 1}' + piece.repeat(300_000 / piece.length));
      const bare = text(piece.repeat(300_000 / piece.length));
      const start = performance.now();
      describeFile(content);
      describeFile(bare);
      expect([piece, performance.now() - start < 1000]).toEqual([piece, true]);
    }
  });
});
