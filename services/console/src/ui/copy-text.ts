/** Over plain HTTP browsers have no clipboard for scripts; what is selected in a page can still be copied. */
function copySelected(text: string): boolean {
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  // Inside an open dialog, as the focus may not leave it.
  const place = document.activeElement?.closest('[role=dialog]') ?? document.body;
  place.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
  }
}

/** Puts a text on the clipboard. @returns whether the browser did it */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // There is no clipboard, or the browser refuses it.
    return copySelected(text);
  }
}
