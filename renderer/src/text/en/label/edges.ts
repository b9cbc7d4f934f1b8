// Sentences about edges that a click model draws, and about things as objects of their own.
import { count, counted, duration, fixed, percent } from '../../plural.ts';
import type { EdgeCount } from '../../../state/document/edges.ts';
import { edgeReason } from '../../../../../electron/api/clicks/edgeWords.ts';
import type { KeptEdge, RefinedEdge } from '../../../../../electron/api/clicks/edges.ts';

const value = (of: number) => fixed(of, 2);

export const edges = {
  title: 'Edges',
  refine: { off: 'Refine: off', edges: 'Refine: edges', instances: 'Refine: instances' },
  menu: 'Edges and objects of a run',
  crisp: 'Crisp edges',
  crispHint: (name: string) =>
    `${name} draws the edge of each thing anew where it agrees with the salience. Else the edge stays, and the list says why.`,
  cost: (ms: number) => `About ${duration(ms)} per image here`,
  perThing: 'One object per thing',
  perThingHint: 'Things of one class that touch are told apart.',
  perThingPlain: 'Each connected part of a class is an object of its own.',
  needs: (name: string) => `Crisp edges need a click model. ${name} is the quickest.`,
  needsAny: 'Crisp edges need a click model: see Models and devices.',
  stuff: 'Classes that are stuff keep their edges.',
  alsoStuff: 'Also stuff: edges only',
  alsoStuffHint: 'The outline of stuff moves by a patch at most; what lies inside stays.',
  summary: ({ refined, all, median }: EdgeCount) => {
    const asked = `${count(refined)} of ${counted(all, 'edge', 'edges')} refined`;
    return median === null ? asked : `${asked}, median ${value(median)}`;
  },
  kept: 'CRF’s edge kept',
  reason: edgeReason,
  edge: (of: number) => `edge ${value(of)}`,
  before: 'before, CRF',
  why: {
    lead: 'Salience says what, the click model says where it ends.',
    film: 'Show the passes',
    before: (px: string) => `CRF part, ${px} px`,
    mask: (px: string) => `Mask, ${px} px`,
    change: (value: number) => `Change ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n: number) => `${counted(n, 'choice', 'choices')} of the click model`,
    noChoices: 'Its choices need a click model',
    waiting: 'Waiting',
  },
  showBoth: 'Show both',
  showOne: 'Show one',
  refused: (name: string) => `refused, ${name}`,
  stayed: 'kept, CRF',
  after: (name: string) => `after, ${name}`,
  found: (name: string) => `Edges by ${name}`,
  /** The four numbers of an edge, in one line. */
  numbers: ({ agrees, fit, steady, edge }: RefinedEdge) =>
    `Edge ${value(edge)}: agrees ${value(agrees)}, fit ${value(fit)}, steady ${value(steady)}`,
  keptBecause: (kept: KeptEdge) => `Kept the CRF’s edge: ${edgeReason(kept)}`,
  numbersHint:
    'Agrees: what the mask shares with the salience. Fit: the click model’s own estimate. Steady: how little it changes with another cut. Edge: all three as one.',
  report: (refined: number, kept: number) =>
    `Edges: ${count(refined)} refined, ${count(kept)} kept`,
  reportMedian: (median: number) => `median ${value(median)}`,
  reportNone: 'Every edge was drawn anew.',
  reportShow: { refined: 'Images with refined edges', kept: 'Images with kept edges' },
  more: (n: number) => `and ${count(n)} more`,
};
