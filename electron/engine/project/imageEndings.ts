// Endings of files that are listed as images, and of pictures that are passed over: a person who sees
// fewer images than the folder has wants to know which.
import { extname } from 'node:path';

/** JPEG has many names: Windows and browsers write .jfif, .pjpeg and .jfi. */
const IMAGE_EXTENSIONS: ReadonlySet<string> = new Set([
  '.jpg',
  '.jpeg',
  '.jpe',
  '.jfif',
  '.jfi',
  '.jif',
  '.pjpeg',
  '.pjp',
  '.png',
  '.webp',
  '.gif',
  '.bmp',
  '.dib',
  '.tif',
  '.tiff',
  '.avif',
]);

const OTHER_PICTURES: ReadonlySet<string> = new Set(
  (
    '.heic .heif .hif .jxl .jp2 .j2k .jpx .jpf .ppm .pgm .pbm .pnm .tga .pcx .psd .psb .exr .hdr .svg ' +
    '.dng .cr2 .cr3 .nef .nrw .arw .srf .orf .rw2 .raf .pef .srw .x3f .raw .dcm .nii .czi .lif .nd2 .svs .ndpi'
  ).split(' '),
);

export const isImageName = (name: string): boolean =>
  IMAGE_EXTENSIONS.has(extname(name).toLowerCase());

/** How many files of each ending are pictures that are not read. */
export class PassedOver {
  readonly #counts = new Map<string, number>();

  /** Counts the file when it is such a picture. */
  see(name: string): void {
    const ending = extname(name).toLowerCase();
    if (OTHER_PICTURES.has(ending)) this.#counts.set(ending, (this.#counts.get(ending) ?? 0) + 1);
  }

  /** One sentence, or null when nothing was passed over. */
  told(): string | null {
    const all = [...this.#counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (all.length === 0) return null;
    const files = all.reduce((sum, [, count]) => sum + count, 0);
    const endings = all.map(([ending, count]) => (all.length > 1 ? `${count} ${ending}` : ending));
    const [were, them] = files === 1 ? ['file was', 'it'] : ['files were', 'them'];
    return `${files} ${were} not looked at: ${endings.join(', ')}. Convert ${them} to JPEG or PNG to label ${them}.`;
  }
}
