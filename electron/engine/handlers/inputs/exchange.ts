// Data sets to files and from files.
import * as v from 'valibot';
import { categoryIds, handle, imageIds, share, text, whole } from './scalars.ts';

const exportWanted = {
  only: v.picklist(['all', 'reviewed']),
  imageIds: v.exactOptional(imageIds()),
  categoryIds,
  includeProposals: v.boolean(),
};

const exportTarget = {
  format: text(40),
  target: v.nullable(handle),
  fileName: text(200),
};

export const exportCheck = v.object({ ...exportWanted, format: v.exactOptional(text(40)) });

export const exportPlace = v.object({ ...exportTarget, isSplit: v.boolean() });

export const exportStart = v.object({
  ...exportWanted,
  ...exportTarget,
  check: v.exactOptional(v.boolean()),
  skipStopped: v.exactOptional(v.boolean()),
  split: v.nullable(v.object({ validation: share, seed: whole(0, 2 ** 32 - 1) })),
  ifThere: v.exactOptional(v.picklist(['replace', 'keepBoth'])),
});

export const importStart = v.object({
  format: v.nullable(text(40)),
  source: handle,
  as: v.picklist(['accepted', 'proposal']),
  dryRun: v.boolean(),
  skipBroken: v.boolean(),
  asStored: v.optional(v.boolean()),
});
