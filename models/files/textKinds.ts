// Kinds of text files, told from their first lines, with a name for people. The first pattern that matches
// wins, so narrower ones come first.
import { other } from './kind.ts';
import type { Kind, KindId } from './kind.ts';

interface TextKind {
  readonly test: (text: string) => boolean;
  readonly kind: Kind;
}

const isList = (text: string) => /^\s*\[/.test(text);
const isObject = (text: string) => /^\s*\{/.test(text);
const isXml = (text: string) => /^\s*</.test(text);
const has = (text: string, ...keys: readonly string[]) =>
  keys.every((key) => new RegExp(`"${key}"\\s*:`).test(text));

const known = (id: KindId, what: string, fix = 'choose it under "Import labels"'): Kind => ({
  id,
  what,
  fix,
});

const SIGN_IN = 'open the address in a browser and download it again';

export const TEXT_KINDS: readonly TextKind[] = [
  {
    test: (text) => text.startsWith('version https://git-lfs.github.com/'),
    kind: {
      id: 'lfs-pointer',
      what: 'a Git LFS pointer: the file itself was not fetched',
      fix: 'run "git lfs pull" in its folder',
    },
  },
  {
    test: (text) => /^(\.\.\/)*(\.git|\/)?\/?annex\/objects\//.test(text),
    kind: other(
      'a git-annex pointer: the file itself was not fetched',
      'run "git annex get" on it',
    ),
  },
  {
    test: (text) => /^\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body)\b/is.test(text),
    kind: other('a web page: the download failed or asked for a sign-in', SIGN_IN),
  },
  {
    test: (text) => isXml(text) && /<Error>\s*<Code>/.test(text),
    kind: other("a download server's error message", SIGN_IN),
  },
  {
    test: (text) => isXml(text) && /<svg\b/.test(text),
    kind: other('an SVG drawing', 'convert it to PNG'),
  },
  {
    test: (text) => isXml(text) && /<annotations>/.test(text) && /<track\b/.test(text),
    kind: other(
      'CVAT for video XML',
      'in CVAT export the task as "CVAT for images 1.1" or "COCO 1.0"',
    ),
  },
  {
    test: (text) => isXml(text) && /<annotations>/.test(text),
    kind: known('cvat-images', 'CVAT for images XML'),
  },
  {
    test: (text) => isXml(text) && /<annotation\b/.test(text) && /<bndbox\b/.test(text),
    kind: other(
      'a Pascal VOC XML file, which holds boxes only',
      'masks of Pascal VOC are the PNG files in SegmentationClass; choose the folder that holds it',
    ),
  },
  {
    test: (text) => isXml(text) && /<annotation\b/.test(text),
    kind: other('an XML annotation file of one image', 'export COCO from the program that made it'),
  },
  { test: isXml, kind: other('an XML file', 'export COCO from the program that made it') },
  {
    test: (text) => /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(text),
    kind: other(
      'a file with one JSON object a line (NDJSON)',
      'export COCO from the program that made it',
    ),
  },
  {
    test: (text) =>
      /"_via_(img_metadata|settings|data_format_version)"/.test(text) ||
      (has(text, 'regions', 'filename') && /"(shape_attributes|file_attributes)"/.test(text)),
    kind: known('via', 'a VGG Image Annotator (VIA) file'),
  },
  {
    test: (text) => isList(text) && has(text, 'image_id') && !has(text, 'data'),
    kind: known(
      'coco-results',
      'a list of COCO results, which names no images and no classes',
      'import the COCO data set that it belongs to, or put the list into it as "annotations"',
    ),
  },
  {
    test: (text) =>
      isList(text) &&
      (has(text, 'data') || /"(brushlabels|polygonlabels|rectanglelabels)"/.test(text)) &&
      /"(annotations|predictions|completions|result|original_width|data)"\s*:/.test(text),
    kind: known('label-studio', 'a Label Studio export'),
  },
  {
    test: (text) =>
      isObject(text) && has(text, 'shapes') && /"(kie_linking|difficult|cache_label)"/.test(text),
    kind: known('x-anylabeling', 'the X-AnyLabeling file of one image'),
  },
  {
    test: (text) => isObject(text) && /"shapes"\s*:\s*\[/.test(text),
    kind: known('labelme', 'the labelme file of one image'),
  },
  {
    test: (text) => isObject(text) && has(text, 'objects', 'size') && !has(text, 'images'),
    kind: known('supervisely', 'the Supervisely file of one image'),
  },
  {
    test: (text) => isObject(text) && has(text, 'classes', 'title', 'shape'),
    kind: known('supervisely-meta', 'the meta.json of a Supervisely project'),
  },
  {
    test: (text) => isObject(text) && has(text, 'type') && /"FeatureCollection"/.test(text),
    kind: other(
      'a GeoJSON file',
      'its shapes lie on a map; export COCO from the program that made it',
    ),
  },
  {
    test: (text) => isObject(text) && /"dm_format_version"|"label"\s*:\s*\{\s*"labels"/.test(text),
    kind: other('a Datumaro file', 'convert it with "datum convert -f coco_instances"'),
  },
  {
    test: (text) => isObject(text) && has(text, 'weight_map'),
    kind: other('the index of a model in several files', 'add the folder as a model'),
  },
  {
    test: (text) => isObject(text) && /"(images|annotations|categories)"\s*:\s*\[/.test(text),
    kind: known('coco', 'a COCO file'),
  },
  {
    test: (text) => /^filename,file_size,file_attributes,/.test(text.replace(/["#]/g, '')),
    kind: other('a CSV export of VIA', 'in VIA choose "Export annotations (as json)"'),
  },
  {
    test: (text) =>
      /^\d+( -?\d+(\.\d+)?(e-?\d+)?){4,}\s*$/m.test(text.slice(0, 4096).split('\n')[0]!),
    kind: other(
      'the YOLO label file of one image',
      'choose the folder that holds data.yaml and the labels',
    ),
  },
  {
    test: (text) =>
      /^[^\n,;]+([,;][^\n,;]*){2,}\r?\n[^\n,;]*([,;][^\n,;]*){2,}/.test(text) &&
      !isList(text) &&
      !isObject(text),
    kind: other('a table (CSV)', 'export COCO from the program that made it'),
  },
];
