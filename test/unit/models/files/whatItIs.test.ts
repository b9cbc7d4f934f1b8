// Files that people give in place of what was asked for, told by their first bytes.
import { ZipFile } from 'yazl';
import { describe, expect, it } from 'vitest';
import { describeFile, whatItIs } from '../../../../models/files/whatItIs.ts';
import { cpuMsOf } from '../../../helpers/drivers/loopTurns.ts';

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
    const long = `${'a'.repeat(300)}/task.json`;
    expect(whatItIs(await zip(long, 'project.json'))?.what).toMatch(/project backup/);
    expect(whatItIs(await zip(long))?.what).toBe('a zip archive');
    expect(whatItIs(await zip('project.json', 'task_0/task.json'))?.what).toMatch(/project backup/);
    expect(whatItIs(await zip('task.json', 'data/x.png'))?.what).toMatch(/task backup/);
    expect(whatItIs(await zip('archive/data.pkl'))?.what).toMatch(/PyTorch/);
    expect(whatItIs(await zip('annotations.xml'))?.fix).toMatch(/^unpack it/);
  });

  it('is known in a moment, whatever stands in the file', async () => {
    const hostile = ['\n', ' ', '{}\n', '<', '"a":', '0 ', 'a,b,', '<!--', '[', '\u0000a'];
    for (const piece of hostile) {
      const content = text('{"a": 1}' + piece.repeat(300_000 / piece.length));
      const bare = text(piece.repeat(300_000 / piece.length));
      const ms = await cpuMsOf(() => {
        describeFile(content);
        describeFile(bare);
      });
      expect(ms, piece).toBeLessThan(1000);
    }
  });
});

describe('text that is nearly of a kind', () => {
  const what = (content: string) => whatItIs(text(content))?.what ?? null;

  it.each([
    ['<a><Error> <Code>', /server's error/],
    ['<a><Error><Key>', 'an XML file'],
    ['{"a": "<Error> <Code>"}', null],
    ['<svg width="1">', 'an SVG drawing'],
    ['{"a": "<svg "}', null],
    ['<annotations><track id="0">', 'CVAT for video XML'],
    ['<annotations><image id="0">', 'CVAT for images XML'],
    ['<other><track id="0">', 'an XML file'],
    ['{"a": "<annotations><track >"}', null],
    ['<annotation><object><bndbox>', /Pascal VOC XML/],
    ['<annotation><object>', /annotation file of one image/],
    ['<other><bndbox>', 'an XML file'],
    ['{"a": "<annotation ><bndbox >"}', null],
  ])('in XML: %s', (content, kind) => {
    if (kind instanceof RegExp) expect(what(content)).toMatch(kind);
    else expect(what(content)).toBe(kind);
  });

  it.each([
    ['{"_via_settings": {}}', /\(VIA\)/],
    ['{"regions": [], "filename": "a", "x": "shape_attributes"}', /\(VIA\)/],
    ['{"regions": [], "filename": "a"}', null],
    ['{"regions": [], "x": "shape_attributes"}', null],
    ['[{"image_id": 1}]', /COCO results/],
    ['{"image_id": 1}', null],
    ['[{"image_id": 1, "data": {}}]', /Label Studio/],
    ['[{"score": 1}]', null],
    ['[{"type": "brushlabels", "result": []}]', /Label Studio/],
    ['[{"type": "brushlabels"}]', null],
    ['[{"result": []}]', null],
    ['{"data": 1, "result": []}', null],
    ['{"shapes": 1, "x": "difficult"}', /X-AnyLabeling/],
    ['{"x": "difficult"}', null],
    ['[{"shapes": [], "x": "difficult"}]', null],
    ['{"shapes": []}', /^the labelme file/],
    ['{"objects": [], "size": {}}', /Supervisely file/],
    ['{"objects": [], "size": {}, "images": []}', 'a COCO file'],
    ['{"objects": []}', null],
    ['[{"objects": [], "size": {}}]', null],
    ['{"classes": [{"title": "a", "shape": "b"}]}', /meta\.json/],
    ['{"classes": [{"title": "a"}]}', null],
    ['[{"classes": [{"title": "a", "shape": "b"}]}]', null],
    ['{"type": "FeatureCollection"}', 'a GeoJSON file'],
    ['{"type": "Other"}', null],
    ['{"x": "FeatureCollection"}', null],
    ['[{"type": "FeatureCollection"}]', null],
    ['{"dm_format_version": "1"}', 'a Datumaro file'],
    ['{"label": {"labels": []}}', 'a Datumaro file'],
    ['[{"dm_format_version": "1"}]', null],
    ['{"weight_map": {}}', /index of a model/],
    ['[{"weight_map": {}}]', null],
    ['{"categories": []}', 'a COCO file'],
    ['[{"categories": []}]', null],
    ['{"version": 1}', null],
  ])('in JSON: %s', (content, kind) => {
    if (kind instanceof RegExp) expect(what(content)).toMatch(kind);
    else expect(what(content)).toBe(kind);
  });

  it.each([
    ['filename,file_size,file_attributes,region', /CSV export of VIA/],
    ['0 0.1 0.2 0.3 0.4\n', /YOLO/],
    ['0 0.1 0.2\n', null],
    ['a,b,c\n1,2,3\n', /CSV/],
    ['[a,b,c\n1,2,3\n', null],
    ['{a,b,c\n1,2,3\n', null],
  ])('in lines: %s', (content, kind) => {
    if (kind instanceof RegExp) expect(what(content)).toMatch(kind);
    else expect(what(content)).toBe(kind);
  });

  it('in UTF-16, as some editors save it', () => {
    const wide = Buffer.from('\ufeff{"categories": []}', 'utf16le');
    expect(whatItIs(wide)?.what).toBe('a COCO file');
    // Half of a byte order mark is none.
    expect(whatItIs(latin('\xffa{"categories": []}'))).toBeNull();
    expect(whatItIs(latin('a\xfe{"categories": []}'))).toBeNull();
  });
});

describe('bytes that are nearly of a kind', () => {
  it('with half of a mark of UTF-16 before it is read as what it is', () => {
    for (const mark of ['\xff ', '\x20\xfe'])
      expect(describeFile(latin(`${mark}{"_via_settings": 1}`)).what).toMatch(/\(VIA\)/);
  });

  it('zeros say something from 64 on', () => {
    expect(whatItIs(new Uint8Array(64))?.what).toMatch(/zeros only/);
    expect(whatItIs(new Uint8Array(63))).toBeNull();
    const late = new Uint8Array(64);
    late[63] = 1;
    expect(whatItIs(late)).toBeNull();
  });

  it.each([
    ['\x80\x02}q', 'a Python pickle'],
    ['\x80\x05}q', 'a Python pickle'],
    ['\x80\x01}q', null],
    ['\x80\x06}q', null],
    ['\x81\x02}q', null],
    [`${'\x01'.repeat(5)}\0\0\0image/encoded`, /TFRecord/],
    [`${'\x01'.repeat(5)}\0\0\0image/other`, null],
    [`${'\x01'.repeat(5)}\0\0\x01image/encoded`, null],
    [`${'a'.repeat(128)}DICM`, 'a DICOM file'],
    [`${'a'.repeat(127)}DICM`, null],
    [`${'a'.repeat(344)}n+1\0`, 'a NIfTI volume'],
    [`${'a'.repeat(257)}ustar`, 'a tar archive'],
    ['\0\0\0\x18ftypzzzz', 'a media file of the kind "zzzz"'],
  ])('%j', (content, kind) => {
    const found = whatItIs(latin(content))?.what ?? null;
    if (kind instanceof RegExp) expect(found).toMatch(kind);
    else expect(found).toBe(kind);
  });

  it('of no known kind are shown where all can be read, from the blank to the tilde', () => {
    expect(describeFile(text(' a~')).what).toBe('text that begins with " a~"');
    for (const byte of ['\x1f', '\x7f'])
      expect(describeFile(latin(`a${byte}`)).what).toBe('a kind of file that is not known here');
    expect(describeFile(text(`${'a'.repeat(24)}\x7f`)).what).toContain('a'.repeat(24));
  });
});
