// Tiles of a report, by how an image of the job ended.
export type TileId = 'done' | 'doubtful' | 'empty' | 'failed' | 'skipped';
