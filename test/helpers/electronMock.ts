// Stand-in for `electron` under test; grown by the main-process tests.
export {};
