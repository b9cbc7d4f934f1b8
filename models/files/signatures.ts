// Signatures of binary files: the first bytes of each kind, and its name for people.
import { other } from './kind.ts';
import type { Kind } from './kind.ts';

interface Signature {
  /** What the file starts with, a character a byte; or a look at its first bytes. */
  readonly test: string | ((latin: string) => boolean);
  readonly kind: Kind | ((latin: string) => Kind);
}

const CONVERT = 'convert it to PNG or JPEG';
const UNPACK = 'unpack it first';

const ENTRY = 'PK\x03\x04';
const BACKUP_FIX =
  'in CVAT choose "Export dataset" with "CVAT for images 1.1" or "COCO 1.0" instead of a backup';

/** Names of the entries that begin in this part of a zip: they stand in its local headers. */
function entryNames(latin: string): string[] {
  const names: string[] = [];
  for (let at = latin.indexOf(ENTRY); at >= 0; at = latin.indexOf(ENTRY, at + 4)) {
    const length = latin.charCodeAt(at + 26) | (latin.charCodeAt(at + 27) << 8);
    names.push(latin.slice(at + 30, at + 30 + length));
  }
  return names;
}

function zipKind(latin: string): Kind {
  const zip = (what: string, fix: string): Kind => ({ id: 'zip', what, fix });
  const names = entryNames(latin);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(^|\/)data\.pkl$/))
    return zip('a PyTorch file (a zip with data.pkl)', 'choose it as the weights of a model');
  if (has(/^project\.json$|^task_\d+\/task\.json$/))
    return zip('a CVAT project backup (a zip)', BACKUP_FIX);
  if (has(/^task\.json$/)) return zip('a CVAT task backup (a zip)', BACKUP_FIX);
  if (has(/^(word|xl|ppt)\/|^\[Content_Types\]\.xml$/))
    return zip('an Office document (a zip)', 'save it in another format');
  return zip(
    'a zip archive',
    'unpack it and choose the file or folder in it that holds the labels',
  );
}

const ISO_BRANDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/,
    'an HEIC photograph (as phones take them)',
    CONVERT,
  ],
  [/^(avif|avis)/, 'an AVIF image', CONVERT],
  [/^crx /, 'a camera raw file (CR3)', 'export it as JPEG, PNG or TIFF'],
  [/^(isom|iso\d|mp4\d|avc1|M4V|3gp|dash)/, 'a video', 'take single frames out of it as images'],
  [/^qt/, 'a video (QuickTime)', 'take single frames out of it as images'],
];

function isoKind(latin: string): Kind {
  const brand = latin.slice(8, 12);
  const row = ISO_BRANDS.find(([pattern]) => pattern.test(brand));
  return row
    ? other(row[1], row[2])
    : other(`a media file of the kind ${JSON.stringify(brand)}`, CONVERT);
}

export const SIGNATURES: readonly Signature[] = [
  { test: ENTRY, kind: zipKind },
  { test: (latin) => latin.slice(4, 8) === 'ftyp', kind: isoKind },
  { test: '\xff\xd8\xff', kind: other('a JPEG image', 'choose a file or folder of labels') },
  {
    test: '\x89PNG\r\n\x1a\n',
    kind: other('a PNG image', 'for masks choose the folder that they lie in'),
  },
  {
    test: (latin) => /^(II[*+]\0|MM\0[*+])/.test(latin),
    kind: other('a TIFF image', 'choose a file or folder of labels'),
  },
  { test: '\xff\x0a', kind: other('a JPEG XL image', CONVERT) },
  { test: '\0\0\0\x0cJXL ', kind: other('a JPEG XL image', CONVERT) },
  { test: '\0\0\0\x0cjP  ', kind: other('a JPEG 2000 image', CONVERT) },
  { test: '\xff\x4f\xff\x51', kind: other('a JPEG 2000 image', CONVERT) },
  { test: '8BPS', kind: other('a Photoshop file', 'export it as PNG, JPEG or TIFF') },
  { test: '%PDF', kind: other('a PDF document', 'export its pages as images') },
  { test: (latin) => /^P[1-7]\s/.test(latin), kind: other('a PBM, PGM or PPM image', CONVERT) },
  { test: 'FUJIFILM', kind: other('a camera raw file (RAF)', 'export it as JPEG, PNG or TIFF') },
  { test: 'v/1\x01', kind: other('an OpenEXR image', 'convert it to 16-bit TIFF or PNG') },
  { test: '#?RADIANCE', kind: other('a Radiance HDR image', 'convert it to 16-bit TIFF or PNG') },
  {
    test: (latin) => latin.slice(128, 132) === 'DICM',
    kind: other('a DICOM file', 'export its pictures as PNG or TIFF'),
  },
  {
    test: (latin) => /^(n\+1|ni1)\0/.test(latin.slice(344, 348)),
    kind: other('a NIfTI volume', 'export its slices as PNG or TIFF'),
  },
  { test: '\x93NUMPY', kind: other('a NumPy array', 'save it as PNG or TIFF') },
  { test: '\x89HDF\r\n', kind: other('an HDF5 file', 'export its pictures or labels from it') },
  { test: '\x1f\x8b', kind: other('a gzip archive', UNPACK) },
  { test: '7z\xbc\xaf', kind: other('a 7-Zip archive', UNPACK) },
  { test: 'Rar!', kind: other('a RAR archive', UNPACK) },
  { test: '\xfd7zXZ', kind: other('an xz archive', UNPACK) },
  { test: '\x28\xb5\x2f\xfd', kind: other('a zstd archive', UNPACK) },
  { test: 'BZh', kind: other('a bzip2 archive', UNPACK) },
  { test: (latin) => latin.slice(257, 262) === 'ustar', kind: other('a tar archive', UNPACK) },
  { test: 'PAR1', kind: other('a Parquet table', 'export its images and labels as files') },
  {
    // Length in 8 bytes, its checksum, then an Example whose keys are plain text.
    test: (latin) =>
      latin.slice(5, 8) === '\0\0\0' && /image\/(encoded|height|filename)/.test(latin),
    kind: other('a TFRecord file of TensorFlow', 'export its images and labels as files'),
  },
  {
    test: 'SQLite format 3\0',
    kind: other('an SQLite database', 'a .salience project is opened, not imported'),
  },
  {
    test: 'GGUF',
    kind: other('a GGUF model', 'use the safetensors or PyTorch files of the model'),
  },
  {
    test: (latin) => /^.{5}\0\0\0\{"/s.test(latin),
    kind: other('a safetensors model file', 'add it as a model'),
  },
  {
    test: (latin) => latin[0] === '\x80' && latin.charCodeAt(1) >= 2 && latin.charCodeAt(1) <= 5,
    kind: other('a Python pickle', 'save what is in it as JSON or PNG'),
  },
  {
    test: '\0\x05\x16\x07',
    kind: other('a macOS helper file (AppleDouble)', 'take the file without "._" before its name'),
  },
  { test: '\x7fELF', kind: other('a program', 'choose another file') },
  { test: 'MZ', kind: other('a Windows program', 'choose another file') },
];
