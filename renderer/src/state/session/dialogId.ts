// The dialogs of the window by name; one is open at a time.
export type DialogId =
  | 'palette'
  | 'keys'
  | 'export'
  | 'import'
  | 'openFolder'
  | 'openProject'
  | 'inside'
  | 'batch'
  | 'modelChoice'
  | 'compare'
  | 'notifications';
