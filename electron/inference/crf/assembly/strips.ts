// The order of pixels: strips of 32 columns from left to right, row by row within each.
// A strip meets far fewer vertices at a time than whole rows do, so they stay in the cache.

export const STRIP: u32 = 32;
