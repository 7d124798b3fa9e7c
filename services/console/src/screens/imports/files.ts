/**
 * Files of imports that were begun in this tab, by import: a dry run is carried out by sending the same file again. After the page is
 * loaded anew the file is chosen once more.
 */
const files = new Map<string, File>();

export const keepFile = (importId: string, file: File): void => void files.set(importId, file);
export const fileOf = (importId: string): File | undefined => files.get(importId);
