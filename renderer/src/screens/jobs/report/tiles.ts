// Tiles of a report, by how an image of the job ended, and what became of edges on it.
export type TileId = 'done' | 'doubtful' | 'empty' | 'failed' | 'skipped' | EdgeTile;

export type EdgeTile = 'refined' | 'kept';
