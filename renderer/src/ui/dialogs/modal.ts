// Whether a dialog is open: it is answered before anything behind it.
export const isModal = (): boolean => document.querySelector('dialog:modal') !== null;
