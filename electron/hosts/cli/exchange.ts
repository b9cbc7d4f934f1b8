// `salience export`, `import` and `formats`: data sets in and out of a project file.
import { resolve } from 'node:path';
import { EXPORT_FORMATS, IMPORT_FORMATS } from '../../engine/dataset/formats/registry.ts';
import type { Engine } from '../../engine/engine.ts';
import { openAt } from '../../engine/opening/opening.ts';
import { callEngine, startEngine } from '../startEngine.ts';
import type { Interrupt } from './exit.ts';
import { EXIT, onInterrupt } from './exit.ts';
import { UsageError } from './arguments/usageError.ts';
import { exportProject, resultPath } from './exportProject.ts';
import { goneWords, rememberPlace } from './projectPlace.ts';
import type { ProgressPrinter } from './progress.ts';
import { progressPrinter } from './progress.ts';
import { say, sayJson, tell } from './lines.ts';

export interface ExportWords {
  readonly out: string;
  readonly format: string;
  readonly onlyReviewed?: boolean;
  readonly proposals?: boolean;
  readonly validation?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function exportCommand(project: string, options: ExportWords): Promise<number> {
  if (!EXPORT_FORMATS.some(({ id }) => id === options.format))
    throw new UsageError(`There is no format ${options.format}. "salience formats" lists them.`);
  const validation = options.validation === undefined ? undefined : Number(options.validation);
  if (validation !== undefined && !(validation >= 0 && validation <= 1))
    throw new UsageError(`--validation is a share from 0 to 1, found ${options.validation}.`);
  return exportTo(project, options, validation);
}

async function exportTo(
  project: string,
  options: ExportWords,
  validation: number | undefined,
): Promise<number> {
  const out = await resultPath(options.out, options.format);
  return inProject(
    { file: project, folder: null, json: options.json === true },
    async (engine, { signal }, printer) => {
      const report = await exportProject(engine, {
        format: options.format,
        out,
        overwrite: options.overwrite === true,
        only: options.onlyReviewed ? 'reviewed' : 'all',
        includeProposals: options.proposals === true,
        ...(validation === undefined ? {} : { validation }),
        signal,
        printer,
      });
      printer.end();
      if (options.json) sayJson(report, 2);
      else {
        for (const warning of report.warnings) say(`Note: ${warning}`);
        say(
          `${report.images} images, ${report.annotations} annotations, read back and equal: ${out}`,
        );
      }
      return EXIT.ok;
    },
  );
}

export interface ImportWords {
  readonly images: string;
  readonly project: string;
  readonly format?: string;
  readonly as: 'accepted' | 'proposal';
  readonly skipBroken?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function importCommand(source: string, options: ImportWords): Promise<number> {
  const { format = null } = options;
  if (format !== null && !IMPORT_FORMATS.some(({ id }) => id === format))
    throw new UsageError(`There is no format ${format} to read. "salience formats" lists them.`);
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
        },
        { signal, onProgress: (progress) => printer.update(progress) },
      );
      printer.end();
      if (options.json) sayJson(report, 2);
      else {
        for (const { path, message } of report.problems) say(`  ${path} ${message}`);
        say(
          `${options.dryRun ? 'Would import' : 'Imported'} ${report.annotations} annotations on ${report.images} images, ${report.categories} classes, from ${report.format}; ${report.problems.length} problems.`,
        );
      }
      return report.problems.length > 0 ? EXIT.someFailed : EXIT.ok;
    },
  );
}

export async function formatsCommand(): Promise<number> {
  say('Written:');
  for (const { id, title, note } of EXPORT_FORMATS) say(`  ${id.padEnd(16)} ${title}. ${note}`);
  say('Read:');
  for (const { id, title } of IMPORT_FORMATS) say(`  ${id.padEnd(16)} ${title}`);
  return EXIT.ok;
}

/** Opens the project in an engine of its own, works, closes both whatever happens. */
async function inProject(
  { file, folder, json }: { file: string; folder: string | null; json: boolean },
  work: (engine: Engine, interrupt: Interrupt, printer: ProgressPrinter) => Promise<number>,
): Promise<number> {
  const printer = progressPrinter(process.stderr, { json });
  const interrupt = onInterrupt((line) => printer.line(line));
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  try {
    await openAt(engine.context, resolve(file), folder, {
      complete: true,
      signal: interrupt.signal,
    });
    const isStillThere = await rememberPlace(resolve(file));
    const code = await work(engine, interrupt, printer);
    if (await isStillThere()) return code;
    tell(goneWords(resolve(file)));
    return EXIT.couldNotStart;
  } finally {
    interrupt.release();
    await engine.close();
  }
}
