// `salience export`, `import` and `formats`: data sets in and out of a project file.
import { warningEnglish } from '../../api/said/exportWords.ts';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { ImportReport } from '../../api/methods/exchange.ts';
import { EXPORT_FORMATS, IMPORT_FORMATS } from '../../engine/dataset/formats/registry.ts';
import type { Store } from '../../engine/project/database/store.ts';
import { countImages, countProposals } from '../../engine/project/images/images.ts';
import { callEngine } from '../startEngine.ts';
import { counted } from '../../link/words/counted.ts';
import { EXIT } from './terminal/exit.ts';
import { checkFilter, imagesThatFit } from './arguments/filterArgument.ts';
import { UsageError } from './arguments/usageError.ts';
import { exportProject, resultPath } from './exportProject.ts';
import { inProject } from './inProject.ts';
import { say, sayJson } from './terminal/lines.ts';

export interface ExportWords {
  readonly out: string;
  readonly format: string;
  readonly onlyReviewed?: boolean;
  readonly filter?: string;
  readonly proposals?: boolean;
  readonly validation?: string;
  readonly overwrite?: boolean;
  readonly check?: boolean;
  readonly skipUnwritable?: boolean;
  readonly json?: boolean;
}

export function exportCommand(project: string, options: ExportWords): Promise<number> {
  if (!EXPORT_FORMATS.some(({ id }) => id === options.format))
    throw new UsageError(`There is no format ${options.format}. "salience formats" lists them.`);
  const validation = options.validation === undefined ? undefined : Number(options.validation);
  if (validation !== undefined && !(validation >= 0 && validation <= 1))
    throw new UsageError(`--validation is a share from 0 to 1, found ${options.validation}.`);
  if (options.filter !== undefined) checkFilter(options.filter);
  return exportTo(project, options, validation);
}

async function exportTo(
  project: string,
  options: ExportWords,
  validation: number | undefined,
): Promise<number> {
  const out = await resultPath(options.out, options.format);
  return inProject(
    { file: project, folder: null, onlyReads: true, json: options.json === true },
    async (engine, { signal }, printer) => {
      const report = await exportProject(engine, {
        format: options.format,
        out,
        overwrite: options.overwrite === true,
        check: options.check !== false,
        skipUnwritable: options.skipUnwritable === true,
        only: options.onlyReviewed ? 'reviewed' : 'all',
        includeProposals: options.proposals === true,
        ...(options.filter === undefined
          ? {}
          : { imageIds: imagesThatFit(engine.context.open.get().store, options.filter) }),
        ...(validation === undefined ? {} : { validation }),
        signal,
        printer,
      });
      printer.end();
      const withheld = withheldBy(engine.context.open.get().store, options);
      const warnings = report.warnings.map(warningEnglish);
      const said = report.check && { path: report.check.path, remarks: report.check.remarks };
      if (options.json) sayJson({ ...report, check: said, warnings, withheld }, 2);
      else {
        for (const note of [...warnings, ...withheldNotes(withheld)]) say(`Note: ${note}`);
        say(
          `${counted(report.images, 'image')}, ${counted(report.annotations, 'annotation')}, read back and equal: ${out}`,
        );
        if (said) say(`${counted(said.remarks, 'remark')}: ${said.path}`);
      }
      return report.leftOut > 0 ? EXIT.someFailed : EXIT.ok;
    },
  );
}

/** What the options of the call keep out of the files. */
export interface Withheld {
  readonly proposals: number;
  /** Images that nobody marked as reviewed. */
  readonly unreviewed: number;
}

function withheldBy(
  store: Store,
  { filter, onlyReviewed, proposals }: Pick<ExportWords, 'filter' | 'onlyReviewed' | 'proposals'>,
): Withheld {
  const fitting = filter === undefined ? {} : { words: filter };
  const wanted = onlyReviewed ? { ...fitting, status: ['reviewed' as const] } : fitting;
  return {
    proposals: proposals ? 0 : countProposals(store, wanted),
    unreviewed: countImages(store, fitting) - countImages(store, wanted),
  };
}

/** A sentence for each kind of thing that is kept out, with the way to have it. */
export function withheldNotes({ proposals, unreviewed }: Withheld): string[] {
  return [
    ...(proposals > 0
      ? [
          `${counted(proposals, 'proposal')} left out. Accept ${proposals === 1 ? 'it' : 'them'} in the window, or add --proposals.`,
        ]
      : []),
    ...(unreviewed > 0
      ? [`${counted(unreviewed, 'image')} left out that nobody marked as reviewed.`]
      : []),
  ];
}

export interface ImportWords {
  readonly images: string;
  readonly project: string;
  readonly format?: string;
  readonly as: 'accepted' | 'proposal';
  readonly skipBroken?: boolean;
  readonly turnLabels?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function importCommand(source: string, options: ImportWords): Promise<number> {
  const { format = null } = options;
  if (format !== null && !IMPORT_FORMATS.some(({ id }) => id === format))
    throw new UsageError(`There is no format ${format} to read. "salience formats" lists them.`);
  if (!(await stat(options.images).catch(() => null))?.isDirectory())
    throw new UsageError(
      `There is no folder ${options.images}; --images names the one with the images.`,
    );
  return inProject(
    {
      file: options.project,
      folder: resolve(options.images),
      json: options.json === true,
    },
    async (engine, { signal }, printer) => {
      const report = await callEngine(
        engine,
        'import.start',
        {
          format,
          source: engine.handleOf(resolve(source)),
          as: options.as,
          dryRun: options.dryRun === true,
          skipBroken: options.skipBroken === true,
          asStored: options.turnLabels === true,
        },
        { signal, onProgress: (progress) => printer.update(progress) },
      ).catch((error: unknown) => {
        throw withWayOut(error, options);
      });
      printer.end();
      if (options.json) sayJson(report, 2);
      else showImport(report, options);
      return report.leftOut > 0 ? EXIT.someFailed : EXIT.ok;
    },
  );
}

/** The refusal with the option of this command that helps. */
function withWayOut(error: unknown, { skipBroken }: ImportWords): unknown {
  const isAboutItems =
    error instanceof AppError && /items? cannot be read; nothing was/.test(error.message);
  if (!isAboutItems || skipBroken) return error;
  return new AppError(
    error.code,
    `${error.message}\nAdd --skip-broken to import what is sound and list the rest.`,
    { cause: error },
  );
}

function showImport(report: ImportReport, options: ImportWords): void {
  const lost = report.problems.filter(({ effect }) => effect === 'skipped');
  const changed = report.problems.filter(({ effect }) => effect === 'repaired');
  for (const note of report.notes) say(`Note: ${note}`);
  for (const { path, message } of changed) say(`  changed   ${path} ${message}`);
  for (const { path, message } of lost) say(`  left out  ${path} ${message}`);
  if (report.leftOut > lost.length) say(`  and ${report.leftOut - lost.length} more left out`);
  if (report.turnedLeftOut > 0)
    say(
      `Add --turn-labels to turn the labels of ${counted(report.turnedLeftOut, 'image')} along with the picture.`,
    );
  const done = counted(report.annotations, 'annotation');
  const where = counted(report.images, 'image');
  const classes = counted(report.categories, 'class', 'classes');
  const kinds =
    changed.length > 0 ? `, ${counted(changed.length, 'kind of change', 'kinds of change')}` : '';
  say(
    `${options.dryRun ? 'Would import' : 'Imported'} ${done} on ${where}, ${classes}, from ${report.format.title}; ${report.leftOut} left out${kinds}.`,
  );
}

export async function formatsCommand(): Promise<number> {
  const width = Math.max(...[...EXPORT_FORMATS, ...IMPORT_FORMATS].map(({ id }) => id.length));
  const line = ({ id, title, note }: { id: string; title: string; note: string }) =>
    `  ${id.padEnd(width)}  ${title}. ${note}`;
  say('Written:');
  for (const format of EXPORT_FORMATS) say(line(format));
  say('Read, from one file:');
  for (const format of IMPORT_FORMATS.filter(({ kind }) => kind === 'file')) say(line(format));
  say('Read, from a folder:');
  for (const format of IMPORT_FORMATS.filter(({ kind }) => kind === 'folder')) say(line(format));
  return EXIT.ok;
}
