// The option that picks images of a project in the words of the window's filter.
export const FILTER_OPTION = [
  '--filter <words>',
  'only images that fit, as in the window: "class:ball is:doubtful area:<5%"',
] as const;
