// The pages of the help in their order, and what stands in a section beside its words: keys of commands,
// a place of the program to go to, another page to read on.
import type { CommandId } from '../../keys/commands.ts';
import type { ScreenId } from '../../state/session/screenId.ts';
import { text } from '../../text/text.ts';

const topics = text.help.topics;
export type Topic = keyof typeof topics;

export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly body: readonly string[];
}

export interface Page {
  readonly topic: Topic;
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly Section[];
}

/** What goes with a section. */
export interface Aside {
  readonly commands?: readonly CommandId[];
  /** Screen and control that *Show me* goes to; the control is a CSS selector. */
  readonly show?: { readonly screen: ScreenId; readonly control: string };
  readonly read?: Topic;
}

type SectionOf<T extends Topic> = Extract<keyof (typeof topics)[T]['sections'], string>;
export type SectionId = { [T in Topic]: `${T}.${SectionOf<T>}` }[Topic];

/** Every page, in the language of the moment. */
export function pagesNow(): readonly Page[] {
  return (Object.keys(topics) as Topic[]).map((topic) => {
    const { title, lead, sections } = topics[topic];
    return {
      topic,
      title,
      lead,
      sections: Object.entries<Omit<Section, 'id'>>(sections).map(([id, words]) => ({
        id,
        ...words,
      })),
    };
  });
}

export const ASIDES: { readonly [id in SectionId]?: Aside } = {
  'tour.type': {
    commands: ['model.prompt'],
    show: { screen: 'label', control: '#prompt-input' },
    read: 'classes',
  },
  'tour.propose': { commands: ['model.run'], show: { screen: 'label', control: '[data-canvas]' } },
  'tour.why': {
    commands: ['evidence.toggle', 'evidence.previous', 'evidence.next'],
    show: { screen: 'evidence', control: 'main' },
    read: 'salience',
  },
  'tour.decide': {
    commands: ['proposal.accept', 'proposal.reject', 'tool.segment', 'tool.brush', 'tool.polygon'],
    show: { screen: 'label', control: '[role="toolbar"]' },
    read: 'clicks',
  },
  'tour.rest': {
    commands: ['model.batch', 'app.export'],
    show: { screen: 'review', control: 'main' },
    read: 'batch',
  },
  'salience.map': { commands: ['evidence.toggle', 'evidence.open'] },
  'salience.dropout': { commands: ['evidence.previous', 'evidence.next'] },
  'salience.presence': { read: 'classes' },
  'clicks.segment': { commands: ['tool.segment', 'proposal.accept', 'app.undo'] },
  'clicks.zoom': { commands: ['segment.sharper'] },
  'clicks.hand': {
    commands: ['tool.brush', 'tool.eraser', 'tool.polygon', 'tool.wand', 'tool.fill'],
  },
  'clicks.clean': { commands: ['object.clean', 'app.undo'] },
  'engines.compare': { commands: ['model.compare'] },
  'engines.choose': { commands: ['screen.tune'], show: { screen: 'tune', control: 'main' } },
  'classes.words': {
    commands: ['model.prompt'],
    show: { screen: 'label', control: '#prompt-input' },
  },
  'classes.keys': { commands: ['class.page', 'class.pageBack'] },
  'classes.threshold': { commands: ['threshold.down', 'threshold.up'] },
  'batch.batch': { commands: ['model.batch'], show: { screen: 'jobs', control: 'main' } },
  'batch.review': {
    commands: ['proposal.accept', 'proposal.reject', 'app.undo'],
    show: { screen: 'review', control: 'main' },
  },
  'batch.learn': {
    commands: ['screen.tune', 'app.undo'],
    show: { screen: 'tune', control: '[data-region="corrections"]' },
  },
  'batch.filter': { commands: ['image.filter', 'filter.1', 'filter.2'] },
  'files.project': { commands: ['app.openFolder', 'app.save'] },
  'files.export': { commands: ['app.export'] },
};

export function asideOf(topic: Topic, section: string): Aside {
  return ASIDES[`${topic}.${section}` as SectionId] ?? {};
}

/** The page that tells of a screen. */
export const PAGE_OF_SCREEN: { readonly [screen in ScreenId]: Topic } = {
  home: 'tour',
  label: 'tour',
  evidence: 'salience',
  review: 'batch',
  jobs: 'batch',
  tune: 'engines',
  statistics: 'words',
  models: 'engines',
  settings: 'keys',
  help: 'tour',
};

/** Keys worth knowing on a screen, the most used first. */
export const KEYS_OF_SCREEN: { readonly [screen in ScreenId]?: readonly CommandId[] } = {
  home: ['app.openFolder', 'app.palette', 'screen.settings'],
  label: [
    'model.run',
    'proposal.accept',
    'proposal.reject',
    'image.next',
    'image.previous',
    'image.reviewed',
    'tool.segment',
    'tool.brush',
    'tool.eraser',
    'tool.polygon',
    'evidence.toggle',
    'view.photo',
    'app.undo',
    'app.palette',
  ],
  evidence: [
    'model.run',
    'evidence.previous',
    'evidence.next',
    'evidence.toggle',
    'threshold.down',
    'threshold.up',
    'view.photo',
    'image.next',
    'image.previous',
    'app.undo',
  ],
  review: ['proposal.accept', 'proposal.reject', 'app.undo', 'app.palette'],
};
